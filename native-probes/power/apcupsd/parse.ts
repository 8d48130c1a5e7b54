/**
 * The status of apcupsd, as its network server says it and as `apcaccess` prints it: `NAME     : value` lines
 * (http://www.apcupsd.org/manual/manual.html#status-report-fields). The daemon is a program on some host: what it says
 * is as good as that host.
 */
import type { DeviceReading } from '../../contract.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { identifyThing } from '../identity.ts';
import { leadingNumber, scaled } from '../number.ts';

/** Text that is no status of apcupsd. */
export class NotApcupsd extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotApcupsd';
  }
}

const line = /^([A-Z][A-Z0-9 ]{1,8}?) *: (.*)$/;
const maxFields = 200;

export function isApcupsdStatus(text: string): boolean {
  return /^UPSMODE *: /m.test(text.slice(0, 8192)) && /^(?:STATUS|CABLE) *: /m.test(text.slice(0, 8192));
}

/** @throws NotApcupsd */
export function readStatus(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const row of text.split('\n')) {
    const [, name, value = ''] = line.exec(row.trimEnd()) ?? [];
    if (name === undefined) continue;
    if (fields.size >= maxFields) throw new NotApcupsd(`it holds more than ${maxFields} fields`);
    fields.set(name, value.trim());
  }
  if (!fields.has('STATUS')) throw new NotApcupsd('it holds no STATUS');
  return fields;
}

const minutes = 60;
const numbers: readonly (readonly [FactName, string, number?])[] = [
  ['voltage-input', 'LINEV'],
  ['voltage-output', 'OUTPUTV'],
  ['voltage-rating', 'NOMOUTV'],
  ['frequency-input', 'LINEFREQ'],
  ['current-output', 'OUTCURNT'],
  ['load', 'LOADPCT'],
  ['power-rating', 'NOMPOWER'],
  ['apparent-power-rating', 'NOMAPNT'],
  ['battery-charge', 'BCHARGE'],
  ['battery-runtime', 'TIMELEFT', minutes],
  ['battery-on-time', 'TONBATT'],
  ['battery-voltage', 'BATTV'],
  ['battery-voltage-rating', 'NOMBATTV'],
  ['battery-packs', 'EXTBATTS'],
  ['temperature-inside', 'ITEMP'],
  ['temperature-ambient', 'AMBTEMP'],
  ['humidity', 'HUMIDITY'],
];
const texts: readonly (readonly [FactName, string])[] = [
  ['model', 'MODEL'],
  ['device-name', 'UPSNAME'],
  ['firmware-version', 'FIRMWARE'],
  ['manufactured-at', 'MANDATE'],
  ['battery-installed-at', 'BATTDATE'],
  ['transfer-reason', 'LASTXFER'],
];
const selfTests: Readonly<Record<string, string>> = {
  OK: 'passed',
  BT: 'failed: battery capacity',
  NG: 'failed: overload',
  NO: 'none in this run',
  WN: 'passed with a warning',
  IP: 'running',
};

export function describeStatus(fields: ReadonlyMap<string, string>, locator: string): DeviceReading {
  const sheet = openSheet('power', locator, 'host');
  const said = (name: string) => {
    const value = fields.get(name);
    return value === undefined || isPlaceholder(value) ? undefined : value;
  };
  sheet.fact('power-class', 'ups');
  // It speaks to UPSes of this maker; the status does not say so itself.
  sheet.fact('maker', 'APC');
  for (const [fact, field] of texts) sheet.fact(fact, said(field));
  for (const [fact, field, factor = 1] of numbers) noteNumber(sheet, fact, fields.get(field), factor);
  const daemon = said('VERSION') ?? said('RELEASE');
  if (daemon !== undefined) sheet.fact('reader', `apcupsd ${daemon}`);
  const test = said('SELFTEST');
  if (test !== undefined) sheet.fact('self-test', Object.hasOwn(selfTests, test) ? selfTests[test] : test, test);
  noteState(sheet, fields.get('STATUS') ?? '');
  const serial = fields.get('SERIALNO');
  sheet.fact('serial', said('SERIALNO'));
  identifyThing(sheet, 'APC', said('MODEL'), serial);
  return sheet.read(`APC ${said('MODEL') ?? 'UPS'}`);
}

function noteNumber(sheet: Sheet, fact: FactName, text: string | undefined, factor: number): void {
  if (text === undefined || text === 'N/A' || text === '') return;
  const value = leadingNumber(text);
  if (value === undefined) {
    sheet.problem('parse', `${fact} is "${printable(text, 60)}", which is no number: left out.`, fact, text);
    return;
  }
  sheet.fact(fact, scaled(value, factor), text);
}

function noteState(sheet: Sheet, status: string): void {
  const words = status.split(/\s+/).filter((word) => word !== '');
  if (words.length > 0) sheet.fact('state', words.join(' ').toLowerCase(), status);
  if (words.includes('COMMLOST')) {
    sheet.problem('lost', 'apcupsd has lost the UPS: check the cable between them.', 'state', status);
  }
  if (words.includes('REPLACEBATT')) sheet.fact('battery-replace', true);
}
