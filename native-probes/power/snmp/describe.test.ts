/** Each recording against the facts a person reads in it; makers without one against values of another recording. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { meaningOf } from '../../vocabulary.ts';
import { describeAgent } from './describe.ts';
import { expectedUnits } from './expected-facts.ts';
import { objectsOf } from './mib.ts';
import { mibs } from './mibs/all.ts';
import { isSnmprec, NotSnmprec, readSnmprec } from './snmprec.ts';
import type { SnmpValue } from './values.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const runs = Number(process.env.FC_RUNS ?? 200);
// One of them holds Latin-1.
const text = (name: string) => readFileSync(join(fixtures, `${name}.snmprec`), 'latin1');
const look = (name: string) => describeAgent(readSnmprec(text(name)), 'snmp://recorded');

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map(({ name, value }) => [name, value]));
}

describe('the recording', () => {
  test.each(Object.entries(expectedUnits))('%s', (name, units) => {
    expect(isSnmprec(text(name))).toBe(true);
    const { devices } = look(name);
    expect(devices.map(({ kind, name: called }) => [kind, called])).toEqual(
      units.map((unit) => [unit.kind, unit.name]),
    );
    for (const [at, unit] of units.entries()) {
      const read = facts(devices[at]);
      expect(Object.fromEntries(Object.keys(unit.facts).map((fact) => [fact, read[fact]]))).toEqual(unit.facts);
      for (const fact of unit.absent ?? []) expect(read, fact).not.toHaveProperty([fact]);
      expect(devices[at]?.identity.map(({ scheme, value }) => `${scheme} ${value}`)).toEqual(unit.identity);
      expect(devices[at]?.problems.map(({ code }) => code)).toEqual(unit.problems ?? []);
    }
  });

  test('of every device is expected here', () => {
    const files = readdirSync(fixtures).filter((file) => file.endsWith('.snmprec'));
    expect(Object.keys(expectedUnits).sort()).toEqual(files.map((file) => file.replace('.snmprec', '')).sort());
  });

  test('what a person typed is marked as that', () => {
    const trusts = Object.fromEntries(
      look('apc-8932').devices[0]?.observations.map((one) => [one.name, one.trust]) ?? [],
    );
    expect(trusts).toMatchObject({ 'device-name': 'entered', 'outlet.1.name': 'entered', 'power-output': 'firmware' });
  });

  test('values that a simulator makes up are left out', () => {
    const values = readSnmprec('1.3.6.1.2.1.1.3.0|67|5\n1.3.6.1.4.1.1.1.0|2:numeric|min=1,max=2,initial=2\n');
    expect([...values.keys()]).toEqual(['1.3.6.1.2.1.1.3.0']);
  });
});

/** Rows as an agent would give them. */
function values(rows: Record<string, string | number>): Map<string, SnmpValue> {
  return new Map(
    Object.entries(rows).map(([oid, value]) => [
      oid,
      typeof value === 'number' ? { kind: 'number', value } : { kind: 'bytes', value: Buffer.from(value) },
    ]),
  );
}

describe('makers of whom no recording is at hand', () => {
  // The figures of a recorded NUT dump (Eaton__ePDU_MA_1P), at the objects that NUT's driver took them from.
  test('Eaton ePDU', () => {
    const epdu = '1.3.6.1.4.1.534.6.6.7';
    const [device] = describeAgent(
      values({
        [`${epdu}.1.2.1.2.0`]: 'Eaton ePDU MA 1P IN:IEC309 32A OUT:20xC13, 4xC19',
        [`${epdu}.1.2.1.3.0`]: 'eMAA13',
        [`${epdu}.1.2.1.4.0`]: 'U050B51049',
        [`${epdu}.3.2.1.3.0.1.1`]: 239_580,
        [`${epdu}.3.3.1.4.0.1.1`]: 19_630,
        [`${epdu}.3.4.1.3.0.1.1`]: 4746,
        [`${epdu}.3.4.1.4.0.1.1`]: 4095,
        [`${epdu}.6.1.1.3.0.10`]: 'PDU18 Rack04',
        [`${epdu}.6.3.1.2.0.10`]: 238_970,
        [`${epdu}.6.4.1.3.0.10`]: 7510,
        [`${epdu}.6.5.1.2.0.10`]: 1795,
        [`${epdu}.6.5.1.3.0.10`]: 1620,
        [`${epdu}.6.6.1.2.0.10`]: 1,
      }),
      'snmp://x',
    ).devices;
    expect(device?.name).toBe('Eaton ePDU MA 1P IN:IEC309 32A OUT:20xC13, 4xC19');
    expect(facts(device)).toMatchObject({
      'part-number': 'eMAA13',
      'phase.L1.voltage': 239.58,
      'phase.L1.current': 19.63,
      'phase.L1.power': 4095,
      'outlet.10.name': 'PDU18 Rack04',
      'outlet.10.voltage': 238.97,
      'outlet.10.current': 7.51,
      'outlet.10.power': 1620,
      'outlet.10.apparent-power': 1795,
      'outlet.10.state': 'on',
    });
  });

  // The figures of a recorded NUT dump (APC Smart-UPS 3000, read by NUT with the same MIB).
  test('APC UPS, of which the finer counters are believed first', () => {
    const ups = '1.3.6.1.4.1.318.1.1.1';
    const [device] = describeAgent(
      values({
        [`${ups}.1.1.1.0`]: 'Smart-UPS 3000',
        [`${ups}.1.2.1.0`]: 'UPS 09.3 (ID18)',
        [`${ups}.1.2.3.0`]: 'AS1532232414',
        [`${ups}.2.1.1.0`]: 2,
        [`${ups}.2.2.1.0`]: 100,
        [`${ups}.2.2.3.0`]: 690_000,
        [`${ups}.2.3.4.0`]: 545,
        [`${ups}.3.2.1.0`]: 228,
        [`${ups}.3.3.1.0`]: 2288,
        [`${ups}.4.1.1.0`]: 2,
        [`${ups}.4.2.3.0`]: 5,
        [`${ups}.4.3.4.0`]: 6,
      }),
      'snmp://x',
    ).devices;
    expect(device?.identity[0]?.value).toBe('apc:Smart-UPS 3000:AS1532232414');
    expect(facts(device)).toMatchObject({
      'battery-state': 'normal',
      'battery-charge': 100,
      'battery-runtime': 6900,
      'battery-voltage': 54.5,
      'voltage-input': 228.8,
      state: 'on line',
      load: 5,
      'current-output': 0.6,
    });
  });

  test('Vertiv PDU', () => {
    const geist = '1.3.6.1.4.1.21239.5.2';
    const [device] = describeAgent(
      values({
        [`${geist}.1.8.0`]: 'GU1',
        [`${geist}.1.10.0`]: 'S1',
        [`${geist}.3.1.1.2.1`]: 'A1',
        [`${geist}.3.1.1.9.1`]: 1000,
        [`${geist}.3.2.1.4.1`]: 2301,
        [`${geist}.3.2.1.8.1`]: 450,
        [`${geist}.3.2.1.12.1`]: 1000,
      }),
      'snmp://x',
    ).devices;
    expect(facts(device)).toMatchObject({
      maker: 'Vertiv',
      'branch.pdu-1.power': 1000,
      'phase.L1.voltage': 230.1,
      'phase.L1.current': 4.5,
      'phase.L1.power': 1000,
    });
  });
});

