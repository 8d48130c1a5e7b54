/** The built command line as a process, in homes and folders that are gone after the test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { createKeystore, scryptLight } from '#adapters/keys/keystore.ts';
import type { Failure } from '#domain/failures/failure.ts';

export const repository = join(import.meta.dirname, '../..');

/** A recorded machine with eight GPUs: its run does everything but the benchmarks. */
export const recording = join(repository, 'native-probes/gpu/nvidia-smi/fixtures/text/thamada-H100SXMx8.txt');
export const otherRecording = join(repository, 'native-probes/gpu/nvidia-smi/fixtures/text/thamada-RTX4090.txt');

export interface Outcome {
  /** Exit status; null where a signal ended it. */
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  environment?: Record<string, string>;
  /** Ends the process outright after so many milliseconds. */
  limitMs?: number;
  /** Runs the program in a shell line, "$@" being the program and its arguments: for limits that only a shell sets. */
  through?: string;
  user?: number;
  /** Working directory. */
  folder?: string;
  /** Puts the process and its children into a process group of its own, as a terminal does: for Ctrl-C. */
  group?: boolean;
  /** The built command line; that of dist/ where left out. */
  program?: string;
  /** Told of the process as soon as it runs. */
  onStart?: (child: ChildProcess) => void;
}

/** @example const { status, stdout } = await gaibOnboard(['verify', file, '--json']); */
export function gaibOnboard(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const program = [process.execPath, options.program ?? join(inject('program'), 'gaib-onboard.js'), ...words];
  const [command, ...rest] =
    options.through === undefined ? program : ['/bin/sh', '-c', options.through, 'sh', ...program];
  return new Promise((resolve, reject) => {
    const child = spawn(command ?? '', rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), NO_COLOR: '1', ...options.environment },
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      ...(options.group === true ? { detached: true } : {}),
      ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 150_000);
    child.once('error', reject);
    // Not `close`: a chain that outlives its killed run for a second holds no pipe of ours, but a worker may.
    child.once('exit', (status, signal) => {
      clearTimeout(timer);
      setTimeout(() => resolve({ status, signal, stdout, stderr }), 20);
    });
    options.onStart?.(child);
  });
}

/** Environment under which a run stops by itself (SIGSTOP) at a crash point, so that the test can act meanwhile. */
export const stopAt = (point: string): Record<string, string> => ({
  GAIB_ONBOARD_CRASH_AT: `${point}:1`,
  GAIB_ONBOARD_CRASH_SIGNAL: 'SIGSTOP',
});

/** Resolves with true when a process has stopped, with false where it ended instead. */
export async function untilStopped({ pid }: ChildProcess): Promise<boolean> {
  for (;;) {
    if (!existsSync(`/proc/${pid}/stat`)) return false;
    // proc(5): the state follows the name, which may hold anything but ends with the last parenthesis.
    const state = /\) (.)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ')'))?.[1];
    if (state === 'T') return true;
    if (state === 'Z') return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The failure on standard output of a command with --json. */
export function failureIn({ stdout }: Outcome): Failure | undefined {
  try {
    return (JSON.parse(stdout) as { failure?: Failure }).failure;
  } catch {
    return undefined;
  }
}

export interface Scratch {
  folder: string;
  /** A path in it. */
  at(...parts: string[]): string;
  /** A home that has its owner key already, cheap to open, as the tests open it often. */
  home(name?: string): Promise<string>;
  /** A copy of a home. */
  copyOf(home: string): string;
  remove(): void;
}

export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-test-'));
  let copies = 0;
  return {
    folder,
    at: (...parts) => join(folder, ...parts),
    async home(name = 'home') {
      const home = join(folder, name);
      await replaceFile(join(home, 'keys', 'owner.passphrase'), 'of a test\n');
      await createKeystore(join(home, 'keys', 'owner.json'), 'of a test', scryptLight);
      return home;
    },
    copyOf(home) {
      copies += 1;
      const copy = join(folder, `copy-${copies}`);
      mkdirSync(copy);
      cpSync(home, copy, { recursive: true });
      return copy;
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** Names of everything in a folder, or nothing where there is none. */
export const filesIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String).sort() : [];

/** Onboards a recording in a home; `--out` goes to `<home>.out`. */
export const onboardRecording = (home: string, options: RunOptions & { path?: string; words?: string[] } = {}) =>
  gaibOnboard(
    [
      'onboard',
      '--practice',
      options.path ?? recording,
      '--home',
      home,
      '--out',
      `${home}.out`,
      '--json',
      ...(options.words ?? []),
    ],
    options,
  );
