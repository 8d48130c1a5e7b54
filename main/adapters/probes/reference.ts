/**
 * The data discovery is held against: published figures of accelerators, and the rules about witnesses. Both lie beside
 * the probes; rules of a newer version may be handed in as a file.
 */
import { readFile } from 'node:fs/promises';
import { fail } from '#domain/failures/failure.ts';
import { type WitnessRules, witnessRules } from '#domain/witness-rules.ts';
import type { Reference } from '#ports/reference.ts';

/** @throws FailureError `rules.unreadable` where `path` holds no witness rules */
export async function loadReference(path?: string): Promise<Reference> {
  const [{ default: table }, { default: own }] = await Promise.all([
    import('#probes/reference/accelerators.json', { with: { type: 'json' } }),
    import('#probes/reference/witness-rules.json', { with: { type: 'json' } }),
  ]);
  return {
    accelerators: table.accelerators,
    rules: path === undefined ? witnessRules.parse(own) : await readRules(path),
  };
}

async function readRules(path: string): Promise<WitnessRules> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return fail('rules.unreadable', { subject: path, found: error instanceof Error ? error.message : String(error) });
  }
  const checked = witnessRules.safeParse(parsed);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  return fail('rules.unreadable', { subject: path, found: `${issue?.path.join('.')}: ${issue?.message}` });
}
