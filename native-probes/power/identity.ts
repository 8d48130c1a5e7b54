/**
 * One spelling of who made a power system and of its serial number, so that its own network card, a NUT server and a
 * management controller name the same thing the same way.
 */
import { isPlaceholder } from '../placeholder.ts';
import { printable } from '../printable.ts';
import type { Sheet } from '../sheet.ts';

/** Makers as devices spell them, and one name for each: companies that bought each other go by the brand. */
const makers: readonly [RegExp, string][] = [
  [/^(?:apc|american power conversion|schneider(?: electric)?)\b/i, 'apc'],
  [/^(?:eaton|powerware|mge)\b/i, 'eaton'],
  [/^(?:vertiv|liebert|emerson|geist)\b/i, 'vertiv'],
  [/^raritan\b/i, 'raritan'],
  [/^server ?tech/i, 'server technology'],
  [/^(?:cps|cyber ?power)\b/i, 'cyberpower'],
  [/^tripp ?lite\b/i, 'tripp lite'],
  [/^(?:hewlett|hpe?)\b/i, 'hpe'],
];

/** The maker in one spelling: `American Power Conversion Corp.` is `apc`. */
export function makerOf(spelled: string): string {
  const text = printable(spelled, 80);
  return makers.find(([pattern]) => pattern.test(text))?.[1] ?? text.toLowerCase();
}

/**
 * Names the device `<maker>:<model>:<serial>` where all three are known. A serial number that names nothing is a
 * problem with a sentence, as everywhere.
 */
export function identifyThing(
  sheet: Sheet,
  maker: string | undefined,
  model: string | undefined,
  serial: string | undefined,
): void {
  if (serial === undefined) return;
  if (isPlaceholder(serial)) {
    const shown = printable(serial, 60);
    const sentence = `Its serial number is ${shown === '' ? 'empty' : `"${shown}"`}, which names nothing.`;
    sheet.problem('placeholder', sentence, 'serial', serial);
    return;
  }
  if (isPlaceholder(maker) || isPlaceholder(model)) return;
  sheet.identify('thing-serial', `${makerOf(maker ?? '')}:${printable(model ?? '', 80)}:${printable(serial, 120)}`);
}
