/** Trees as servers may have them: units, controllers, safety states, and what no robot says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { Unanswered } from '../../network/connect.ts';
import type { Reference, Session } from './client.ts';
import { describeSystems } from './parse.ts';
import { factorTo, type Plain, plain, secondsOf, unitCode } from './values.ts';
import { type UaNode, walk } from './walk.ts';

const runs = Number(process.env.FC_RUNS ?? 200);

type Shape = { [name: string]: Shape | Plain };

/** `{ A: { B: 1 } }` as a tree; a value of a node with children is its `=`. */
function tree(name: string, shape: Shape): UaNode {
  const node: UaNode = { name, children: [] };
  for (const [key, entry] of Object.entries(shape)) {
    const isUnit = typeof entry === 'object' && 'unitId' in entry;
    if (key === '=') node.value = entry as Plain;
    else if (typeof entry === 'object' && !isUnit) node.children.push(tree(key, entry as Shape));
    else node.children.push({ name: key, value: entry as Plain, children: [] });
  }
  return node;
}

const unit = (code: string, text: string) => ({
  unitId: [...code].reduce((total, letter) => total * 256 + letter.charCodeAt(0), 0),
  text,
});
const arm = { Manufacturer: 'KUKA', Model: 'KR 10', ProductCode: '1', SerialNumber: '4711' };

function read(shape: Shape): DeviceReading | undefined {
  return describeSystems({ systems: [tree('Cell', shape)], cut: false }, (part) => part).devices[0];
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('values', () => {
  test.each([
    ['PT10000H', 36_000_000],
    ['P416DT16H', 36_000_000],
    ['P0Y0M3DT4H5M6.5S', 3 * 86_400 + 4 * 3600 + 5 * 60 + 6.5],
    ['P2W', 1_209_600],
    ['PT0S', 0],
    ['P', undefined],
    ['P1Y', undefined],
    ['P1M', undefined],
    ['10000', undefined],
    ['PT1e9H', undefined],
    ['', undefined],
  ])('%j is %s seconds', (duration, seconds) => {
    expect(secondsOf(duration)).toBe(seconds);
  });

  test('units go by their code, as the OPC Foundation numbers them', () => {
    expect(unitCode(4_933_453)).toBe('KGM');
    expect(factorTo('kg', { unitId: 4_933_453, text: 'kg' })).toBe(1);
    expect(factorTo('J', { unitId: 4_937_544, text: 'kWh' })).toBe(3_600_000);
    expect(factorTo('rad', { unitId: 17_476, text: '°' })).toBeCloseTo(0.0174532925, 9);
    expect(factorTo('kg', unit('DD', 'kg'))).toBeUndefined();
    expect(factorTo('kg', { unitId: -1, text: 'kg' })).toBeUndefined();
  });

  test('what is bad, a list or a structure is nothing', () => {
    expect(plain({ statusCode: { value: 0x8000_0000 }, value: { value: 3 } })).toBeUndefined();
    expect(plain({ statusCode: { value: 0 }, value: { value: [1, 2] } })).toBeUndefined();
    expect(plain({ value: null })).toBeUndefined();
    expect(plain({ value: { value: { text: 'KUKA', locale: 'de' } } })).toBe('KUKA');
    expect(plain({ value: { value: new Date(Number.NaN) } })).toBeUndefined();
  });
});

describe('robots', () => {
  test('a quantity without a unit, or in a foreign one, is no figure', () => {
    for (const units of [{}, { EngineeringUnits: unit('MTR', 'm') }]) {
      const device = read({ MotionDevices: { Arm: { ...arm, FlangeLoad: { Mass: { '=': 5, ...units } } } } });
      expect(facts(device)).not.toHaveProperty('payload');
      expect(device?.problems).toEqual([expect.objectContaining({ code: 'parse', field: 'payload' })]);
    }
  });

  test('a mass below nothing and a speed of 900 % are no facts', () => {
    const device = read({
      MotionDevices: {
        Arm: {
          ...arm,
          ParameterSet: { SpeedOverride: 900 },
          FlangeLoad: { Mass: { '=': -5, EngineeringUnits: unit('KGM', 'kg') } },
        },
      },
    });
    expect(facts(device)).not.toHaveProperty('payload');
    expect(facts(device)).not.toHaveProperty('speed-scaling');
  });

  test('of two controllers the one that names the robot is its own; where none does, none is', () => {
    const controllers = { A: { SerialNumber: 'a-1', Other: {} }, B: { SerialNumber: 'b-2', Arm: {} } };
    const mine = read({ MotionDevices: { Arm: arm }, Controllers: controllers });
    expect(facts(mine)).toMatchObject({ 'controller-serial': 'b-2' });
    const nobody = read({
      MotionDevices: { Arm: arm },
      Controllers: { A: { SerialNumber: 'a-1' }, B: { SerialNumber: 'b-2' } },
    });
    expect(facts(nobody)).not.toHaveProperty('controller-serial');
    expect(nobody?.problems[0]?.sentence).toMatch(/which of the controllers A, B moves this robot/);
  });

  test('a stop in any safety state is a stop', () => {
    const device = read({
      MotionDevices: { Arm: arm },
      SafetyStates: {
        A: { ParameterSet: { EmergencyStop: false, ProtectiveStop: true, OperationalMode: 1 } },
        B: { ParameterSet: { EmergencyStop: false } },
      },
    });
    expect(facts(device)).toMatchObject({
      'emergency-stop': false,
      'protective-stop': true,
      'safety-state': 'protective stop',
      'operating-mode': 'manual, reduced speed',
    });
  });

  test('any tree gives facts that can be, or a problem', () => {
    const names = fc.constantFrom(
      ...['Manufacturer', 'Model', 'ProductCode', 'SerialNumber', 'MotionDeviceCategory', 'ParameterSet', 'Axes', 'A1'],
      ...['FlangeLoad', 'Mass', 'EngineeringUnits', 'PowerTrains', 'Motor', 'MotorTemperature', 'ActualPosition'],
      ...['MotionProfile', 'EmergencyStop', 'OperationalMode', 'TotalPowerOnTime', 'Software', 'SoftwareRevision'],
    );
    const value = fc.option(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.record({ unitId: fc.integer(), text: fc.string() }),
      ),
      { nil: undefined },
    );
    const nodeWith = (children: fc.Arbitrary<UaNode[]>) =>
      fc
        .record({ name: names, value, children })
        .map(({ value: said, ...rest }): UaNode => (said === undefined ? rest : { ...rest, value: said }));
    const node = [1, 2, 3, 4].reduce((below) => nodeWith(fc.array(below, { maxLength: 3 })), nodeWith(fc.constant([])));
    const part = (name: string, children: UaNode[]): UaNode => ({ name, children });
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 4 }),
        fc.array(node, { maxLength: 4 }),
        fc.array(node),
        (devices, others, safety) => {
          const system = part('Cell', [
            part('MotionDevices', devices),
            part('Controllers', others),
            part('SafetyStates', safety),
          ]);
          const { devices: found, problems } = describeSystems({ systems: [system], cut: true }, (where) => where);
          expect(found.length + problems.length).toBeGreaterThan(0);
          for (const { observations, identity, problems: own } of found) {
            expect(identity.length + own.length).toBeGreaterThan(0);
            for (const { name, value: said } of observations) {
              if (typeof said === 'number') expect(Number.isFinite(said), name).toBe(true);
              else expect(String(said), name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
            }
          }
        },
      ),
      { numRuns: runs },
    );
  });
});

