/** Published descriptions against the facts a person read in them, and texts that are none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { NotUrdf, parseUrdf } from '../urdf.ts';
import { descriptions } from './expected-facts.ts';
import { isDescription, NotADescription, readDescription } from './parse.ts';

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

  test.each(Object.entries(descriptions))('%s', async (file, expected) => {
    const text = read(file);
    expect(isDescription(text)).toBe(true);
    const { devices } = await readDescription(text);
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
    ['nothing', ''],
    ['a plain value', 'joint_limits: 3'],
    ['a web page', '<html></html>'],
    ['a list', '- joint1'],
  ])('%s is of another kind', (_, text) => {
    expect(isDescription(text)).toBe(false);
  });

  test.each([
    ['a list of joints', 'joint_limits:\n  - a', /describes no robot/],
    ['half a map', 'kinematics:\n\t- : : :', /is no YAML/],
    ['a bomb of aliases', bomb, /by aliases/],
    ['a long comment', `joint_limits:\n  a:\n    max_effort: 1\n${'#'.repeat(300_000)}`, /longer than/],
    ['a deep hole', `joint1:\n${'- '.repeat(5000)}`, /is no YAML|describes no robot/],
  ])('%s is refused with a sentence', async (_, text, reason) => {
    expect(isDescription(text)).toBe(true);
    const refusal = await readDescription(text).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotADescription);
    expect((refusal as Error).message).toMatch(reason);
  });

  test('limits that cannot be are no facts', async () => {
    const [device] = (await readDescription('joint1:\n  limit:\n    velocity: -1\n    effort: .nan\n    lower: .inf'))
      .devices;
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
  ])('%s is no URDF', (text, reason) => {
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
    const texts = fc.array(fc.oneof(piece, yaml, fc.string())).map((pieces) => pieces.join(''));
    return fc.assert(
      fc.asyncProperty(texts, async (text) => {
        if (!isDescription(text)) return;
        try {
          await readDescription(text);
        } catch (error) {
          expect(error instanceof NotUrdf || error instanceof NotADescription).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});
