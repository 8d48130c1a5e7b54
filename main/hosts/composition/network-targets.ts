/** The devices on the network that the owner named: read from a file, with their secrets from the encrypted store. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type CredentialStore, openCredentials } from '#adapters/credentials/store.ts';
import { openKeystore } from '#adapters/keys/keystore.ts';
import { type PassphraseSources, readPassphrase } from '#adapters/keys/passphrase.ts';
import type { NamedTarget } from '#adapters/probes/sweep.ts';
import { readTargets, TargetsUnreadable } from '#adapters/probes/targets/read-targets.ts';
import { fail } from '#domain/failures/failure.ts';
import type { Home } from './home.ts';

/** The store of a home, sealed under the passphrase of its owner's key. */
export function credentialsIn(home: Home, sources: PassphraseSources): CredentialStore {
  return openCredentials(home.credentials, async () => {
    const keystore = join(home.keys, 'owner.json');
    const sandboxFile = join(home.keys, 'owner.passphrase');
    const passphrase = await readPassphrase({ ...sources, sandboxFile }, keystore);
    // One passphrase for both: a store under another one would be found out only when it is needed.
    await openKeystore(keystore, passphrase);
    return passphrase;
  });
}

/** The largest file this program reads targets from; ten thousand entries are about a megabyte. */
const maxFileBytes = 8 * 2 ** 20;
/** Faults shown; a file in another form has one on every line. */
const shownFaults = 20;

/** @throws FailureError `file.missing`, `targets.invalid`, `credential.missing`, and those of the store */
export async function loadTargets(path: string, store: CredentialStore): Promise<NamedTarget[]> {
  const listed = parse(path, readFile(path));
  const wanted = new Set(listed.flatMap(({ credential }) => credential ?? []));
  // Without a target that needs one no passphrase is asked for.
  const credentials = wanted.size === 0 ? new Map() : await store.all();
  const missing = [...wanted].filter((name) => !credentials.has(name));
  if (missing.length > 0) fail('credential.missing', { subject: missing.join(', ') });
  return listed.map(({ name, target, credential }) => ({
    name,
    target: credential === undefined ? target : { ...target, secrets: credentials.get(credential) },
  }));
}

function readFile(path: string): string {
  try {
    if (statSync(path).size > maxFileBytes) {
      fail('targets.invalid', { subject: path, expected: `at most ${maxFileBytes / 2 ** 20} MiB` });
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') fail('file.missing', { subject: path, cause: error });
    throw error;
  }
}

function parse(path: string, content: string) {
  try {
    return readTargets(content, path);
  } catch (error) {
    if (!(error instanceof TargetsUnreadable)) throw error;
    const shown = error.faults.slice(0, shownFaults).map(({ line, sentence }) => `line ${line}: ${sentence}`);
    if (error.faults.length > shownFaults) shown.push(`and ${error.faults.length - shownFaults} more`);
    return fail('targets.invalid', { subject: path, found: shown.join('; '), cause: error });
  }
}
