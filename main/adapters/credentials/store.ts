/**
 * The owner's credentials for devices on the network (SNMP communities, passwords of management controllers), in one
 * file of the home, sealed under the owner's passphrase. Names are sealed as well: they tell what stands in a rack.
 */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { fail } from '#domain/failures/failure.ts';
import { BoxNotOpened, seal, unseal } from './sealed-box.ts';

/** What opens one device or one kind of devices: `username` and `password`, `community`, … */
export type Credential = Record<string, string>;

export const credentialName = z.string().regex(/^[\w.-]{1,64}$/, 'a name is letters, digits, dots and dashes');
const field = z.string().regex(/^[A-Za-z][\w-]{0,39}$/);
export const credential = z.record(field, z.string().min(1).max(4096)).refine((one) => Object.keys(one).length > 0);
const contents = z.strictObject({ version: z.literal(1), credentials: z.record(credentialName, credential) });

export interface CredentialStore {
  /** Every credential by its name; none where there is no store yet. */
  all(): Promise<Map<string, Credential>>;
  set(name: string, value: Credential): Promise<void>;
  /** False where there was none of that name. */
  remove(name: string): Promise<boolean>;
}

/**
 * Nothing is read or asked before the first use, and the passphrase is asked for once.
 *
 * @param passphrase called once; checks it against the owner's key where there is one
 * @throws FailureError `key.exposed`, `key.unreadable`, `key.hostile_parameters`, `key.wrong_passphrase`, `disk.*`
 */
export function openCredentials(path: string, passphrase: () => Promise<string>): CredentialStore {
  let asked: Promise<string> | undefined;
  const ask = () => {
    asked ??= passphrase();
    return asked;
  };

  async function all(): Promise<Map<string, Credential>> {
    const text = readSealed(path);
    if (text === undefined) return new Map();
    const opened = await open(path, text, await ask());
    return new Map(Object.entries(opened.credentials));
  }

  async function write(credentials: Map<string, Credential>): Promise<void> {
    const text = JSON.stringify({ version: 1, credentials: Object.fromEntries(credentials) });
    const given = await ask();
    await replaceFile(path, `${JSON.stringify(await seal(text, given), null, 2)}\n`, {
      async beforeRename(beside) {
        await open(path, readFileSync(beside, 'utf8'), given);
      },
    });
  }

  return {
    all,
    async set(name, value) {
      const credentials = await all();
      await write(credentials.set(name, value));
    },
    async remove(name) {
      const credentials = await all();
      if (!credentials.delete(name)) return false;
      await write(credentials);
      return true;
    },
  };
}

function readSealed(path: string): string | undefined {
  try {
    const { mode, size } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      fail('key.exposed', { subject: path, expected: 'mode 0600', found: `mode 0${(mode & 0o777).toString(8)}` });
    }
    if (size > 16 * 2 ** 20) fail('key.unreadable', { subject: path, found: `${size} bytes` });
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function open(path: string, text: string, passphrase: string): Promise<z.infer<typeof contents>> {
  try {
    return contents.parse(JSON.parse(await unseal(parse(text), passphrase)));
  } catch (error) {
    if (error instanceof BoxNotOpened && error.why === 'passphrase') {
      fail('key.wrong_passphrase', { subject: path, cause: error });
    }
    if (error instanceof BoxNotOpened && error.why === 'hostile') {
      fail('key.hostile_parameters', { subject: path, expected: 'scrypt within 512 MiB', cause: error });
    }
    return fail('key.unreadable', {
      subject: path,
      expected: 'credentials that this program sealed',
      mend: 'Restore the file from its backup, or move it aside and store the credentials again.',
      cause: error,
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
