/**
 * Variables of one device, as a NUT server lists them or as `upsc` prints them. The server is a program on some host:
 * what it says is as good as that host, whatever driver stands behind it.
 */
import type { DeviceReading } from '../../contract.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { meaningOf } from '../../vocabulary.ts';
import { identifyThing } from '../identity.ts';
import { leadingNumber, scaled } from '../number.ts';
import { classes, numbers, partFields, parts, states, texts } from './variables.ts';

export type Variables = ReadonlyMap<string, string>;

/** Text that is no dump of `upsc`. */
export class NotNut extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotNut';
  }
}

export const maxVariables = 5000;
const line = /^([a-z][a-z0-9]*(?:\.[A-Za-z0-9-]+)+):(?: (.*))?$/;

/** True for text that starts, comments left out, with variables as upsc prints them. */
export function isNutDump(text: string): boolean {
  const lines = text.slice(0, 65_536).split('\n');
  const told = lines.filter((entry) => entry.trim() !== '' && !entry.startsWith('#'));
  return told.length > 2 && told.slice(0, 3).every((entry) => line.test(entry)) && /^driver\.|^ups\./m.test(text);
}

/** `name: value` lines; comments and what is none of them are left out. Throws `NotNut`. */
export function readDump(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const entry of text.split('\n')) {
    const [, name, value = ''] = line.exec(entry) ?? [];
    if (name === undefined) continue;
    if (variables.size >= maxVariables) throw new NotNut(`it holds more than ${maxVariables} variables`);
    variables.set(name, value.trim());
  }
  if (variables.size === 0) throw new NotNut('it holds no variable of NUT');
  return variables;
}

/** One device from its variables. `locator`: where it was read; `name`: what the server calls it. */
export function describeDevice(variables: Variables, locator: string, name: string): DeviceReading {
  const sheet = openSheet('power', locator, 'host');
  const usable = withoutRunTogether(variables, sheet);
  const first = (from: readonly string[]) => from.map((key) => usable.get(key)).find((value) => value !== undefined);
  for (const { fact, from, zeroIsUnknown } of texts) {
    const value = first(from);
    if (value === undefined || isPlaceholder(value)) continue;
    if (!(zeroIsUnknown && /^[0/.-]+$/.test(value))) sheet.fact(fact, value);
  }
  for (const { fact, from, factor = 1, zeroIsUnknown } of numbers) {
    noteNumber(sheet, first(from), factor, zeroIsUnknown, fact, (value, raw) => sheet.fact(fact, value, raw));
  }
  noteAmbient(sheet, usable);
  noteState(sheet, usable);
  noteParts(sheet, usable);
  const [maker, model] = [first(['device.mfr', 'ups.mfr']), first(['device.model', 'ups.model'])];
  noteSerial(sheet, usable, maker, model);
  const known = [maker, model].filter((part) => part !== undefined && !isPlaceholder(part)) as string[];
  // Makers like to stand in the model's name as well.
  const [head = '', tail] = known;
  const shown =
    tail === undefined ? head : tail.toLowerCase().startsWith(head.toLowerCase()) ? tail : `${head} ${tail}`;
  return sheet.read(shown === '' ? name : shown);
}

/** A dump in which two lines have lost the break between them says nothing certain of either. */
function withoutRunTogether(variables: Variables, sheet: Sheet): Map<string, string> {
  const usable = new Map(variables);
  for (const [key, value] of variables) {
    if (!/[a-z](?:battery|driver|input|output|ups|device|outlet|ambient)\.[a-z.]+: /.test(value)) continue;
    usable.delete(key);
    sheet.problem('parse', `${key} has another variable run into it: both are left out.`, undefined, value);
  }
  return usable;
}

function noteNumber(
  sheet: Sheet,
  text: string | undefined,
  factor: number,
  zeroIsUnknown: true | undefined,
  field: string,
  note: (value: number, raw: string) => void,
): void {
  if (text === undefined || isAbsent(text)) return;
  const value = leadingNumber(text);
  if (value === undefined) {
    sheet.problem('parse', `${field} is "${printable(text, 60)}", which is no number: left out.`, field, text);
    return;
  }
  if (zeroIsUnknown && value === 0) return;
  note(scaled(value, factor), text);
}

