/** Runs forge from npm inside contracts/, with this Node on PATH for the compiler's wrapper. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');
export const contracts = join(root, 'contracts');

/** The native binary: npm's wrapper would be one process more. */
export function forgeBinary(): string {
  const require = createRequire(import.meta.url);
  const name = `@foundry-rs/forge-${process.platform === 'win32' ? 'win32' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  return join(
    dirname(require.resolve(`${name}/package.json`)),
    'bin',
    process.platform === 'win32' ? 'forge.exe' : 'forge',
  );
}

export interface ForgeRun {
  status: number;
  output: string;
}

/** @param show Whether the output goes to the terminal rather than into the result. */
export function forge(
  args: string[],
  show: boolean,
  env: Record<string, string> = {},
  directory = contracts,
): ForgeRun {
  const run = spawnSync(forgeBinary(), args, {
    cwd: directory,
    env: { ...process.env, ...env, PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}` },
    stdio: show ? 'inherit' : 'pipe',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.error !== undefined) throw run.error;
  return { status: run.status ?? 1, output: `${run.stdout ?? ''}${run.stderr ?? ''}` };
}

/**
 * Compiles Symbiotic's core from npm, by the compiler it is written for, into contracts/out-symbiotic, where the tests of
 * the stake adapter find it. Nothing to do where that was done before.
 */
export function compileSymbiotic(): void {
  const { status, output } = forge(['build', '--threads', '1'], false, { FOUNDRY_PROFILE: 'symbiotic' });
  if (status === 0) return;
  process.stderr.write(output);
  process.exit(status);
}

/** Compiles what is in src/ and test/; ends the process with forge's own words where that fails. */
export function compile(args: string[] = []): void {
  const { status, output } = forge(['build', '--threads', '1', ...args], false);
  if (status === 0) return;
  process.stderr.write(output);
  process.exit(status);
}
