/**
 * Raritan PDU2-MIB. Every sensor says its own unit and number of decimal digits, so nothing is assumed of either; rows
 * are indexed by PDU, inlet or outlet, and type of sensor.
 */
import { scaled } from '../../number.ts';
import { byUnitAndIndex, type Mib, type MoreFact } from '../mib.ts';
import type { View } from '../values.ts';

const pdu = '1.3.6.1.4.1.13742.6';
const nameplate = `${pdu}.3.2.1.1`;
const unit = `${pdu}.3.2.2.1`;

/** SensorUnitsEnumeration: what one of it is in SI. */
const units: Readonly<Record<number, number>> = {
  1: 1, // volt
  2: 1, // ampere
  3: 1, // watt
  4: 1, // volt-ampere
  5: 3600, // watt-hour
  8: 1, // hertz
  9: 1, // percent
};
/** A number without a unit, which a power factor is: in percent here. */
const bare = -1;

interface Sensor {
  type: number;
  inlet: string;
  part: string;
}

/** SensorTypeEnumeration, for those that power systems have, with the name for a whole inlet and for a part. */
const sensors: readonly Sensor[] = [
  { type: 1, inlet: 'current-input', part: 'current' },
  { type: 4, inlet: 'voltage-input', part: 'voltage' },
  { type: 5, inlet: 'power-input', part: 'power' },
  { type: 6, inlet: 'apparent-power-input', part: 'apparent-power' },
  { type: 7, inlet: 'power-factor', part: 'power-factor' },
  { type: 8, inlet: 'energy-consumed', part: 'energy' },
  { type: 23, inlet: 'frequency-input', part: 'frequency' },
];

/** Where a kind of sensors says its units, its digits and its values, and whether they can be used now. */
interface SensorTable {
  units: string;
  digits: string;
  available: string;
  value: string;
}

function sensorTable(configuration: string, measurements: string): SensorTable {
  return {
    units: `${pdu}.${configuration}.1.6`,
    digits: `${pdu}.${configuration}.1.7`,
    available: `${pdu}.${measurements}.1.2`,
    value: `${pdu}.${measurements}.1.4`,
  };
}

const inlets = sensorTable('3.3.4', '5.2.3');
const poles = sensorTable('3.3.6', '5.2.4');
const breakers = sensorTable('3.4.4', '5.3.3');
const outlets = sensorTable('3.5.4', '5.4.3');

export const raritan: Mib = {
  id: 'raritan-pdu2',
  what: 'Raritan PDU2-MIB',
  agents: ['1.3.6.1.4.1.13742'],
  group: 'pdu',
  powerClass: 'pdu',
  indexed: true,
  keys: [`${nameplate}.4`],
  units: (view) => view.rows(`${nameplate}.4`),
  facts: [
    { fact: 'maker', oid: `${nameplate}.2` },
    { fact: 'model', oid: `${nameplate}.3` },
    { fact: 'serial', oid: `${nameplate}.4` },
    { fact: 'device-name', oid: `${unit}.13` },
    { fact: 'outlets', oid: `${unit}.4` },
  ],
  tables: [
    {
      kind: 'outlet',
      place: byUnitAndIndex,
      columns: [
        { field: 'name', oid: `${pdu}.3.5.3.1.3` },
        { field: 'state', oid: `${pdu}.4.1.2.1.3`, words: { 7: 'on', 8: 'off' } },
      ],
    },
    { kind: 'branch', place: byUnitAndIndex, columns: [{ field: 'name', oid: `${pdu}.3.4.3.1.3` }] },
  ],
  columns: [
    ...[inlets, poles, breakers, outlets].flatMap((table) => Object.values(table)),
    ...[`${nameplate}.5`, `${nameplate}.6`, `${nameplate}.8`, `${pdu}.3.2.3.1.6`],
  ],
  more: (view, unitOf) => [
    ...readings(view, inlets, unitOf, (sensor, [inlet]) =>
      inlet === '1' ? sensor.inlet : `phase.inlet-${inlet}.${sensor.part}`,
    ),
    ...readings(view, poles, unitOf, (sensor, [inlet, pole]) =>
      inlet === '1' ? `phase.L${pole}.${sensor.part}` : `phase.inlet-${inlet}-L${pole}.${sensor.part}`,
    ),
    ...readings(view, breakers, unitOf, (sensor, [breaker]) => `branch.${breaker}.${sensor.part}`),
    ...readings(view, outlets, unitOf, (sensor, [outlet]) => `outlet.${outlet}.${sensor.part}`),
    ...firmware(view, unitOf),
    ...ratings(view, unitOf),
  ],
};

function readings(
  view: View,
  table: SensorTable,
  unitOf: string,
  name: (sensor: Sensor, index: readonly string[]) => string,
): MoreFact[] {
  return view.rows(table.value).flatMap((row) => {
    const index = row.split('.');
    const sensor = sensors.find(({ type }) => String(type) === index.at(-1));
    const value = view.number(`${table.value}.${row}`);
    const digits = view.number(`${table.digits}.${row}`);
    const code = view.number(`${table.units}.${row}`);
    if (index[0] !== unitOf || sensor === undefined || value === undefined || code === undefined) return [];
    // 1: true. A value of a sensor that is not there is no value.
    if (view.number(`${table.available}.${row}`) !== 1 || digits === undefined || digits < 0 || digits > 9) return [];
    const factor = code === bare ? 100 : units[code];
    if (factor === undefined) return [];
    return [
      { name: name(sensor, index.slice(1, -1)), value: scaled(value, factor / 10 ** digits), raw: String(value) },
    ];
  });
}

function firmware(view: View, unitOf: string): MoreFact[] {
  const row = view.rows(`${pdu}.3.2.3.1.6`).find((index) => index.startsWith(`${unitOf}.`));
  const version = row === undefined ? undefined : view.text(`${pdu}.3.2.3.1.6.${row}`);
  return version === undefined ? [] : [{ name: 'firmware-version', value: version }];
}

/** The nameplate is text: `32A`, `200-240V`, `6.4-7.7kVA`. A range has no one value, and the highest is the rating. */
function ratings(view: View, unitOf: string): MoreFact[] {
  const plate = (column: number, pattern: RegExp, name: string, factor: number): MoreFact[] => {
    const text = view.text(`${nameplate}.${column}.${unitOf}`);
    const number = text === undefined ? undefined : pattern.exec(text)?.[1];
    return number === undefined ? [] : [{ name, value: scaled(Number(number), factor), raw: text ?? '' }];
  };
  return [
    ...plate(6, /^(\d+(?:\.\d+)?)A$/, 'current-rating', 1),
    ...plate(8, /(\d+(?:\.\d+)?)kVA$/, 'apparent-power-rating', 1000),
  ];
}
