/** Published descriptions against the facts a person read in them, and texts that are none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { isUrdf, NotUrdf, parseUrdf } from '../urdf.ts';
import { descriptions } from './expected-facts.ts';
import { isDescription, readDescription } from './parse.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const read = (file: string) => readFileSync(join(fixtures, file), 'utf8');
const runs = Number(process.env.FC_RUNS ?? 200);

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('published descriptions', () => {
  test('every one has its expected facts', () => {
    const files = readdirSync(fixtures).filter((file) => file !== 'SOURCES.md');
    expect(files.sort()).toEqual(Object.keys(descriptions).sort());
  });

  test.each(Object.entries(descriptions))('%s', (file, expected) => {
    const text = read(file);
    expect(isDescription(text)).toBe(true);
    const { devices } = readDescription(text);
    expect(devices).toHaveLength(1);
    const [device] = devices;
    expect(device).toMatchObject({ kind: 'robot', name: expected.name, locator: 'robot-description', identity: [] });
    const found = facts(device);
    for (const [name, value] of Object.entries(expected.facts)) {
      if (typeof value === 'number') expect(found[name], name).toBeCloseTo(value, 9);
      else expect(found[name], name).toBe(value);
    }
    for (const name of expected.absent) expect(found, name).not.toHaveProperty([name]);
    expect(device?.problems.map(({ sentence }) => sentence)).toEqual([
      'A description is of a kind of robot and of no single one: it has no serial number.',
    ]);
  });
});

describe('what describes no robot', () => {
  const bomb = `joint_limits:\n  a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `  b${i}: &b${i} [*a, *a]`).join('\n')}`;
  test.each([
    ['', false],
    ['joint_limits: 3', false],
    ['joint_limits:\n  - a', false],
    ['kinematics:\n\t- : : :', false],
    [bomb, false],
    [`joint_limits:\n  a:\n    max_effort: 1\n${'#'.repeat(300_000)}`, false],
    [`joint1:\n  limit:\n    effort: 12`, true],
  ])('%.40j', (text, is) => {
    expect(isDescription(text)).toBe(is);
  });

  test('limits that cannot be are no facts', () => {
    const [device] = readDescription('joint1:\n  limit:\n    velocity: -1\n    effort: .nan\n    lower: .inf').devices;
    expect(facts(device)).toEqual({ axes: 1 });
    expect(device?.problems.map(({ code }) => code)).toEqual(['absent', 'parse', 'parse', 'parse']);
  });

  test.each([
    ['<robot', /no well-formed XML/],
    ['<robot><joint></robot>', /no well-formed XML/],
    ['<!DOCTYPE robot [<!ENTITY a "b">]><robot/>', /declares entities/],
    ['<html/>', /describes no robot/],
    [`<robot>${'<a>'.repeat(50_000)}`, /nested deeper/],
    [`<robot>${'x'.repeat(5_000_000)}</robot>`, /longer than/],
    ['<robot name="\uFFFD"/>', /not UTF-8/],
  ])('%.40j is no URDF', (text, reason) => {
    expect(() => parseUrdf(text)).toThrow(NotUrdf);
    expect(() => parseUrdf(text)).toThrow(reason);
  });

  test('any text is a description or none', () => {
    const piece = fc.constantFrom(
      '<robot name="a">',
      '<joint type="revolute">',
      '</joint>',
      '</robot>',
      '<limit lower="',
      '"/>',
    );
    const yaml = fc.constantFrom(
      'joint_limits:\n',
      'joint1:\n',
      '  limit:\n',
      '    effort: ',
      '!degrees ',
      '&a ',
      '*a',
      '1e999\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, yaml, fc.string())), (pieces) => {
        const text = pieces.join('');
        if (isUrdf(text)) {
          try {
            readDescription(text);
          } catch (error) {
            expect(error).toBeInstanceOf(NotUrdf);
          }
        } else if (isDescription(text)) readDescription(text);
      }),
      { numRuns: runs },
    );
  });
});
