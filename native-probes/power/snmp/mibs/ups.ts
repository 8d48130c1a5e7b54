/** The standard MIB of uninterruptible supplies, RFC 1628. Units as written there. */
import { aloneWith, type byIndex, type Mib, type MoreFact } from '../mib.ts';
import type { View } from '../values.ts';

const ups = '1.3.6.1.2.1.33.1';

export const upsMib: Mib = {
  id: 'ups',
  what: 'UPS-MIB (RFC 1628)',
  // Any agent may have it: it is asked for everywhere.
  agents: [''],
  group: 'ups',
  powerClass: 'ups',
  keys: [...[`${ups}.1.1.0`, `${ups}.1.2.0`, `${ups}.2.1.0`, `${ups}.4.1.0`, `${ups}.4.2.0`], `${ups}.3.3.1.2`],
  units: (view) => (countsHundredths(view) ? [] : there(view)),
  facts: [
    { fact: 'maker', oid: `${ups}.1.1` },
    { fact: 'model', oid: `${ups}.1.2` },
    { fact: 'firmware-version', oid: `${ups}.1.3` },
    { fact: 'reader', oid: `${ups}.1.4` },
    {
      fact: 'battery-state',
      oid: `${ups}.2.1`,
      words: { 1: 'unknown', 2: 'normal', 3: 'low', 4: 'depleted' },
    },
    { fact: 'battery-on-time', oid: `${ups}.2.2` },
    // upsEstimatedMinutesRemaining
    { fact: 'battery-runtime', oid: `${ups}.2.3`, factor: 60 },
    { fact: 'battery-charge', oid: `${ups}.2.4` },
    { fact: 'battery-voltage', oid: `${ups}.2.5`, factor: 0.1 },
    { fact: 'battery-current', oid: `${ups}.2.6`, factor: 0.1, signed: true },
    { fact: 'battery-temperature', oid: `${ups}.2.7` },
    {
      fact: 'state',
      oid: `${ups}.4.1`,
      words: {
        1: 'other',
        2: 'no output',
        3: 'on line',
        4: 'on bypass',
        5: 'on battery',
        6: 'boosting the voltage',
        7: 'trimming the voltage',
      },
    },
    { fact: 'frequency-output', oid: `${ups}.4.2`, factor: 0.1 },
    { fact: 'phases', oid: `${ups}.4.3` },
    { fact: 'alarm-count', oid: `${ups}.6.1` },
    { fact: 'voltage-rating', oid: `${ups}.9.3`, unknown: [0] },
    { fact: 'apparent-power-rating', oid: `${ups}.9.5`, unknown: [0] },
    { fact: 'power-rating', oid: `${ups}.9.6`, unknown: [0] },
  ],
  tables: [
    {
      kind: 'phase',
      place: (index, view) => line(index, 'input', view.number(`${ups}.3.2.0`)),
      columns: [
        { field: 'frequency', oid: `${ups}.3.3.1.2`, factor: 0.1 },
        { field: 'voltage', oid: `${ups}.3.3.1.3` },
        { field: 'current', oid: `${ups}.3.3.1.4`, factor: 0.1 },
        // Many agents fill in a zero for a power they do not measure, beside a current that is none.
        { field: 'power', oid: `${ups}.3.3.1.5`, unknown: [0] },
      ],
    },
    {
      kind: 'phase',
      place: (index, view) => line(index, 'output', view.number(`${ups}.4.3.0`)),
      columns: [
        { field: 'voltage', oid: `${ups}.4.4.1.2` },
        { field: 'current', oid: `${ups}.4.4.1.3`, factor: 0.1 },
        { field: 'power', oid: `${ups}.4.4.1.4` },
        { field: 'load', oid: `${ups}.4.4.1.5` },
      ],
    },
    {
      kind: 'phase',
      place: (index, view) => line(index, 'bypass', view.number(`${ups}.5.2.0`)),
      columns: [{ field: 'voltage', oid: `${ups}.5.3.1.2` }],
    },
  ],
  scalars: [`${ups}.9.4.0`, `${ups}.3.2.0`, `${ups}.5.2.0`],
  more: frequencyRating,
};

const there = aloneWith(`${ups}.1.1`, `${ups}.1.2`, `${ups}.2.1`, `${ups}.4.1`);

/** The RFC counts tenths of a hertz: no grid has the hundred hertz that a thousand of them are. */
function countsHundredths(view: View): boolean {
  const said = [view.number(`${ups}.4.2.0`), view.number(`${ups}.3.3.1.2.1`)];
  return said.some((frequency) => frequency !== undefined && frequency > 1000);
}

/** Some agents count whole hertz here, and tenths everywhere else. */
function frequencyRating(view: View): MoreFact[] {
  const raw = view.number(`${ups}.9.4.0`);
  if (raw === undefined || raw <= 0) return [];
  return [{ name: 'frequency-rating', value: raw < 100 ? raw : raw / 10, raw: String(raw) }];
}

/** What such an agent does not count as the RFC does, and of which nothing says how it does. */
const unsure: ReadonlySet<string> = new Set(['power', 'power-rating', 'apparent-power-rating']);
const otherwise: Readonly<Record<string, number>> = { frequency: 0.01, 'frequency-output': 0.01, voltage: 0.1 };

/**
 * The same MIB from agents that count frequency in hundredths and voltage of the phases in tenths (a Huawei UPS5000 was
 * seen to). Powers are left out: their scale stands nowhere.
 */
export const upsMibHundredths: Mib = {
  ...upsMib,
  id: 'ups-hundredths',
  what: 'UPS-MIB (RFC 1628), counted otherwise',
  units: (view) => (countsHundredths(view) ? there(view) : []),
  facts: upsMib.facts.filter(({ fact }) => !unsure.has(fact)).map((fact) => ({ ...fact, ...scaleOf(fact.fact) })),
  tables: upsMib.tables.map((table) => ({
    ...table,
    columns: table.columns
      .filter(({ field }) => !unsure.has(field))
      .map((column) => ({ ...column, ...scaleOf(column.field) })),
  })),
};

function scaleOf(name: string): { factor?: number } {
  const factor = otherwise[name];
  return factor === undefined ? {} : { factor };
}

/** A row beyond the lines that the device says it has is filled with zeros by its card. */
function line(index: readonly string[], side: string, lines = 3): ReturnType<typeof byIndex> {
  const [number] = index;
  return number === undefined || Number(number) > lines ? undefined : { unit: '0', part: `${side}-L${number}` };
}