/** A session over a made-up address space, which may have cycles and no end. */
function sessionOver(children: (id: string) => Reference[]): Session & { asked: number } {
  const session = {
    asked: 0,
    namespaces: async () => ['', 'http://opcfoundation.org/UA/DI/', 'http://opcfoundation.org/UA/Robotics/'],
    find: async () => 'device-set',
    children: async (ids: readonly string[]) => {
      session.asked += ids.length;
      return ids.map(children);
    },
    values: async (ids: readonly string[]) => ids.map(() => 'x'),
    close: async () => {},
  };
  return session;
}

const object = (id: string, name = id): Reference => ({ id, name, kind: 'object' });

describe('an address space', () => {
  test('with a cycle is walked once', async () => {
    const session = sessionOver((id) =>
      id === 'device-set' ? [object('cell')] : [object('MotionDevices'), object('Controllers'), object('cell')],
    );
    const { systems, cut } = await walk(session, 'here');
    expect(systems).toHaveLength(1);
    expect(cut).toBe(false);
    expect(session.asked).toBeLessThan(10);
  });

  test('without end is left in the middle', async () => {
    let number = 0;
    const session = sessionOver((id) => {
      if (id === 'device-set') return [object('cell')];
      number += 30;
      return [
        object('MotionDevices'),
        object('Controllers'),
        ...Array.from({ length: 30 }, (_, i) => object(`n${number + i}`)),
      ];
    });
    const { systems, cut } = await walk(session, 'here');
    expect(cut).toBe(true);
    expect(session.asked).toBeLessThan(10_000);
    expect(describeSystems({ systems, cut }, (part) => part).problems.map(({ code }) => code)).toContain('nonsense');
  });

  test('without the nodeset of Robotics has no robots', async () => {
    const session = { ...sessionOver(() => []), namespaces: async () => ['', 'http://opcfoundation.org/UA/DI/'] };
    await expect(walk(session, 'here')).rejects.toThrow(Unanswered);
  });
});
