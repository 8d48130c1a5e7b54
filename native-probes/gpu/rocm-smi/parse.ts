/**
 * What `rocm-smi` says, as JSON or as text. Its keys moved between versions of ROCm (4.3 to 7): each fact lists the keys
 * it has been seen under. A word for "no value" becomes a problem, never a zero.
 */
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { generationOfSpeed, normalisePciAddress } from '../../pci-address.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { amdId, amdMaker, joinPartitions, noteChipNumber } from '../amd.ts';

/** Text that is no answer of rocm-smi, with the sentence that says why. */
export class NotRocm extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotRocm';
  }
}

/** A machine of 16 GPUs with all their clocks is some 100 KiB. */
const maxCharacters = 4 * 1_048_576;

/** Keys in lower case, single spaces, no colon at the end; the same key twice keeps the first. */
export type Card = ReadonlyMap<string, string>;

export interface Cards {
  cards: Map<string, Card>;
  system: Card;
}

const numbers: readonly (readonly [fact: FactName, scale: number, keys: readonly string[]])[] = [
  ['memory-total', 1, ['vram total memory (b)']],
  ['memory-used', 1, ['vram total used memory (b)']],
  ['temperature', 1, ['temperature (sensor edge) (c)', 'temperature (sensor junction) (c)']],
  ['temperature-memory', 1, ['temperature (sensor memory) (c)']],
  ['power-draw', 1, ['current socket graphics package power (w)', 'current graphics package power (w)']],
  ['power-draw-average', 1, ['average graphics package power (w)']],
  ['power-limit', 1, ['max graphics package power (w)']],
  ['fan-speed', 1, ['fan speed (%)']],
  ['utilization', 1, ['gpu use (%)']],
  ['utilization-memory', 1, ['gpu memory read/write activity (%)', 'gpu memory use (%)']],
  ['pci-replays', 1, ['pcie replay count']],
  ['numa-node', 1, ['(topology) numa node']],
];

const texts: readonly (readonly [fact: FactName, keys: readonly string[]])[] = [
  ['vbios', ['vbios version']],
  ['memory-maker', ['gpu memory vendor']],
  ['architecture', ['gfx version']],
  ['compute-partition', ['compute partition']],
  ['memory-partition', ['memory partition']],
];

/** `rocm-smi -a --json`; throws `NotRocm`. Warnings may stand before the JSON. */
export function parseRocmJson(text: string): Cards {
  if (text.length > maxCharacters) throw new NotRocm(`the text is longer than ${maxCharacters} characters`);
  const start = text.indexOf('{');
  if (start < 0) throw new NotRocm('it holds no JSON');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(start));
  } catch {
    throw new NotRocm('it is no well-formed JSON');
  }
  const cards: Cards = { cards: new Map(), system: new Map() };
  for (const [name, value] of Object.entries(record(parsed))) {
    if (/^card\d{1,3}$/.test(name)) cards.cards.set(name, cardOf(Object.entries(record(value))));
    if (name === 'system') cards.system = cardOf(Object.entries(record(value)));
  }
  if (cards.cards.size === 0) throw new NotRocm('it names no card');
  return cards;
}

/** The text of `rocm-smi -a`: `GPU[0] : Device ID: 0x74a1`. Throws `NotRocm`. */
export function parseRocmText(text: string): Cards {
  if (text.length > maxCharacters) throw new NotRocm(`the text is longer than ${maxCharacters} characters`);
  const lines = new Map<string, [string, string][]>();
  const system: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.length > 512) continue;
    const match = /^GPU\[(\d{1,3})\]\s*: (.+?)\s*: (.*)$/.exec(line.trim());
    if (match?.[2] !== undefined && match[3] !== undefined) {
      const name = `card${match[1]}`;
      lines.set(name, [...(lines.get(name) ?? []), [match[2], match[3]]]);
      continue;
    }
    const driver = /^Driver version: (\S+)$/.exec(line.trim())?.[1];
    if (driver !== undefined) system.push(['Driver version', driver]);
  }
  if (lines.size === 0) throw new NotRocm('it names no GPU');
  return { cards: new Map([...lines].map(([name, entries]) => [name, cardOf(entries)])), system: cardOf(system) };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function cardOf(entries: readonly (readonly [string, unknown])[]): Card {
  const card = new Map<string, string>();
  for (const [key, value] of entries) {
    const name = key.toLowerCase().replace(/\s+/g, ' ').replace(/:$/, '').trim();
    if ((typeof value === 'string' || typeof value === 'number') && !card.has(name))
      card.set(name, String(value).trim());
  }
  return card;
}

