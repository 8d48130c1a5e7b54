/**
 * Where a passphrase comes from, in this order: a file named by the caller, a systemd credential
 * (https://systemd.io/CREDENTIALS), the file that the sandbox made, a prompt. Never an argument, never the environment.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '#domain/failures/failure.ts';

export interface PassphraseSources {
  /** `--passphrase-file` */
  file?: string;
  /** Folder of systemd credentials, `$CREDENTIALS_DIRECTORY`. */
  credentials?: string;
  /** Made by the sandbox beside its keystore. */
  sandboxFile?: string;
  /** What the owner typed on a screen of this process, if anything. */
  typed?: () => string | undefined;
  /** Asks on the terminal without echo; absent where there is none. */
  prompt?: (question: string) => Promise<string>;
}

export const credentialName = 'owner-passphrase';

/** @throws FailureError `file.missing`, `key.exposed`, `usage.no_terminal` */
export async function readPassphrase(sources: PassphraseSources, keystore: string): Promise<string> {
  if (sources.file !== undefined) {
    return firstLine(sources.file) ?? fail('file.missing', { subject: sources.file });
  }
  const credential =
    sources.credentials === undefined ? undefined : firstLine(join(sources.credentials, credentialName));
  const stored = credential ?? (sources.sandboxFile === undefined ? undefined : firstLine(sources.sandboxFile));
  const known = stored ?? sources.typed?.();
  if (known !== undefined) return known;
  if (sources.prompt) return await sources.prompt(`Passphrase of ${keystore}: `);
  return fail('usage.no_terminal', { subject: `The passphrase of ${keystore}` });
}

function firstLine(path: string): string | undefined {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      fail('key.exposed', { subject: path, expected: 'mode 0600', found: `mode 0${(mode & 0o777).toString(8)}` });
    }
    return readFileSync(path, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
