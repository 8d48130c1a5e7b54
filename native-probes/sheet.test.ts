import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable } from './printable.ts';
import { openSheet } from './sheet.ts';
import { partFacts } from './vocabulary/parts.ts';
import { type FactName, meaningOf, vocabulary } from './vocabulary.ts';

describe('a sheet', () => {
  test('notes a value with its unit, and its text where it differs', () => {
    const sheet = openSheet('gpu', '0000:01:00.0', 'host');
    sheet.fact('memory-total', 85_899_345_920, '81920 MiB');
    sheet.fact('pci-width', 16, '16');
    sheet.fact('ecc', true);
    expect(sheet.read('A100').observations).toEqual([
      { name: 'memory-total', value: 85_899_345_920, trust: 'host', unit: 'By', raw: '81920 MiB' },
      { name: 'pci-width', value: 16, trust: 'host', unit: '1' },
      { name: 'ecc', value: true, trust: 'host' },
    ]);
  });

  test('says nothing of what is not known', () => {
    const sheet = openSheet('gpu', 'host', 'host');
    sheet.fact('memory-total', undefined);
    expect(sheet.read('x')).toMatchObject({ observations: [], problems: [] });
  });

  test.each([
    ['memory-total', -1],
    ['memory-total', Number.NaN],
    ['memory-total', Number.POSITIVE_INFINITY],
    ['memory-total', 1.5e300],
    ['cpu-cores', 2.5],
    ['power-draw', 1e9],
    ['utilization', 101],
    ['temperature', 5000],
    ['temperature', '30'],
    ['ecc', 1],
    ['model', 7],
  ] as const)('%s of %s is a problem and no fact', (name, value) => {
    const sheet = openSheet('gpu', 'host', 'host');
    sheet.fact(name, value as string);
    const { observations, problems } = sheet.read('x');
    expect(observations).toEqual([]);
    expect(problems).toEqual([
      { code: 'parse', field: name, sentence: `${name} is reported as ${value}, which cannot be: left out.` },
    ]);
  });

  test('a placeholder is no identity, and says so', () => {
    const sheet = openSheet('host', 'host', 'host');
    sheet.identify('system-serial', 'To be filled by O.E.M.');
    sheet.identify('board-serial', ' ');
    sheet.identify('system-uuid', '83340ca8-cb49-4474-8c29-d2088ca84dd9');
    sheet.identify('system-uuid', '83340ca8-cb49-4474-8c29-d2088ca84dd9');
    const { identity, problems } = sheet.read('x');
    expect(identity.map((claim) => claim.scheme)).toEqual(['system-uuid']);
    expect(problems.map((problem) => problem.code)).toEqual(['placeholder', 'placeholder']);
  });

  test('a name outside the vocabulary is a fault of the probe', () => {
    expect(() => openSheet('gpu', 'host', 'host').fact('horsepower' as FactName, 1)).toThrow(/vocabulary/);
    expect(() => openSheet('host', 'host', 'host').part('disk', 'sda', 'taste', 1)).toThrow(/vocabulary/);
  });

  test('parts of a host are told apart by name', () => {
    const sheet = openSheet('host', 'host', 'host');
    sheet.part('disk', 'nvme0n1', 'size', 512);
    sheet.part('nic', 'eth0.100', 'speed', 1e10);
    expect(sheet.read('x').observations.map((entry) => entry.name)).toEqual([
      'disk.nvme0n1.size',
      'nic.eth0_100.speed',
    ]);
  });

  test('whatever a source says, a fact is of its kind and range', () => {
    const names = Object.keys(vocabulary) as FactName[];
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.bigInt()),
        (name, value) => {
          const sheet = openSheet('gpu', 'host', 'host');
          sheet.fact(name, value as number);
          const { observations, problems } = sheet.read('x');
          expect(observations.length + problems.length).toBe(1);
          const meaning = meaningOf(name)!;
          for (const { value: noted } of observations) {
            expect(typeof noted).toBe({ flag: 'boolean', number: 'number', text: 'string' }[meaning.kind]);
            if (typeof noted === 'number') {
              expect(noted).toBeGreaterThanOrEqual(meaning.min ?? Number.NEGATIVE_INFINITY);
              expect(noted).toBeLessThanOrEqual(meaning.max ?? Number.POSITIVE_INFINITY);
            }
          }
        },
      ),
    );
  });
});

test('every number of the vocabulary has a unit and a range', () => {
  const all = [vocabulary, ...Object.values(partFacts)].flatMap((words) => Object.entries(words));
  for (const [name, meaning] of all) {
    if (meaning.kind !== 'number') expect(meaning, name).not.toHaveProperty('unit');
    else
      expect(meaning, name).toMatchObject({
        unit: expect.any(String),
        min: expect.any(Number),
        max: expect.any(Number),
      });
  }
});

describe('printable', () => {
  test('takes out what moves a cursor or turns text around', () => {
    expect(printable('a\u001b[2Jb\u202ec\u200bd\ne\tf\u0000')).toBe('a[2Jbcd e f');
  });

  test('cuts what is too long, quickly', () => {
    const started = performance.now();
    expect(printable('x'.repeat(10_000_000), 10)).toBe(`${'x'.repeat(9)}…`);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('never cuts a character in half', () => {
    expect(printable('😀'.repeat(20), 10).isWellFormed()).toBe(true);
  });

  test('twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
