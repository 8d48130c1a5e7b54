/** Eaton: ePDUs (EATON-EPDU-MIB), UPSes by XUPS-MIB and by the MG-SNMP-UPS-MIB of the cards they came with before. */
import { aloneWith, type byIndex, byUnitAndIndex, type Mib, type MibTable } from '../mib.ts';

const eaton = '1.3.6.1.4.1.534';
const epdu = `${eaton}.6.6.7`;

/** Rows are strapping index (a PDU in a daisy chain), input, number. */
function ofInput(name: (n: string) => string): MibTable['place'] {
  return ([unit, input, number]) => {
    if (unit === undefined || number === undefined || input !== '1') return undefined;
    // Beyond the third come sums over phases.
    return Number(number) > 3 ? undefined : { unit, part: name(number) };
  };
}

export const eatonPdu: Mib = {
  id: 'eaton-epdu',
  what: 'EATON-EPDU-MIB',
  agents: [eaton],
  group: 'pdu',
  powerClass: 'pdu',
  maker: 'Eaton',
  indexed: true,
  keys: [`${epdu}.1.2.1.4`],
  units: (view) => view.rows(`${epdu}.1.2.1.4`),
  facts: [
    { fact: 'model', oid: `${epdu}.1.2.1.2` },
    { fact: 'part-number', oid: `${epdu}.1.2.1.3` },
    { fact: 'serial', oid: `${epdu}.1.2.1.4` },
    { fact: 'firmware-version', oid: `${epdu}.1.2.1.5` },
    { fact: 'device-name', oid: `${epdu}.1.2.1.6` },
    { fact: 'outlets', oid: `${epdu}.1.2.1.22` },
  ],
  tables: [
    {
      kind: 'phase',
      place: ofInput((n) => `L${n}`),
      columns: [
        // Thousandths of volts and amperes.
        { field: 'voltage', oid: `${epdu}.3.2.1.3`, factor: 0.001 },
        { field: 'current', oid: `${epdu}.3.3.1.4`, factor: 0.001 },
        { field: 'apparent-power', oid: `${epdu}.3.4.1.3` },
        { field: 'power', oid: `${epdu}.3.4.1.4` },
        { field: 'energy', oid: `${epdu}.3.4.1.5`, factor: 3600 },
      ],
    },
    {
      kind: 'outlet',
      place: byUnitAndIndex,
      columns: [
        { field: 'name', oid: `${epdu}.6.1.1.3` },
        { field: 'voltage', oid: `${epdu}.6.3.1.2`, factor: 0.001 },
        { field: 'current', oid: `${epdu}.6.4.1.3`, factor: 0.001 },
        { field: 'apparent-power', oid: `${epdu}.6.5.1.2` },
        { field: 'power', oid: `${epdu}.6.5.1.3` },
        { field: 'energy', oid: `${epdu}.6.5.1.4`, factor: 3600 },
        { field: 'state', oid: `${epdu}.6.6.1.2`, words: { 0: 'off', 1: 'on', 2: 'going off', 3: 'going on' } },
      ],
    },
  ],
};

const xups = `${eaton}.1`;

export const eatonUps: Mib = {
  id: 'xups',
  what: 'XUPS-MIB',
  agents: [eaton, '1.3.6.1.4.1.705'],
  group: 'ups',
  powerClass: 'ups',
  keys: [`${xups}.1.2.0`],
  units: aloneWith(`${xups}.1.2`),
  facts: [
    { fact: 'maker', oid: `${xups}.1.1` },
    { fact: 'model', oid: `${xups}.1.2` },
    { fact: 'firmware-version', oid: `${xups}.1.3` },
    { fact: 'part-number', oid: `${xups}.1.5` },
    { fact: 'serial', oid: `${xups}.1.6` },
    // 65,535 s is the largest number of an old card, which stands for more than it can count.
    { fact: 'battery-runtime', oid: `${xups}.2.1`, unknown: [65_535] },
    { fact: 'battery-voltage', oid: `${xups}.2.2` },
    { fact: 'battery-charge', oid: `${xups}.2.4` },
    {
      fact: 'battery-state',
      oid: `${xups}.2.5`,
      words: { 1: 'charging', 2: 'discharging', 3: 'floating', 4: 'resting', 5: 'unknown', 6: 'disconnected' },
    },
    { fact: 'frequency-input', oid: `${xups}.3.1`, factor: 0.1 },
    { fact: 'load', oid: `${xups}.4.1` },
    { fact: 'frequency-output', oid: `${xups}.4.2`, factor: 0.1 },
    { fact: 'phases', oid: `${xups}.4.3` },
    {
      fact: 'state',
      oid: `${xups}.4.5`,
      words: {
        1: 'other',
        2: 'no output',
        3: 'on line',
        4: 'on bypass',
        5: 'on battery',
        6: 'boosting the voltage',
        7: 'trimming the voltage',
        8: 'parallel, for capacity',
        9: 'parallel, for redundancy',
        10: 'high efficiency',
      },
    },
    { fact: 'temperature-ambient', oid: `${xups}.6.1` },
    { fact: 'alarm-count', oid: `${xups}.7.1` },
    { fact: 'voltage-rating', oid: `${xups}.10.1`, unknown: [0] },
    { fact: 'power-rating', oid: `${xups}.10.3`, unknown: [0] },
    { fact: 'frequency-rating', oid: `${xups}.10.4`, factor: 0.1, unknown: [0] },
  ],
  tables: [
    {
      kind: 'phase',
      place: (index) => onSide(index, 'input'),
      columns: [
        { field: 'voltage', oid: `${xups}.3.4.1.2` },
        { field: 'current', oid: `${xups}.3.4.1.3` },
        { field: 'power', oid: `${xups}.3.4.1.4`, unknown: [0] },
      ],
    },
    {
      kind: 'phase',
      place: (index) => onSide(index, 'output'),
      columns: [
        { field: 'voltage', oid: `${xups}.4.4.1.2` },
        { field: 'current', oid: `${xups}.4.4.1.3` },
        { field: 'power', oid: `${xups}.4.4.1.4` },
      ],
    },
  ],
};

function onSide(index: readonly string[], side: string): ReturnType<typeof byIndex> {
  const [number] = index;
  return number === undefined ? undefined : { unit: '0', part: `${side}-L${number}` };
}

const mg = '1.3.6.1.4.1.705.1';

/** Only what the other two do not say: these cards know the serial number. */
export const eatonMg: Mib = {
  id: 'mg-snmp-ups',
  what: 'MG-SNMP-UPS-MIB',
  agents: ['1.3.6.1.4.1.705'],
  group: 'ups',
  powerClass: 'ups',
  maker: 'Eaton',
  keys: [`${mg}.1.1.0`, `${mg}.1.7.0`],
  units: aloneWith(`${mg}.1.1`, `${mg}.1.7`),
  facts: [
    { fact: 'model', oid: `${mg}.1.1` },
    { fact: 'firmware-version', oid: `${mg}.1.4` },
    { fact: 'serial', oid: `${mg}.1.7` },
  ],
  tables: [],
};
