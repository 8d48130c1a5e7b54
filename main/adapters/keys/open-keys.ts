/** The two keys of a home: the owner's, encrypted; the machine's own, in a file that only this user can read. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { fail } from '#domain/failures/failure.ts';
import { createKeystore, type KeystoreSigner, openKeystore, signerOfKey } from './keystore.ts';
import { type PassphraseSources, readPassphrase } from './passphrase.ts';

export interface OpenKeys {
  owner(): Promise<KeystoreSigner>;
  machine(): Promise<KeystoreSigner>;
}

export interface KeysOptions {
  folder: string;
  passphrase: PassphraseSources;
  /** On the sandbox a missing owner key is made, with a passphrase in a file beside it; elsewhere it is a failure. */
  makeOwner: boolean;
  crossed?: (point: string) => void;
}

/** Nothing is read or asked until a key is needed, and then once. */
export function openKeys({ folder, passphrase, makeOwner, crossed = () => {} }: KeysOptions): OpenKeys {
  let owner: Promise<KeystoreSigner> | undefined;
  let machine: Promise<KeystoreSigner> | undefined;
  return {
    owner() {
      owner ??= openOwner(folder, passphrase, makeOwner, crossed).catch((error: unknown) => {
        // A wrong passphrase is not remembered: the next one may be right.
        owner = undefined;
        throw error;
      });
      return owner;
    },
    machine() {
      machine ??= openMachine(join(folder, 'machine.key'));
      return machine;
    },
  };
}

async function openOwner(
  folder: string,
  sources: PassphraseSources,
  make: boolean,
  crossed: (point: string) => void,
): Promise<KeystoreSigner> {
  const keystore = join(folder, 'owner.json');
  const sandboxFile = join(folder, 'owner.passphrase');
  // A file that cannot be read is a key to be restored, never one to be replaced.
  if (existsSync(keystore) || !make) {
    return await openKeystore(
      keystore,
      await readPassphrase({ ...sources, ...(make ? { sandboxFile } : {}) }, keystore),
    );
  }
  const given = sources.file !== undefined || sources.credentials !== undefined;
  if (given) return await createKeystore(keystore, await readPassphrase(sources, keystore));
  // The passphrase first: a keystore whose passphrase was lost between two writes could never be opened again.
  const passphrase = randomBytes(24).toString('base64url');
  await replaceFile(sandboxFile, `${passphrase}\n`);
  crossed('keys passphrase written');
  const owner = await createKeystore(keystore, passphrase);
  crossed('keys owner written');
  return owner;
}

async function openMachine(path: string): Promise<KeystoreSigner> {
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      fail('key.exposed', { subject: path, expected: 'mode 0600', found: `mode 0${(mode & 0o777).toString(8)}` });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await replaceFile(path, `0x${randomBytes(32).toString('hex')}\n`);
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^0x[0-9a-f]{64}$/.test(text)) fail('key.unreadable', { subject: path, expected: 'a private key of 32 bytes' });
  return signerOfKey(text);
}
