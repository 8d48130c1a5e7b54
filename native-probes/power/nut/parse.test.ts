/** Each recording against the facts a person reads in it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { expectedFacts } from './expected-facts.ts';
import { describeDevice, isNutDump, NotNut, readDump } from './parse.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const runs = Number(process.env.FC_RUNS ?? 200);

function look(file: string): DeviceReading {
  const text = readFileSync(join(fixtures, file), 'utf8');
  expect(isNutDump(text)).toBe(true);
  return describeDevice(readDump(text), 'nut://recorded', 'ups');
}

function facts(device: DeviceReading): Record<string, unknown> {
  return Object.fromEntries(device.observations.map(({ name, value }) => [name, value]));
}

describe('the recording', () => {
  test.each(Object.entries(expectedFacts))('%s', (file, expected) => {
    const device = look(file);
    expect(device.name).toBe(expected.name);
    expect(device.identity.map(({ scheme, value }) => `${scheme} ${value}`)).toEqual(expected.identity);
    const read = facts(device);
    expect(Object.fromEntries(Object.keys(expected.facts).map((name) => [name, read[name]]))).toEqual(expected.facts);
    for (const name of expected.absent ?? []) expect(read, name).not.toHaveProperty([name]);
    expect(device.problems.map(({ code, field }) => `${code} ${field ?? ''}`.trim())).toEqual(expected.problems ?? []);
  });

  test('of every device is expected here', () => {
    const files = readdirSync(fixtures).filter((file) => file.endsWith('.dev'));
    expect(Object.keys(expectedFacts).sort()).toEqual(files.sort());
  });

  test.each(readdirSync(fixtures).filter((file) => file.endsWith('.dev')))(
    '%s never calls the host firmware',
    (file) => {
      for (const { trust } of look(file).observations) expect(trust).toBe('host');
    },
  );
});

describe('text that is no dump', () => {
  test.each([['key: value\nother: thing\nthird: one\n'], ['processor\t: 0\n'], ['# dmidecode 3.3\n'], ['']])(
    '%j',
    (text) => {
      expect(isNutDump(text)).toBe(false);
    },
  );

  test('throws nothing but its own error, and gives clean facts', () => {
    const name = fc.constantFrom(
      ...['ups.serial', 'ups.load', 'ups.status', 'output.L1.current', 'input.L1-L2.voltage', 'outlet.3.status'],
      ...['battery.charge', 'device.type', 'device.macaddr', 'ambient.temperature', 'ups.realpower.nominal'],
    );
    const row = fc.tuple(name, fc.string({ unit: 'binary' })).map(([key, value]) => `${key}: ${value}\n`);
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.string())), (rows) => {
        let device: DeviceReading;
        try {
          device = describeDevice(readDump(rows.join('')), 'nut://x', 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(NotNut);
          return;
        }
        for (const { value } of device.observations) {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
          else expect(String(value)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: runs },
    );
  });
});
