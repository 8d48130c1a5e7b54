/** The examples of the standard against the facts a person reads in them, and reports no robot sends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { isMassRobotics, isMassRoboticsSchema, readMassRobotics, readMassRoboticsSchema } from './parse.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const identity = JSON.parse(fixture('identityReport1.json'));
const status = JSON.parse(fixture('statusReport1.json'));
const runs = Number(process.env.FC_RUNS ?? 200);

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

const robot = 'massrobotics/6948df80-14bd-4e04-8842-7668d9c001f5';

test('the identity report names the robot', () => {
  const text = fixture('identityReport1.json');
  expect(isMassRobotics(text)).toBe(true);
  const { devices } = readMassRobotics(text);
  expect(devices).toHaveLength(1);
  expect(devices[0]).toMatchObject({
    kind: 'robot',
    name: 'Mass Robotics AMR AMR-01',
    locator: robot,
    identity: [{ scheme: 'thing-serial', value: 'mass robotics amr:AMR-01:0000001', trust: 'entered' }],
    problems: [],
  });
  expect(facts(devices[0])).toEqual({
    uuid: '6948df80-14bd-4e04-8842-7668d9c001f5',
    maker: 'Mass Robotics AMR',
    model: 'AMR-01',
    serial: '0000001',
    length: 0.5,
    width: 1,
  });
});

test('the status report says what it does, of the robot with that UUID', () => {
  const { devices } = readMassRobotics(fixture('statusReport1.json'));
  expect(devices[0]).toMatchObject({ name: 'a mobile robot', locator: robot, identity: [] });
  expect(facts(devices[0])).toEqual({
    uuid: '6948df80-14bd-4e04-8842-7668d9c001f5',
    'robot-mode': 'navigating',
    'error-count': 0,
  });
  expect(devices[0]?.problems[0]?.sentence).toMatch(/no identity report/);
});

test('both in one file are one robot; of two states the later one counts', () => {
  const full = {
    ...status,
    timestamp: '2012-04-21T19:00:00-05:00',
    operationalState: 'charging',
    batteryPercentage: 61.5,
    velocity: { linear: -0.2 },
    errorCodes: ['E12', 'E7'],
  };
  for (const text of [
    JSON.stringify([full, identity, status]),
    [full, identity, status].map((one) => JSON.stringify(one)).join('\n'),
  ]) {
    const { devices } = readMassRobotics(text);
    expect(devices).toHaveLength(1);
    expect(facts(devices[0])).toMatchObject({
      serial: '0000001',
      'robot-mode': 'charging',
      charging: true,
      'battery-charge': 61.5,
      'drive-speed': -0.2,
      'error-count': 2,
      errors: 'E12, E7',
    });
  }
});

test('the schema is told apart and holds no robot', () => {
  expect(isMassRoboticsSchema(fixture('schema.json'))).toBe(true);
  expect(isMassRobotics(fixture('schema.json'))).toBe(false);
  expect(isMassRoboticsSchema(fixture('identityReport1.json'))).toBe(false);
  expect(readMassRoboticsSchema().devices).toEqual([]);
});

describe('what cannot be', () => {
  test.each([
    [{ cargoMaxWeight: '1200 kg' }, 'payload-max', 1200],
    [{ cargoMaxWeight: 'heavy' }, 'payload-max', undefined],
    [{ cargoMaxWeight: '-3' }, 'payload-max', undefined],
    [{ maxSpeed: -1 }, 'drive-speed-max', undefined],
    [{ baseRobotEnvelope: { x: -1, y: 1 } }, 'length', undefined],
  ])('%j', (change, name, value) => {
    const [device] = readMassRobotics(JSON.stringify({ ...identity, ...change })).devices;
    expect(facts(device)[name]).toBe(value);
    if (value === undefined) expect(device?.problems.map(({ field }) => field)).toContain(name);
  });

  test('a placeholder is no name', () => {
    const [device] = readMassRobotics(JSON.stringify({ ...identity, robotSerialNumber: 'N/A' })).devices;
    expect(device?.identity).toEqual([]);
    expect(device?.problems.map(({ code }) => code)).toEqual(['placeholder']);
  });

  test('any JSON is read or is none, without a throw', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys({ ...identity, ...status })), fc.jsonValue()),
        (fields) => {
          const text = JSON.stringify([
            { ...identity, ...fields },
            { ...status, ...fields },
          ]);
          if (!isMassRobotics(text)) return;
          for (const { name, value } of readMassRobotics(text).devices.flatMap((device) => device.observations)) {
            if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
            else expect(String(value), name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          }
        },
      ),
      { numRuns: runs },
    );
    fc.assert(
      fc.property(fc.string(), (text) => void isMassRobotics(text)),
      { numRuns: runs },
    );
  });
});
