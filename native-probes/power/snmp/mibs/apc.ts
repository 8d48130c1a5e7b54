/** APC PowerNet: UPSes, rack PDUs of the first kind (AP7xxx) and of the second (AP8xxx), metered and switched. */
import { aloneWith, type Mib, type MibTable } from '../mib.ts';

const apc = '1.3.6.1.4.1.318';
const hours = 3_600_000;

/** Of the second kind rows carry their module in a column of its own, and are counted through all of them. */
function ofModule(module: string, number: string, name: (n: number) => string): MibTable['place'] {
  return ([index = ''], view) => {
    const unit = view.number(`${module}.${index}`);
    const part = view.number(`${number}.${index}`);
    return unit === undefined || part === undefined ? undefined : { unit: String(unit), part: name(part) };
  };
}

const pdu2 = `${apc}.1.1.26`;
const loadStates = { 1: 'low load', 2: 'normal', 3: 'near overload', 4: 'overload' };
const onOff = { 1: 'off', 2: 'on' };

export const apcPdu2: Mib = {
  id: 'apc-rpdu2',
  what: 'PowerNet-MIB, rPDU2',
  agents: [apc],
  group: 'pdu',
  powerClass: 'pdu',
  maker: 'APC',
  indexed: true,
  keys: [`${pdu2}.2.1.9`],
  units: (view) => view.rows(`${pdu2}.2.1.9`),
  facts: [
    { fact: 'device-name', oid: `${pdu2}.2.1.3` },
    { fact: 'location', oid: `${pdu2}.2.1.4` },
    { fact: 'firmware-version', oid: `${pdu2}.2.1.6` },
    { fact: 'manufactured-at', oid: `${pdu2}.2.1.7` },
    { fact: 'model', oid: `${pdu2}.2.1.8` },
    { fact: 'serial', oid: `${pdu2}.2.1.9` },
    { fact: 'outlets', oid: `${pdu2}.4.2.1.4` },
    { fact: 'phases', oid: `${pdu2}.4.2.1.7` },
    { fact: 'current-rating', oid: `${pdu2}.4.2.1.9`, unknown: [0] },
    { fact: 'state', oid: `${pdu2}.4.3.1.4`, words: loadStates, unknown: [5] },
    // Hundredths of a kilowatt.
    { fact: 'power-output', oid: `${pdu2}.4.3.1.5`, factor: 10 },
    { fact: 'power-output-max', oid: `${pdu2}.4.3.1.6`, factor: 10 },
    // Tenths of a kilowatt-hour.
    { fact: 'energy-delivered', oid: `${pdu2}.4.3.1.9`, factor: 0.1 * hours },
    { fact: 'apparent-power-output', oid: `${pdu2}.4.3.1.16`, factor: 10 },
    // Hundredths, which are percent.
    { fact: 'power-factor', oid: `${pdu2}.4.3.1.17` },
  ],
  tables: [
    {
      kind: 'phase',
      place: ofModule(`${pdu2}.6.3.1.2`, `${pdu2}.6.3.1.3`, (n) => `L${n}`),
      columns: [
        { field: 'state', oid: `${pdu2}.6.3.1.4`, words: loadStates, unknown: [5] },
        { field: 'current', oid: `${pdu2}.6.3.1.5`, factor: 0.1 },
        { field: 'voltage', oid: `${pdu2}.6.3.1.6` },
        { field: 'power', oid: `${pdu2}.6.3.1.7`, factor: 10 },
        { field: 'apparent-power', oid: `${pdu2}.6.3.1.8`, factor: 10 },
        { field: 'power-factor', oid: `${pdu2}.6.3.1.9` },
      ],
    },
    {
      kind: 'branch',
      place: ofModule(`${pdu2}.8.3.1.2`, `${pdu2}.8.3.1.3`, String),
      columns: [
        { field: 'state', oid: `${pdu2}.8.3.1.4`, words: loadStates, unknown: [5] },
        { field: 'current', oid: `${pdu2}.8.3.1.5`, factor: 0.1 },
      ],
    },
    {
      kind: 'outlet',
      place: ofModule(`${pdu2}.9.2.3.1.2`, `${pdu2}.9.2.3.1.4`, String),
      columns: [
        { field: 'name', oid: `${pdu2}.9.2.3.1.3` },
        { field: 'state', oid: `${pdu2}.9.2.3.1.5`, words: onOff },
      ],
    },
    {
      kind: 'outlet',
      place: ofModule(`${pdu2}.9.4.3.1.2`, `${pdu2}.9.4.3.1.4`, String),
      columns: [
        { field: 'name', oid: `${pdu2}.9.4.3.1.3` },
        { field: 'current', oid: `${pdu2}.9.4.3.1.6`, factor: 0.1 },
        // Watts here, not hundredths of a kilowatt.
        { field: 'power', oid: `${pdu2}.9.4.3.1.7` },
        { field: 'energy', oid: `${pdu2}.9.4.3.1.11`, factor: 0.1 * hours },
      ],
    },
  ],
  columns: [
    ...[`${pdu2}.6.3.1.2`, `${pdu2}.6.3.1.3`, `${pdu2}.8.3.1.2`, `${pdu2}.8.3.1.3`],
    ...[`${pdu2}.9.2.3.1.2`, `${pdu2}.9.2.3.1.4`, `${pdu2}.9.4.3.1.2`, `${pdu2}.9.4.3.1.4`],
  ],
};

