/**
 * A sheet gathers what one source says of one device. It knows the vocabulary: a value outside its range, or a
 * placeholder where an identity should be, becomes a problem with a sentence and never a fact.
 */
import type {
  DeviceKind,
  DeviceReading,
  IdentityClaim,
  IdentityScheme,
  Observation,
  Problem,
  Trust,
} from './contract.ts';
import { isPlaceholder } from './placeholder.ts';
import { printable } from './printable.ts';
import type { Meaning } from './vocabulary/meaning.ts';
import { type FactName, meaningOf, type PartKind } from './vocabulary.ts';

export interface Sheet {
  /** Notes a value under a name of the vocabulary; says nothing for `undefined`. `raw`: the text it was read from. */
  fact(name: FactName, value: string | number | boolean | undefined, raw?: string): void;
  /** The same for one of several parts: `disk.nvme0n1.size`. */
  part(kind: PartKind, part: string, field: string, value: string | number | boolean | undefined, raw?: string): void;
  problem(code: Problem['code'], sentence: string, field?: string, raw?: string): void;
  identify(scheme: IdentityScheme, value: string): void;
  read(name: string): DeviceReading;
}

/**
 * @example
 * const sheet = openSheet('gpu', '0000:01:00.0', 'host');
 * sheet.fact('memory-total', 85899345920);
 * const reading = sheet.read('NVIDIA A100-SXM4-80GB');
 */
export function openSheet(kind: DeviceKind, locator: string, trust: Trust): Sheet {
  const observations = new Map<string, Observation>();
  const problems: Problem[] = [];
  const identity: IdentityClaim[] = [];

  function problem(code: Problem['code'], sentence: string, field?: string, raw?: string): void {
    const entry: Problem = { code, sentence };
    if (field !== undefined) entry.field = field;
    if (raw !== undefined) entry.raw = printable(raw);
    problems.push(entry);
  }

  function note(name: string, value: string | number | boolean | undefined, raw?: string): void {
    if (value === undefined) return;
    const meaning = meaningOf(name);
    if (!meaning) throw new Error(`${name} is no fact of native-probes/vocabulary.ts`);
    const believed = believe(meaning, value);
    if (believed === undefined) {
      problem('parse', `${name} is reported as ${printable(String(value), 60)}, which cannot be: left out.`, name, raw);
      return;
    }
    const observation: Observation = { name, value: believed, trust };
    if (meaning.unit !== undefined) observation.unit = meaning.unit;
    const text = raw === undefined ? undefined : printable(raw);
    if (text !== undefined && text !== String(believed)) observation.raw = text;
    observations.set(name, observation);
  }

  return {
    fact: note,
    part: (part, name, field, value, raw) => note(`${part}.${name.replace(/[^\w:@-]/g, '_')}.${field}`, value, raw),
    problem,
    identify(scheme, value) {
      const text = printable(value);
      if (isPlaceholder(text)) {
        problem('placeholder', `${scheme} is ${text ? `"${text}"` : 'empty'}, which names nothing.`, scheme, text);
        return;
      }
      if (!identity.some((claim) => claim.scheme === scheme && claim.value === text)) {
        identity.push({ scheme, value: text, trust });
      }
    },
    read: (name) => ({
      kind,
      locator,
      name: printable(name),
      identity,
      observations: [...observations.values()],
      problems,
    }),
  };
}

function believe(meaning: Meaning, value: string | number | boolean): string | number | boolean | undefined {
  if (meaning.kind === 'flag') return typeof value === 'boolean' ? value : undefined;
  if (meaning.kind === 'text') return typeof value === 'string' ? printable(value) : undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (meaning.unit === '1' && !Number.isInteger(value)) return undefined;
  if (meaning.min !== undefined && value < meaning.min) return undefined;
  if (meaning.max !== undefined && value > meaning.max) return undefined;
  return value;
}