export function readRocmSmi({ cards, system }: Cards): ProbeAnswer {
  const driver = valueIn(system, ['driver version']);
  const devices = [...cards].map(([name, card]) => readCard(name, card, driver));
  return { outcome: 'present', devices: joinPartitions(devices), problems: [] };
}

function readCard(name: string, card: Card, driver: string | undefined): DeviceReading {
  const address = normalisePciAddress(card.get('pci bus') ?? '');
  const sheet = openSheet('gpu', address ?? `rocm-smi:${name}`, 'host');
  sheet.fact('pci-address', address);
  sheet.fact('maker', amdMaker);
  const id = amdId(valueIn(card, ['device id', 'gpu id']));
  sheet.fact('pci-device-id', id);
  const model = modelOf(card);
  if (model === undefined) sheet.problem('absent', 'model is not known: rocm-smi gives no name of the card.', 'model');
  sheet.fact('model', model);
  noteChipNumber(sheet, card.get('unique id'));
  noteSerial(sheet, card);
  for (const [fact, keys] of texts) sheet.fact(fact, valueIn(card, keys));
  for (const [fact, scale, keys] of numbers) noteNumber(sheet, card, fact, scale, keys);
  noteClocks(sheet, card);
  sheet.fact('driver-version', driver);
  return sheet.read(model ?? `AMD GPU ${id ?? name}`);
}

/** The first of several keys with a value; words and hexadecimal zeros that stand for none are skipped. */
function valueIn(card: Card, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = card.get(key);
    if (value !== undefined && !isPlaceholder(value) && !/^n\/?a\b/i.test(value)) return value;
  }
  return undefined;
}

/** ROCm 4 writes the vendor's id in the place of each name. */
function modelOf(card: Card): string | undefined {
  const name = ['card series', 'device name', 'card model']
    .map((key) => card.get(key))
    .find((value) => {
      return value !== undefined && !/^0x[0-9a-f]+$/i.test(value) && !isPlaceholder(value);
    });
  return name;
}

function noteSerial(sheet: Sheet, card: Card): void {
  const [serial, sku] = [card.get('serial number'), valueIn(card, ['card sku'])];
  sheet.fact('part-number', sku);
  if (serial === undefined || /^n\/?a$/i.test(serial)) return;
  if (isPlaceholder(serial)) {
    sheet.problem('placeholder', `serial is "${serial}", which names nothing.`, 'serial', serial);
    return;
  }
  sheet.fact('serial', serial);
  if (sku !== undefined) sheet.identify('part-and-serial', `amd:${sku}:${serial}`);
}

function noteNumber(sheet: Sheet, card: Card, fact: FactName, scale: number, keys: readonly string[]): void {
  const text =
    valueIn(card, keys) ?? keys.map((key) => card.get(key)).find((value) => value === '0' || value === '0.0');
  if (text !== undefined) {
    // -1 and 4294967295 are the kernel's words for no node.
    if (fact === 'numa-node' && !/^\d{1,4}$/.test(text)) return;
    if (/^-?\d{1,20}(?:\.\d{1,6})?$/.test(text)) sheet.fact(fact, Number(text) * scale, text);
    else sheet.problem('parse', `${fact} is "${text}", which is no number.`, fact, text);
    return;
  }
  const word = keys.map((key) => card.get(key)).find((value) => value !== undefined);
  if (word !== undefined) {
    sheet.problem(
      'unsupported',
      `${fact} is not known: this GPU or its driver does not offer it (${word}).`,
      fact,
      word,
    );
  }
}

function noteClocks(sheet: Sheet, card: Card): void {
  for (const [fact, name] of [
    ['clock-graphics', 'sclk'],
    ['clock-memory', 'mclk'],
  ] as const) {
    // `(300Mhz)` under the speed, `0 (300Mhz)` or `S: (137Mhz)` under the level.
    const text = card.get(`${name} clock speed`) ?? card.get(`${name} clock level`);
    const megahertz = /\((\d{1,6})Mhz\)/i.exec(text ?? '')?.[1];
    if (megahertz !== undefined) sheet.fact(fact, Number(megahertz) * 1e6, text);
  }
  const link = /\(([\d.]{1,5})GT\/s x(\d{1,2})\)/.exec(card.get('pcie clock level') ?? '');
  if (link?.[1] === undefined) return;
  const speed = Math.round(Number(link[1]) * 1e9);
  sheet.fact('pci-speed', speed, link[0]);
  sheet.fact('pci-generation', generationOfSpeed(speed), link[0]);
  sheet.fact('pci-width', Number(link[2]), link[0]);
}