const pdu = `${apc}.1.1.12`;

/** Where both kinds are there they speak of one device; the older one is alone, so it is that of the first module. */
const asFirst: MibTable['place'] = (index) => {
  const [part] = index;
  return part === undefined ? undefined : { unit: '1', part };
};

export const apcPdu: Mib = {
  id: 'apc-rpdu',
  what: 'PowerNet-MIB, rPDU',
  agents: [apc],
  group: 'pdu',
  powerClass: 'pdu',
  maker: 'APC',
  keys: [`${pdu}.1.5.0`],
  units: (view) => (view.has(`${pdu}.1.5.0`) ? ['1'] : []),
  facts: [
    { fact: 'device-name', oid: `${pdu}.1.1` },
    { fact: 'firmware-version', oid: `${pdu}.1.3` },
    { fact: 'manufactured-at', oid: `${pdu}.1.4` },
    { fact: 'model', oid: `${pdu}.1.5` },
    { fact: 'serial', oid: `${pdu}.1.6` },
    { fact: 'current-rating', oid: `${pdu}.1.7`, unknown: [0] },
    { fact: 'outlets', oid: `${pdu}.1.8` },
    { fact: 'phases', oid: `${pdu}.1.9` },
    { fact: 'voltage-input', oid: `${pdu}.1.15`, unknown: [0] },
    { fact: 'power-output', oid: `${pdu}.1.16` },
    // Thousandths.
    { fact: 'power-factor', oid: `${pdu}.1.17`, factor: 0.1 },
    { fact: 'apparent-power-output', oid: `${pdu}.1.18` },
  ],
  tables: [
    {
      kind: 'outlet',
      place: asFirst,
      columns: [
        { field: 'name', oid: `${pdu}.3.5.1.1.2` },
        { field: 'state', oid: `${pdu}.3.5.1.1.4`, words: { 1: 'on', 2: 'off' } },
      ],
    },
    {
      // Phases first, then banks: the row says which it is by the number that is not zero.
      kind: 'phase',
      place: ([index = ''], view) => loadRow(view.number(`${pdu}.2.3.1.1.4.${index}`), view, index, 'phase'),
      columns: [{ field: 'current', oid: `${pdu}.2.3.1.1.2`, factor: 0.1 }],
    },
    {
      kind: 'branch',
      place: ([index = ''], view) => loadRow(view.number(`${pdu}.2.3.1.1.5.${index}`), view, index, 'bank'),
      columns: [{ field: 'current', oid: `${pdu}.2.3.1.1.2`, factor: 0.1 }],
    },
  ],
  columns: [`${pdu}.2.3.1.1.4`, `${pdu}.2.3.1.1.5`],
};

function loadRow(
  number: number | undefined,
  view: Parameters<MibTable['place']>[1],
  index: string,
  kind: 'phase' | 'bank',
): ReturnType<MibTable['place']> {
  if (number === undefined || number <= 0) return undefined;
  if (kind === 'bank') return { unit: '1', part: String(number) };
  // A bank says its phase as well.
  return (view.number(`${pdu}.2.3.1.1.5.${index}`) ?? 0) > 0 ? undefined : { unit: '1', part: `L${number}` };
}

