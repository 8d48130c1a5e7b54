/**
 * The names of all facts a probe can give, with their unit (UCUM) and the range a value can have. One list, so that two
 * sources that speak of the same thing use the same word, and a value that cannot be (a negative memory) is caught once.
 * The words stand in vocabulary/, one file per kind of device.
 */
import { deviceFacts } from './vocabulary/device.ts';
import { gpuFacts } from './vocabulary/gpu.ts';
import { hostFacts } from './vocabulary/host.ts';
import type { Meaning } from './vocabulary/meaning.ts';
import { partFacts } from './vocabulary/parts.ts';
import { powerFacts } from './vocabulary/power.ts';
import { robotFacts } from './vocabulary/robot.ts';

export const vocabulary = {
  ...deviceFacts,
  ...gpuFacts,
  ...hostFacts,
  ...powerFacts,
  ...robotFacts,
} as const satisfies Record<string, Meaning>;

export type FactName = keyof typeof vocabulary;
export type PartKind = keyof typeof partFacts;

/** The meaning of a plain or a part's name, or nothing when no probe may use it. */
export function meaningOf(name: string): Meaning | undefined {
  if (Object.hasOwn(vocabulary, name)) return vocabulary[name as FactName];
  const part = /^([a-z]+)\.[\w:.@-]+\.([a-z-]+)$/.exec(name);
  if (part?.[1] === undefined || !Object.hasOwn(partFacts, part[1])) return undefined;
  const fields: Record<string, Meaning> = partFacts[part[1] as PartKind];
  const field = part[2] ?? '';
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}
