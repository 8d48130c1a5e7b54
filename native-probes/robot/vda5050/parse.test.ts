/** Recorded messages against the facts a person read in them, and messages no robot sends. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { messages } from './expected-facts.ts';
import { describeFleet, emptyFleet, hear, maxRobots } from './fleet.ts';
import { isVda5050, isVda5050Schema, readVda5050, readVda5050Schema } from './recording.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const runs = Number(process.env.FC_RUNS ?? 200);
const read = (path: string) => readFileSync(join(fixtures, path), 'utf8');

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('recorded messages', () => {
  test('every recording has its expected facts', () => {
    expect(readdirSync(join(fixtures, 'messages')).sort()).toEqual(Object.keys(messages).sort());
  });

  test.each(Object.entries(messages))('%s', (file, robots) => {
    const text = read(`messages/${file}`);
    expect(isVda5050(text)).toBe(true);
    expect(isVda5050Schema(text)).toBe(false);
    const { devices, problems } = readVda5050(text);
    expect(problems).toEqual([]);
    expect(devices).toHaveLength(robots.length);
    for (const [index, expected] of robots.entries()) {
      const device = devices[index];
      expect(device).toMatchObject({ kind: 'robot', name: expected.name, locator: expected.locator });
      expect(device?.identity.map(({ scheme, value }) => `${scheme} ${value}`)).toEqual(expected.identity);
      expect(facts(device)).toMatchObject(expected.facts);
      for (const name of expected.absent) expect(facts(device), name).not.toHaveProperty([name]);
      expect(device?.problems.map(({ sentence }) => sentence)).toEqual(expected.problems);
      for (const { trust } of device?.observations ?? []) expect(trust).toBe('entered');
    }
  });

  test('those of version 3 hold against the schemas of the standard', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    ajvFormats.default(ajv);
    const kinds = ['connection', 'factsheet', 'state'];
    for (const [index, line] of read('messages/v3-forklift.jsonl').trim().split('\n').entries()) {
      const validate = ajv.compile(JSON.parse(read(`schemas/${kinds[index]}.schema.json`)));
      validate(JSON.parse(line));
      expect(validate.errors ?? [], kinds[index]).toEqual([]);
    }
  });
});

test('the schemas of the standard are told apart and hold no robot', () => {
  for (const file of readdirSync(join(fixtures, 'schemas'))) {
    const text = read(`schemas/${file}`);
    expect(isVda5050Schema(text), file).toBe(true);
    expect(isVda5050(text), file).toBe(false);
  }
  expect(readVda5050Schema()).toMatchObject({ outcome: 'absent', devices: [] });
});

const message = (fields: object) =>
  JSON.stringify({ headerId: 1, version: '2.0.0', manufacturer: 'KIT', serialNumber: '7', ...fields });

describe('what no robot sends', () => {
  test.each([
    ['nothing', '', 'no JSON'],
    ['half a message', '{"headerId":1', 'no JSON'],
    ['a list', '[]', 'no header of VDA 5050'],
    ['half a header', '{"manufacturer":"KIT","serialNumber":"7"}', 'no header of VDA 5050'],
    [
      'ten megabytes',
      `{"headerId":1,"manufacturer":"KIT","serialNumber":"${'7'.repeat(10_000_000)}"}`,
      'more than 262144 bytes',
    ],
  ])('%s is counted', (_, text, why) => {
    const fleet = emptyFleet();
    hear(fleet, text, 'uagv/v2/KIT/7/state');
    expect(describeFleet(fleet, (robot) => robot)).toEqual({
      devices: [],
      problems: [{ code: 'nonsense', sentence: `1 message is none of VDA 5050: uagv/v2/KIT/7/state, ${why}.` }],
    });
  });

  test.each([
    ['battery-charge', { batteryState: { batteryCharge: -3 } }],
    ['battery-charge', { batteryState: { batteryCharge: 1e308 } }],
    ['battery-voltage', { batteryState: { batteryVoltage: -24 } }],
  ])('is no fact: %s of %j', (name, state) => {
    const fleet = emptyFleet();
    hear(fleet, message({ ...state, operatingMode: 'AUTOMATIC', nodeStates: [] }));
    const [device] = describeFleet(fleet, (robot) => robot).devices;
    expect(facts(device)).not.toHaveProperty([name]);
    expect(device?.problems.filter((problem) => problem.field === name).map(({ code }) => code)).toEqual(['parse']);
  });

  test('a topic that names another robot takes the name away', () => {
    const fleet = emptyFleet();
    hear(fleet, message({ connectionState: 'ONLINE' }), 'uagv/v2/KIT/8/connection');
    const [device] = describeFleet(fleet, (robot) => robot).devices;
    expect(device?.identity).toEqual([]);
    expect(device?.problems[0]).toMatchObject({
      code: 'mismatch',
      sentence: 'The topic uagv/v2/KIT/8/connection names another robot than the message in it (KIT/7).',
    });
  });

  test('a placeholder is no name', () => {
    const fleet = emptyFleet();
    hear(fleet, message({ serialNumber: '0000', connectionState: 'ONLINE' }));
    const [device] = describeFleet(fleet, (robot) => robot).devices;
    expect(device?.identity).toEqual([]);
    expect(device?.problems.map(({ code }) => code)).toContain('placeholder');
  });

  test('robots without end fill no memory', () => {
    const fleet = emptyFleet();
    for (let serial = 0; serial < maxRobots + 500; serial += 1) {
      hear(fleet, message({ serialNumber: `s${serial}`, connectionState: 'ONLINE' }));
    }
    const { devices, problems } = describeFleet(fleet, (robot) => robot);
    expect(devices).toHaveLength(maxRobots);
    expect(problems[0]?.sentence).toMatch(/^500 messages left out/);
    const large = emptyFleet();
    const padding = 'x'.repeat(200_000);
    for (let serial = 0; serial < 400; serial += 1) {
      hear(large, message({ serialNumber: `s${serial}`, connectionState: 'ONLINE' }));
      hear(large, message({ serialNumber: `s${serial}`, connectionState: 'ONLINE', padding }));
    }
    expect(large.kept).toBeLessThan(40 * 1_048_576);
    expect(large.refused).toBeGreaterThan(0);
  });

  test('any JSON gives facts that can be, or a problem', () => {
    const any = fc.jsonValue({ maxDepth: 4 });
    const names = fc.constantFrom(
      ...['typeSpecification', 'physicalParameters', 'batteryState', 'powerSupply', 'safetyState', 'errors', 'driving'],
      ...['operatingMode', 'nodeStates', 'connectionState', 'timestamp', 'version', 'vehicleConfig', '__proto__'],
    );
    fc.assert(
      fc.property(fc.dictionary(names, any), fc.string({ unit: 'binary' }), (fields, serialNumber) => {
        const fleet = emptyFleet();
        hear(fleet, message({ ...fields, serialNumber }));
        const { devices, problems } = describeFleet(fleet, (robot) => robot);
        expect(devices.length + problems.length).toBeGreaterThan(0);
        for (const { name, value } of devices.flatMap((device) => device.observations)) {
          if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
          if (typeof value === 'string') expect(value, name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: runs },
    );
  });

  test('any text is a recording or none, without a throw', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '"',
      'uagv/v2/a/b/state ',
      '"headerId":1,',
      '[',
      ']',
      '\n',
      '"topic":"a/b/state",',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const text = pieces.join('');
        isVda5050Schema(text);
        if (isVda5050(text)) readVda5050(text);
      }),
      { numRuns: runs },
    );
  });
});