const ups = `${apc}.1.1.1`;

export const apcUps: Mib = {
  id: 'apc-ups',
  what: 'PowerNet-MIB, ups',
  agents: [apc],
  group: 'ups',
  powerClass: 'ups',
  maker: 'APC',
  keys: [`${ups}.1.1.1.0`],
  units: aloneWith(`${ups}.1.1.1`),
  facts: [
    { fact: 'model', oid: `${ups}.1.1.1` },
    { fact: 'device-name', oid: `${ups}.1.1.2` },
    { fact: 'firmware-version', oid: `${ups}.1.2.1` },
    { fact: 'manufactured-at', oid: `${ups}.1.2.2` },
    { fact: 'serial', oid: `${ups}.1.2.3` },
    { fact: 'battery-state', oid: `${ups}.2.1.1`, words: { 1: 'unknown', 2: 'normal', 3: 'low', 4: 'fault' } },
    // TimeTicks.
    { fact: 'battery-on-time', oid: `${ups}.2.1.2`, factor: 0.01 },
    { fact: 'battery-installed-at', oid: `${ups}.2.1.3` },
    { fact: 'battery-charge', oid: `${ups}.2.3.1`, factor: 0.1 },
    { fact: 'battery-charge', oid: `${ups}.2.2.1` },
    { fact: 'battery-temperature', oid: `${ups}.2.3.2`, factor: 0.1 },
    { fact: 'battery-temperature', oid: `${ups}.2.2.2` },
    { fact: 'battery-runtime', oid: `${ups}.2.2.3`, factor: 0.01 },
    { fact: 'battery-voltage', oid: `${ups}.2.3.4`, factor: 0.1 },
    { fact: 'battery-voltage', oid: `${ups}.2.2.8` },
    { fact: 'battery-packs', oid: `${ups}.2.2.5` },
    { fact: 'voltage-input', oid: `${ups}.3.3.1`, factor: 0.1 },
    { fact: 'voltage-input', oid: `${ups}.3.2.1` },
    { fact: 'frequency-input', oid: `${ups}.3.3.4`, factor: 0.1 },
    { fact: 'frequency-input', oid: `${ups}.3.2.4` },
    {
      fact: 'state',
      oid: `${ups}.4.1.1`,
      words: {
        1: 'unknown',
        2: 'on line',
        3: 'on battery',
        4: 'boosting the voltage',
        5: 'sleeping until a time',
        6: 'on bypass, by software',
        7: 'off',
        8: 'restarting',
        9: 'on bypass, by switch',
        10: 'on bypass, by a fault',
        11: 'sleeping until power returns',
        12: 'trimming the voltage',
        13: 'economy mode',
      },
    },
    { fact: 'voltage-output', oid: `${ups}.4.3.1`, factor: 0.1 },
    { fact: 'voltage-output', oid: `${ups}.4.2.1` },
    { fact: 'frequency-output', oid: `${ups}.4.3.2`, factor: 0.1 },
    { fact: 'frequency-output', oid: `${ups}.4.2.2` },
    { fact: 'load', oid: `${ups}.4.3.3`, factor: 0.1 },
    { fact: 'load', oid: `${ups}.4.2.3` },
    { fact: 'current-output', oid: `${ups}.4.3.4`, factor: 0.1 },
    { fact: 'current-output', oid: `${ups}.4.2.4` },
    { fact: 'power-output', oid: `${ups}.4.2.8` },
    { fact: 'apparent-power-output', oid: `${ups}.4.2.9` },
    // Hundredths of a kilowatt-hour.
    { fact: 'energy-delivered', oid: `${ups}.4.3.6`, factor: 0.01 * hours },
    { fact: 'voltage-rating', oid: `${ups}.5.2.1`, unknown: [0] },
    { fact: 'self-test', oid: `${ups}.7.2.3`, words: { 1: 'passed', 2: 'failed', 3: 'invalid', 4: 'running' } },
  ],
  tables: [],
};
