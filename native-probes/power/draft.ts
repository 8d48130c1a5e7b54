/**
 * Values of one power system before they are facts: the first source that says a thing is believed, figures that
 * contradict each other are found, and what a person typed in is told apart from what was measured.
 */
import type { DeviceReading, Trust } from '../contract.ts';
import { isPlaceholder } from '../placeholder.ts';
import { printable } from '../printable.ts';
import type { Sheet } from '../sheet.ts';
import type { FactName, PartKind } from '../vocabulary.ts';

export interface Drafted {
  value: string | number | boolean;
  raw?: string;
  /** The smallest difference its source can tell, for figures that are compared. */
  step?: number;
}

export type Draft = Map<string, Drafted>;

/** Notes a value under a name of the vocabulary, unless it is there already or names nothing. */
export function note(draft: Draft, name: string, drafted: Drafted | undefined): void {
  if (drafted === undefined || draft.has(name)) return;
  if (typeof drafted.value === 'string' && (isPlaceholder(drafted.value) || /^not ?supported/i.test(drafted.value))) {
    return;
  }
  draft.set(name, drafted);
}

const part = /^([a-z]+)\.([\w:.@-]+)\.([a-z-]+)$/;

/** Writes everything into the sheet; a name that is none of the vocabulary is a fault of the program. */
export function writeDraft(draft: Draft, sheet: Sheet): void {
  for (const [name, { value, raw }] of draft) {
    const [, kind, number, field] = part.exec(name) ?? [];
    if (kind === undefined || number === undefined || field === undefined) sheet.fact(name as FactName, value, raw);
    else sheet.part(kind as PartKind, number, field, value, raw);
  }
}

/**
 * Takes out powers that cannot be what the voltage and the current beside them say: more than both allow, or next to
 * nothing where there is a lot. A scale that is wrong by ten shows here.
 */
export function removeContradictions(draft: Draft, sheet: Sheet): void {
  for (const [name, { value, raw }] of [...draft]) {
    const [, kind, number, field] = part.exec(name) ?? [];
    if (field !== 'power' || typeof value !== 'number') continue;
    const of = (other: string) => draft.get(`${kind}.${number}.${other}`);
    const [voltage, current] = [of('voltage'), of('current')];
    if (typeof voltage?.value !== 'number' || typeof current?.value !== 'number') continue;
    const half = (current.step ?? 0) / 2;
    const most = voltage.value * (current.value + half) * 1.15 + 10;
    const least = voltage.value * (current.value - half) * 0.02;
    if (value <= most && (value >= least || least < 10)) continue;
    draft.delete(name);
    const sentence = `${name} is ${value} W, which does not go with ${voltage.value} V and ${current.value} A: left out.`;
    sheet.problem('mismatch', sentence, name, raw);
  }
}

/** Names that people give; whoever can set them over the network can change them. */
const typed = /^(?:device-name|location|battery-installed-at|(?:outlet|branch|supply|battery|sensor)\..*\.name)$/;

/** The reading with what was typed in marked as that. */
export function withTyped(device: DeviceReading): DeviceReading {
  const entered: Trust = 'entered';
  return {
    ...device,
    observations: device.observations.map((one) => (typed.test(one.name) ? { ...one, trust: entered } : one)),
  };
}

/** `APC AP8932`; makers like to stand in the model's name as well. */
export function deviceName(draft: Draft, otherwise: string): string {
  const [maker, model] = ['maker', 'model'].map((name) => draft.get(name)?.value);
  if (typeof model !== 'string') return typeof maker === 'string' ? printable(maker) : otherwise;
  if (typeof maker !== 'string' || model.toLowerCase().startsWith(maker.toLowerCase())) return printable(model);
  return printable(`${maker} ${model}`);
}
