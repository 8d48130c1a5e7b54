/** Every recorded answer of rocm-smi against the facts a person read in it, and answers no rocm-smi gave. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { expected } from './expected-facts.ts';
import { NotRocm, parseRocmJson, parseRocmText, readRocmSmi } from './parse.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const runs = Number(process.env.FC_RUNS ?? 200);
const read = (file: string): ProbeAnswer => {
  const text = readFileSync(join(fixtures, file), 'utf8');
  return readRocmSmi(file.endsWith('.json') ? parseRocmJson(text) : parseRocmText(text));
};
const facts = (device: DeviceReading | undefined): Record<string, unknown> =>
  Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));

test('every recording has its expected facts here', () => {
  const files = readdirSync(fixtures).filter((file) => file !== 'SOURCES.md');
  expect(files.sort()).toEqual(Object.keys(expected).sort());
});

test.each(Object.entries(expected))('%s', (file, { cards, name, locator, identity, facts: wanted, absent }) => {
  const { devices } = read(file);
  expect(devices).toHaveLength(cards);
  const [first] = devices;
  expect(first).toMatchObject({ kind: 'gpu', name, locator });
  expect(first?.identity.map((claim) => `${claim.scheme} ${claim.value}`)).toEqual(identity);
  expect(facts(first)).toMatchObject(wanted);
  for (const fact of absent) expect(facts(first), fact).not.toHaveProperty([fact]);
  expect(read(file)).toEqual(read(file));
});

describe('identity', () => {
  test('a number that is missing or a placeholder is none, and says so', () => {
    const { devices } = read('telegraf-mi100_rocm571.json');
    for (const device of devices) expect(device.identity).toEqual([]);
    expect(devices[0]?.problems.map(({ code, field }) => [code, field])).toEqual([
      ['absent', 'device-identifier'],
      ['placeholder', 'serial'],
    ]);
  });

  test("eight partitions of one chip are one GPU, and what is a part's is left out", () => {
    const card = {
      'Unique ID': '0x8d1457e2c20f59d2',
      'Card Series': 'AMD Instinct MI300X',
      'Compute Partition': 'CPX',
    };
    const parts = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [
        `card${index}`,
        { ...card, 'PCI Bus': `0000:26:00.${index}`, 'VRAM Total Memory (B)': '25769803776' },
      ]),
    );
    const { devices } = readRocmSmi(parseRocmJson(JSON.stringify(parts)));
    expect(devices).toHaveLength(1);
    expect(facts(devices[0])).toMatchObject({ partitions: 8, 'compute-partition': 'CPX' });
    expect(facts(devices[0])).not.toHaveProperty('memory-total');
    expect(devices[0]?.problems.at(-1)?.sentence).toMatch(/shows itself as 8 devices: they are parts of one GPU/);
  });
});

describe('answers that are none', () => {
  test.each([
    ['WARNING: No JSON data to report', 'it holds no JSON'],
    ['{"card0": ', 'it is no well-formed JSON'],
    ['{"system": {}}', 'it names no card'],
    ['x'.repeat(5 * 1_048_576), 'the text is longer than 4194304 characters'],
  ])('%.30s', (text, sentence) => {
    expect(() => parseRocmJson(text)).toThrow(new NotRocm(sentence));
  });

  test('warnings before the JSON are skipped', () => {
    const text = `WARNING: some GPUs are in a low-power state\n${readFileSync(join(fixtures, 'telegraf-vega-10-XT.json'), 'utf8')}`;
    expect(readRocmSmi(parseRocmJson(text)).devices).toHaveLength(1);
  });

  test('any values under the keys give facts that can be, or problems', () => {
    const recorded: Record<string, Record<string, string>> = JSON.parse(
      readFileSync(join(fixtures, 'telegraf-vega-20-WKS-GL-XE.json'), 'utf8'),
    );
    const keys = Object.keys(recorded.card0 ?? {});
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('N/A', '', '-1', '1e99', 'NaN'), fc.double());
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (card) => {
        for (const device of readRocmSmi(parseRocmJson(JSON.stringify({ card0: card }))).devices) {
          for (const { name, value: said } of device.observations) {
            if (typeof said === 'number') expect(Number.isFinite(said), name).toBe(true);
            else expect(String(said)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          }
        }
      }),
      { numRuns: runs },
    );
  });

  test('any text is read or refused', () => {
    const piece = fc.constantFrom('GPU[0]\t\t: ', 'Unique ID: 0x1', '\n', 'PCI Bus: 0000:01:00.0', ' : ', 'GPU[');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        try {
          readRocmSmi(parseRocmText(pieces.join('')));
        } catch (error) {
          if (!(error instanceof NotRocm)) throw error;
        }
      }),
      { numRuns: runs },
    );
  });
});
