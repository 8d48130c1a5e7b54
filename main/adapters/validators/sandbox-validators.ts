/**
 * The three validators of the sandbox: real processes, each with its own key, record and connection to the chain. They
 * end when their standard input closes, so that none outlives the run that started it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { createKeystore, keystoreAddress, scryptLight } from '#adapters/keys/keystore.ts';
import type { NodeChild, SpawnNode } from '#adapters/processes/spawn-node.ts';
import { fail } from '#domain/failures/failure.ts';

export const sandboxValidatorCount = 3;

export interface SandboxValidator {
  name: string;
  address: string;
  folder: string;
}

/** Makes the keys where there are none. Their addresses are what the sandbox stakes for. */
export async function sandboxValidatorKeys(folder: string): Promise<SandboxValidator[]> {
  const made: SandboxValidator[] = [];
  for (let number = 1; number <= sandboxValidatorCount; number++) {
    const home = join(folder, `validator-${number}`);
    const keystore = join(home, 'key.json');
    if (!existsSync(keystore)) {
      // The passphrase first: a keystore whose passphrase was lost between two writes could never be opened again.
      const passphrase = randomBytes(24).toString('base64url');
      await replaceFile(join(home, 'passphrase'), passphrase);
      await createKeystore(keystore, passphrase, scryptLight);
    }
    const address = keystoreAddress(keystore) ?? fail('key.unreadable', { subject: keystore });
    made.push({ name: `validator ${number}`, address, folder: home });
  }
  return made;
}

export interface RunningValidator extends SandboxValidator {
  url: string;
  process: NodeChild;
  stop(): Promise<void>;
}

const startMs = 20_000;

/** @throws FailureError `validator.unavailable` with what its log said last */
export async function startSandboxValidator(
  validator: SandboxValidator,
  options: { commandLine: string; endpoint: string; spawnNode: SpawnNode },
): Promise<RunningValidator> {
  const log = join(validator.folder, 'validator.log');
  const child = options.spawnNode(
    options.commandLine,
    [
      'validator',
      '--home',
      validator.folder,
      '--rpc',
      options.endpoint,
      '--passphrase-file',
      join(validator.folder, 'passphrase'),
      '--port',
      '0',
      '--json',
    ],
    // A group of its own: Ctrl-C on the terminal is for the run, which then tells its validators.
    { stdin: 'pipe', stderrFile: log, env: process.env, ownGroup: process.platform !== 'win32' },
  );
  const url = await listening(child, validator.name, log);
  return {
    ...validator,
    url,
    process: child,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.stdin?.end();
        setTimeout(() => child.kill('SIGKILL'), 1_000).unref();
      }),
  };
}

function listening(child: NodeChild, name: string, log: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const give = (found: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      const said = existsSync(log) ? readFileSync(log, 'utf8').trim().slice(-300) : '';
      try {
        fail('validator.unavailable', { subject: name, found: `${found}${said ? `: ${said}` : ''}` });
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(() => give(`it did not listen within ${startMs / 1000} s`), startMs);
    child.once('error', (error: Error) => give(error.message));
    child.once('exit', (code: number | null, signal: string | null) =>
      give(`it ended with ${signal ?? `status ${code}`}`),
    );
    if (child.stdout === null) return give('no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      try {
        const { url } = JSON.parse(line) as { url?: string };
        if (url === undefined) return;
        clearTimeout(timer);
        child.removeAllListeners('exit');
        resolve(url);
      } catch {
        // Not the line we wait for.
      }
    });
  });
}
