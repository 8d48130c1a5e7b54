/** Server Technology: Sentry4-MIB of today's PRO PDUs, Sentry3-MIB of the ones before. */
import { scaled } from '../../number.ts';
import type { Mib, MibTable, MoreFact } from '../mib.ts';
import type { View } from '../values.ts';

const maker = 'Server Technology';
const hours = 3_600_000;
const st4 = '1.3.6.1.4.1.1718.4.1';

/** st4DeviceStatus, of which the first is the one that is hoped for. */
const states = {
  0: 'normal',
  1: 'disabled',
  2: 'purged',
  5: 'reading',
  6: 'settling',
  7: 'not found',
  8: 'lost',
  9: 'read error',
  10: 'no communication',
  11: 'power error',
  12: 'breaker tripped',
  13: 'fuse blown',
  14: 'low alarm',
  15: 'low warning',
  16: 'high warning',
  17: 'high alarm',
  18: 'alarm',
  19: 'under limit',
  20: 'over limit',
  21: 'fault',
};

/** Rows are unit, input cord, number; a PDU with one cord has one, and of a second one the cord is told. */
function ofCord(name: (n: string) => string): MibTable['place'] {
  return ([unit, cord, number]) => {
    if (unit === undefined || cord === undefined || number === undefined) return undefined;
    return { unit, part: cord === '1' ? name(number) : `${cord}-${name(number)}` };
  };
}

export const sentry4: Mib = {
  id: 'sentry4',
  what: 'Sentry4-MIB',
  agents: ['1.3.6.1.4.1.1718'],
  group: 'pdu',
  powerClass: 'pdu',
  maker,
  indexed: true,
  keys: [`${st4}.2.2.1.4`, `${st4}.3.3.1.3`],
  // The status of a unit is indexed by the unit; the cords tell of units that keep their status to themselves.
  units: (view) => [
    ...new Set([
      ...view.rows(`${st4}.2.2.1.4`),
      ...view.rows(`${st4}.3.3.1.3`).map((index) => index.split('.')[0] ?? ''),
    ]),
  ],
  facts: [
    { fact: 'device-name', oid: `${st4}.2.2.1.3` },
    { fact: 'serial', oid: `${st4}.2.2.1.4` },
    { fact: 'model', oid: `${st4}.2.2.1.5` },
    { fact: 'state', oid: `${st4}.2.3.1.1`, words: states },
  ],
  tables: [
    {
      kind: 'phase',
      place: ofCord((n) => `L${n}`),
      columns: [
        // Line currents in hundredths; voltages between lines in tenths.
        { field: 'current', oid: `${st4}.4.3.1.3`, factor: 0.01 },
        { field: 'voltage-to-next', oid: `${st4}.5.3.1.3`, factor: 0.1 },
      ],
    },
    {
      kind: 'branch',
      place: ofCord((n) => n),
      columns: [
        { field: 'name', oid: `${st4}.7.2.1.4` },
        { field: 'state', oid: `${st4}.7.3.1.2`, words: states },
        { field: 'current', oid: `${st4}.7.3.1.3`, factor: 0.01 },
      ],
    },
    {
      kind: 'outlet',
      place: ofCord((n) => n),
      columns: [
        { field: 'name', oid: `${st4}.8.2.1.3` },
        { field: 'state', oid: `${st4}.8.3.1.1`, words: { 0: 'unknown', 1: 'on', 2: 'off' } },
        { field: 'current', oid: `${st4}.8.3.1.3`, factor: 0.01 },
        { field: 'voltage', oid: `${st4}.8.3.1.6`, factor: 0.1 },
        { field: 'power', oid: `${st4}.8.3.1.7` },
        { field: 'apparent-power', oid: `${st4}.8.3.1.9` },
        { field: 'power-factor', oid: `${st4}.8.3.1.10` },
        // Watt-hours; of a cord they are tenths of kilowatt-hours.
        { field: 'energy', oid: `${st4}.8.3.1.14`, factor: 3600 },
      ],
    },
  ],
  scalars: [`${st4}.1.1.1.0`],
  columns: [
    ...[`${st4}.3.2.1.7`, `${st4}.3.2.1.10`, `${st4}.3.2.1.12`, `${st4}.3.2.1.21`, `${st4}.3.2.1.24`],
    ...[3, 5, 7, 8, 10, 11].map((column) => `${st4}.3.3.1.${column}`),
  ],
  more: cords,
};

