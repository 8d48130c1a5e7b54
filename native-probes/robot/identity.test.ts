import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSheet } from '../sheet.ts';
import { identifyBySerial, identifyRobot, makerKey, type RobotNames, robotName } from './identity.ts';

function claims(names: RobotNames, identify = identifyRobot) {
  const sheet = openSheet('robot', 'robot', 'firmware');
  identify(sheet, names);
  const { identity, problems } = sheet.read('robot');
  return { names: identity.map(({ scheme, value }) => `${scheme} ${value}`), problems };
}

describe('a robot is named', () => {
  test('by maker, product code and serial number, and by its model beside it', () => {
    const names = { maker: 'Universal Robots A/S', productCode: '110305', model: 'UR5e', serial: '20225500123' };
    expect(claims(names)).toEqual({
      names: ['part-and-serial universal robots:110305:20225500123', 'thing-serial universal robots:UR5e:20225500123'],
      problems: [],
    });
  });

  test('by the standard alone where it says so', () => {
    const names = { maker: 'Safelog', model: 'AGV X1', serial: '4711' };
    expect(claims(names, identifyBySerial).names).toEqual(['thing-serial safelog::4711']);
  });

  test.each([
    [{ maker: 'KUKA', model: 'KR 10' }, 'absent', /gives no serial number/],
    [{ maker: 'KUKA', model: 'KR 10', serial: '000000' }, 'placeholder', /gives "000000" as its serial number/],
    [{ maker: 'KUKA', model: 'KR 10', serial: 'To be filled by O.E.M.' }, 'placeholder', /To be filled/],
    [{ model: 'KR 10', serial: '4711' }, 'absent', /names no maker/],
    [{ maker: 'unknown', model: 'KR 10', serial: '4711' }, 'absent', /names no maker/],
    [{ maker: 'KUKA', model: 'KR 10', serial: '4711'.repeat(30) }, 'placeholder', /gives "4711/],
    [{ maker: 'KUKA', serial: '4711' }, 'absent', /neither a model nor a product code/],
    [{ maker: 'KUKA', model: 'n/a', productCode: '-', serial: '4711' }, 'absent', /neither/],
  ])('not by %j', (names, code, sentence) => {
    const { names: found, problems } = claims(names);
    expect(found).toEqual([]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.sentence).toMatch(sentence);
  });

  test('so that no part runs over into the next', () => {
    const one = claims({ maker: 'a', model: 'b:c', serial: 'd1' }).names;
    const other = claims({ maker: 'a', model: 'b', serial: 'c:d1' }).names;
    expect(one).not.toEqual(other);
  });
});

test('the legal form of a maker is no part of its name', () => {
  for (const maker of ['KUKA', 'KUKA AG', 'KUKA Deutschland GmbH'.replace('Deutschland ', ''), 'kuka, Inc.']) {
    expect(makerKey(maker)).toBe('kuka');
  }
  expect(makerKey('Omron Robotics')).toBe('omron robotics');
  expect(makerKey('AG')).toBe('ag');
});

test('the maker is not said twice', () => {
  expect(robotName({ maker: 'KUKA', model: 'KUKA KR 10' }, 'a robot')).toBe('KUKA KR 10');
  expect(robotName({ maker: 'Franka', model: 'FR3' }, 'a robot')).toBe('Franka FR3');
  expect(robotName({ productCode: '110305' }, 'a robot')).toBe('110305');
  expect(robotName({ model: 'unknown' }, 'a robot')).toBe('a robot');
});

test('any texts give clean names or a problem', () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 400 }), { nil: undefined });
  const names = fc.record({ maker: text, productCode: text, model: text, serial: text });
  fc.assert(
    fc.property(names, (any) => {
      const { names: found, problems } = claims(any);
      expect(found.length + problems.length).toBeGreaterThan(0);
      for (const name of found) {
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(name.split(':')).toHaveLength(3);
      }
    }),
  );
});