const isAbsent = (text: string) => /^(?:|n\/?a|unknown|not ?available|-)$/i.test(text.trim());

function noteAmbient(sheet: Sheet, variables: Variables): void {
  if (variables.get('ambient.present') === 'no') return;
  const temperature = variables.get('ambient.temperature') ?? variables.get('ambient.1.temperature');
  const humidity = variables.get('ambient.humidity') ?? variables.get('ambient.1.humidity');
  // A card without a sensor reports zero of both.
  if (temperature !== undefined && humidity !== undefined && Number(temperature) === 0 && Number(humidity) === 0)
    return;
  noteNumber(sheet, temperature, 1, undefined, 'temperature-ambient', (value, raw) =>
    sheet.fact('temperature-ambient', value, raw),
  );
  noteNumber(sheet, humidity, 1, undefined, 'humidity', (value, raw) => sheet.fact('humidity', value, raw));
}

function noteState(sheet: Sheet, variables: Variables): void {
  const type = variables.get('device.type');
  if (type !== undefined && Object.hasOwn(classes, type)) sheet.fact('power-class', classes[type]);
  const driver = [variables.get('driver.name'), variables.get('driver.version')].filter((one) => one !== undefined);
  if (driver.length > 0 && !isPlaceholder(driver[0])) sheet.fact('reader', driver.join(' '));
  const status = variables.get('ups.status');
  if (status === undefined || isPlaceholder(status)) return;
  const words = status.split(/\s+/).filter((word) => word !== '');
  const state = words.map((word) => (Object.hasOwn(states, word) ? states[word] : word));
  sheet.fact('state', state.join(', '), status);
  if (words.includes('RB')) sheet.fact('battery-replace', true);
}

function noteParts(sheet: Sheet, variables: Variables): void {
  for (const [key, value] of variables) {
    for (const { kind, pattern, name } of parts) {
      const [, group = '', nutField = ''] = pattern.exec(key) ?? [];
      const known = Object.hasOwn(partFields, nutField) ? partFields[nutField] : undefined;
      if (group === '' || known === undefined) continue;
      const { factor, zeroIsUnknown } = known;
      // `L1-N` is the phase itself, `L1-L2` the voltage to the next one.
      const toNext = /-L[123]$/.test(group);
      const part = name(group.replace(/-(?:N|L[123])$/, ''));
      const field = toNext && known.field === 'voltage' ? 'voltage-to-next' : known.field;
      if (meaningOf(`${kind}.${part}.${field}`) === undefined || value === '') continue;
      if (factor === undefined) sheet.part(kind, part, field, value);
      else {
        noteNumber(sheet, value, factor, zeroIsUnknown, key, (number, raw) =>
          sheet.part(kind, part, field, number, raw),
        );
      }
    }
  }
}

function noteSerial(sheet: Sheet, variables: Variables, maker: string | undefined, model: string | undefined): void {
  const said = [variables.get('device.serial'), variables.get('ups.serial')].filter((one) => one !== undefined);
  // A driver over XML has been seen to hand its own message on as the number.
  const numbers = said.filter((one) => !/^ID: \w+, Msg:/.test(one));
  if (said.length > 0 && numbers.length === 0) {
    sheet.problem('nonsense', 'Its serial number is a message of the driver and not a number.', 'serial', said[0]);
    return;
  }
  const serial = numbers.find((one) => !isPlaceholder(one)) ?? numbers[0];
  if (serial !== undefined && !isPlaceholder(serial)) sheet.fact('serial', serial);
  identifyThing(sheet, maker, model, serial);
  const address = variables.get('device.macaddr')?.trim().replace(/[ -]/g, ':').toLowerCase();
  if (address !== undefined && /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(address)) {
    sheet.identify('network-address', address);
  }
}