/** What goes in by the cords: of one cord as it is, of several their sum where a sum means something. */
function cords(view: View, unit: string): MoreFact[] {
  const rows = view.rows(`${st4}.3.3.1.3`).filter((index) => index.startsWith(`${unit}.`));
  const values = (oid: string) =>
    rows.map((row) => view.number(`${oid}.${row}`)).filter((n) => n !== undefined && n >= 0);
  const sum = (name: string, oid: string, factor: number): MoreFact[] => {
    const all = values(oid) as number[];
    // A cord that does not say its share makes a sum that is none.
    return all.length === 0 || all.length < rows.length
      ? []
      : [
          {
            name,
            value: scaled(
              all.reduce((one, other) => one + other, 0),
              factor,
            ),
          },
        ];
  };
  const alone = (name: string, oid: string, factor: number) => (rows.length === 1 ? sum(name, oid, factor) : []);
  const firmware = view.text(`${st4}.1.1.1.0`);
  return [
    ...(firmware === undefined ? [] : [{ name: 'firmware-version', value: firmware }]),
    ...sum('power-input', `${st4}.3.3.1.3`, 1),
    ...sum('apparent-power-input', `${st4}.3.3.1.5`, 1),
    ...sum('apparent-power-rating', `${st4}.3.2.1.12`, 1),
    ...sum('energy-consumed', `${st4}.3.3.1.10`, 0.1 * hours),
    ...sum('outlets', `${st4}.3.2.1.24`, 1),
    ...alone('load', `${st4}.3.3.1.7`, 0.1),
    ...alone('power-factor', `${st4}.3.3.1.8`, 1),
    ...alone('frequency-input', `${st4}.3.3.1.11`, 0.1),
    ...alone('voltage-rating', `${st4}.3.2.1.7`, 0.1),
    ...alone('current-rating', `${st4}.3.2.1.10`, 1),
    ...alone('phases', `${st4}.3.2.1.21`, 1),
  ];
}

const st3 = '1.3.6.1.4.1.1718.3';

export const sentry3: Mib = {
  id: 'sentry3',
  what: 'Sentry3-MIB',
  agents: ['1.3.6.1.4.1.1718'],
  group: 'pdu',
  powerClass: 'pdu',
  maker,
  indexed: true,
  keys: [`${st3}.2.1.1.6`, `${st3}.2.2.1.7`],
  // A tower is a PDU of its own, with its own serial number.
  units: (view) => [
    ...new Set([
      ...view.rows(`${st3}.2.1.1.6`),
      ...view.rows(`${st3}.2.2.1.7`).map((index) => index.split('.')[0] ?? ''),
    ]),
  ],
  facts: [
    { fact: 'device-name', oid: `${st3}.2.1.1.3` },
    { fact: 'serial', oid: `${st3}.2.1.1.6` },
    { fact: 'model', oid: `${st3}.2.1.1.7` },
  ],
  tables: [
    {
      kind: 'phase',
      place: ([unit, feed]) => (unit === undefined || feed === undefined ? undefined : { unit, part: `L${feed}` }),
      columns: [
        { field: 'current', oid: `${st3}.2.2.1.7`, factor: 0.01 },
        { field: 'current-rating', oid: `${st3}.2.2.1.10`, unknown: [0] },
        { field: 'voltage', oid: `${st3}.2.2.1.11`, factor: 0.1 },
        { field: 'power', oid: `${st3}.2.2.1.12` },
        { field: 'apparent-power', oid: `${st3}.2.2.1.13` },
        { field: 'power-factor', oid: `${st3}.2.2.1.14` },
        { field: 'energy', oid: `${st3}.2.2.1.16`, factor: 0.1 * hours },
      ],
    },
    {
      kind: 'outlet',
      place: ([unit, feed, outlet]) => {
        if (unit === undefined || feed === undefined || outlet === undefined) return undefined;
        return { unit, part: feed === '1' ? outlet : `${feed}-${outlet}` };
      },
      columns: [
        { field: 'name', oid: `${st3}.2.3.1.3` },
        { field: 'state', oid: `${st3}.2.3.1.5`, words: { 0: 'off', 1: 'on' } },
        { field: 'current', oid: `${st3}.2.3.1.7`, factor: 0.01 },
        { field: 'voltage', oid: `${st3}.2.3.1.13`, factor: 0.1 },
        { field: 'power', oid: `${st3}.2.3.1.14` },
        { field: 'energy', oid: `${st3}.2.3.1.18`, factor: 3600 },
      ],
    },
  ],
  scalars: [`${st3}.1.1.0`],
  more(view) {
    const version = view.text(`${st3}.1.1.0`);
    return version === undefined ? [] : [{ name: 'firmware-version', value: version }];
  },
};