test('a power that does not go with voltage and current is left out, and said', () => {
  const rows = new Map(readSnmprec(text('apc-8932')));
  rows.set('1.3.6.1.4.1.318.1.1.26.6.3.1.7.1', { kind: 'number', value: 160 });
  const [device] = describeAgent(rows, 'snmp://x').devices;
  expect(facts(device)).not.toHaveProperty(['phase.L1.power']);
  expect(device?.problems).toEqual([
    {
      code: 'mismatch',
      field: 'phase.L1.power',
      sentence: 'phase.L1.power is 1600 W, which does not go with 121 V and 1.4 A: left out.',
      raw: '160',
    },
  ]);
});

describe('the tables', () => {
  test.each(mibs.map((mib) => [mib.id, mib] as const))('%s names facts of the vocabulary', (_, mib) => {
    for (const { fact } of mib.facts) expect(meaningOf(fact), fact).toBeDefined();
    for (const { kind, columns } of mib.tables) {
      for (const { field } of columns) expect(meaningOf(`${kind}.x.${field}`), `${kind}.${field}`).toBeDefined();
    }
    const { scalars, columns } = objectsOf(mib);
    for (const oid of scalars) expect(oid).toMatch(/^1\.3\.6\.1(?:\.\d+)+\.0$/);
    for (const oid of columns) expect(oid).toMatch(/^1\.3\.6\.1(?:\.\d+)+$/);
  });
});

/** What a hostile agent or recording can put at every object that is looked at. */
const anyValue: fc.Arbitrary<SnmpValue> = fc.oneof(
  fc
    .oneof(fc.integer(), fc.double(), fc.constantFrom(-1, 0, 2 ** 32, Number.MAX_SAFE_INTEGER))
    .map((value): SnmpValue => ({ kind: 'number', value })),
  fc.uint8Array({ maxLength: 40 }).map((value): SnmpValue => ({ kind: 'bytes', value: Buffer.from(value) })),
  fc.string().map((value): SnmpValue => ({ kind: 'oid', value })),
);
const anyObject = fc.constantFrom(
  ...mibs.flatMap((mib) => {
    const { scalars, columns } = objectsOf(mib);
    return [
      ...scalars,
      ...columns.flatMap((column) => ['0', '1', '2', '1.1', '1.1.1', '1.1.5'].map((row) => `${column}.${row}`)),
    ];
  }),
);

function believable({ devices }: ProbeAnswer): void {
  for (const { observations, identity } of devices) {
    for (const { name, value } of observations) {
      if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
      else expect(String(value), name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
    for (const { value } of identity) expect(value).not.toBe('');
  }
}

test('any values at the objects that are looked at give clean facts', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyObject, anyValue), { maxLength: 60 }), (rows) => {
      believable(describeAgent(new Map(rows), 'snmp://x'));
    }),
    { numRuns: runs },
  );
});

test('any text is a recording or none', () => {
  const piece = fc.constantFrom('1.3.6.1.2.1.33.1.1.2.0|4|', '1.3.6.1.4.1.318.1.1.26.2.1.9.1|4x|', '|', '\n', '2|-1');
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))), (pieces) => {
      try {
        believable(describeAgent(readSnmprec(pieces.join('')), 'snmp://x'));
      } catch (error) {
        expect(error).toBeInstanceOf(NotSnmprec);
      }
    }),
    { numRuns: runs },
  );
});
