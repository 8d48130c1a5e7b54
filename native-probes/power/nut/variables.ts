/**
 * What each variable of NUT means (https://networkupstools.org/docs/user-manual.chunked/apcs01.html, units as given
 * there: V, A, W, VA, Hz, s, °C, %, Ah), in names of our vocabulary.
 */
import type { FactName, PartKind } from '../../vocabulary.ts';

export interface Variable {
  fact: FactName;
  /** The first that is there is taken. */
  from: readonly string[];
  factor?: number;
  /** Zero stands for "not known" in ratings that a driver fills in. */
  zeroIsUnknown?: true;
}

export const numbers: readonly Variable[] = [
  { fact: 'phases', from: ['output.phases', 'input.phases'] },
  { fact: 'outlets', from: ['outlet.count'] },
  { fact: 'battery-packs', from: ['battery.packs.external', 'battery.packs'] },
  { fact: 'power-rating', from: ['ups.realpower.nominal'], zeroIsUnknown: true },
  { fact: 'apparent-power-rating', from: ['ups.power.nominal'], zeroIsUnknown: true },
  { fact: 'voltage-rating', from: ['output.voltage.nominal', 'input.voltage.nominal'], zeroIsUnknown: true },
  { fact: 'current-rating', from: ['output.current.nominal', 'input.current.nominal'], zeroIsUnknown: true },
  { fact: 'frequency-rating', from: ['output.frequency.nominal', 'input.frequency.nominal'], zeroIsUnknown: true },
  { fact: 'power-input', from: ['input.realpower'] },
  { fact: 'power-output', from: ['ups.realpower', 'output.realpower'] },
  { fact: 'apparent-power-input', from: ['input.power'] },
  { fact: 'apparent-power-output', from: ['ups.power', 'output.power'] },
  { fact: 'power-factor', from: ['output.powerfactor', 'input.powerfactor'], factor: 100 },
  { fact: 'load', from: ['ups.load', 'input.load'] },
  { fact: 'voltage-input', from: ['input.voltage'] },
  { fact: 'voltage-output', from: ['output.voltage'] },
  { fact: 'current-input', from: ['input.current'] },
  { fact: 'current-output', from: ['output.current'] },
  { fact: 'frequency-input', from: ['input.frequency'] },
  { fact: 'frequency-output', from: ['output.frequency'] },
  { fact: 'battery-charge', from: ['battery.charge'] },
  { fact: 'battery-runtime', from: ['battery.runtime'] },
  { fact: 'battery-voltage', from: ['battery.voltage'] },
  { fact: 'battery-voltage-rating', from: ['battery.voltage.nominal'], zeroIsUnknown: true },
  { fact: 'battery-current', from: ['battery.current'] },
  { fact: 'battery-capacity', from: ['battery.capacity'], zeroIsUnknown: true },
  { fact: 'battery-temperature', from: ['battery.temperature'] },
  { fact: 'temperature-inside', from: ['ups.temperature'] },
];

export const texts: readonly Omit<Variable, 'factor'>[] = [
  { fact: 'maker', from: ['device.mfr', 'ups.mfr'] },
  { fact: 'model', from: ['device.model', 'ups.model'] },
  { fact: 'part-number', from: ['device.part'] },
  { fact: 'firmware-version', from: ['ups.firmware'] },
  { fact: 'device-name', from: ['ups.id'] },
  { fact: 'location', from: ['device.location'] },
  { fact: 'manufactured-at', from: ['ups.mfr.date', 'device.mfr.date'], zeroIsUnknown: true },
  { fact: 'alarms', from: ['ups.alarm'] },
  { fact: 'battery-type', from: ['battery.type'] },
  { fact: 'battery-installed-at', from: ['battery.date'], zeroIsUnknown: true },
  { fact: 'transfer-reason', from: ['input.transfer.reason'] },
  { fact: 'self-test', from: ['ups.test.result'] },
];

/** Variables of parts: the pattern's first group is the part, its second the field of NUT. */
export const parts: readonly { kind: PartKind; pattern: RegExp; name: (group: string) => string }[] = [
  { kind: 'outlet', pattern: /^outlet\.(\d{1,3})\.([a-z.]+)$/, name: (n) => n },
  { kind: 'branch', pattern: /^outlet\.group\.(\d{1,3})\.([a-z.]+)$/, name: (n) => n },
  { kind: 'phase', pattern: /^input\.(L[123](?:-(?:N|L[123]))?)\.([a-z.]+)$/, name: (n) => `input-${n}` },
  { kind: 'phase', pattern: /^output\.(L[123](?:-(?:N|L[123]))?)\.([a-z.]+)$/, name: (n) => `output-${n}` },
  { kind: 'phase', pattern: /^ups\.(L[123])\.([a-z.]+)$/, name: (n) => `output-${n}` },
  // The two sources of a transfer switch.
  { kind: 'phase', pattern: /^input\.([12])\.([a-z.]+)$/, name: (n) => `source-${n}` },
];

/** Fields of a part, by their name in NUT; those that are text have no factor. */
export const partFields: Readonly<Record<string, { field: string; factor?: number; zeroIsUnknown?: true }>> = {
  desc: { field: 'name' },
  name: { field: 'name' },
  status: { field: 'state' },
  voltage: { field: 'voltage', factor: 1 },
  current: { field: 'current', factor: 1 },
  'current.nominal': { field: 'current-rating', factor: 1, zeroIsUnknown: true },
  realpower: { field: 'power', factor: 1 },
  power: { field: 'apparent-power', factor: 1 },
  powerfactor: { field: 'power-factor', factor: 100 },
  'power.percent': { field: 'load', factor: 1 },
  load: { field: 'load', factor: 1 },
  frequency: { field: 'frequency', factor: 1 },
};

/** What a power system is, by NUT's device.type. */
export const classes: Readonly<Record<string, string>> = {
  ups: 'ups',
  pdu: 'pdu',
  ats: 'transfer-switch',
  psu: 'power-supply',
  scd: 'inverter',
};

/** Words of ups.status. */
export const states: Readonly<Record<string, string>> = {
  OL: 'on line',
  OB: 'on battery',
  LB: 'battery low',
  HB: 'battery high',
  RB: 'battery to be replaced',
  CHRG: 'charging',
  DISCHRG: 'discharging',
  BYPASS: 'on bypass',
  CAL: 'calibrating',
  OFF: 'off',
  OVER: 'overloaded',
  TRIM: 'trimming the voltage',
  BOOST: 'boosting the voltage',
  FSD: 'forced shutdown',
  HE: 'high efficiency',
  ECO: 'economy mode',
  ALARM: 'alarm',
  TEST: 'testing',
  NOCOMM: 'driver has lost the device',
  WAIT: 'driver is starting',
};
