/**
 * Starts our own programs on Node, as child processes of this one. A host that is no Node itself (Electron, which is built
 * without that switch) brings a starter of its own; nothing else in the adapters starts a Node.
 */
import { spawn } from 'node:child_process';
import type { EventEmitter } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';

/** As much of a child process as is used: `exit` and `close` tell a code or a signal, `error` that it never started. */
export interface NodeChild extends EventEmitter {
  readonly pid?: number | undefined;
  /** Null where it was not asked for. Its end tells the program that nobody waits any more. */
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly exitCode: number | null;
  readonly signalCode: NodeJS.Signals | null;
  kill(signal?: NodeJS.Signals): boolean;
  unref(): void;
}

export interface NodeChildOptions {
  env: NodeJS.ProcessEnv;
  cwd?: string;
  stdin: 'pipe' | 'ignore';
  /** A file that is written anew, readable by this user only; a pipe where left out. */
  stderrFile?: string;
  /** Head of a process group of its own, so that what it starts can be ended with it. */
  ownGroup?: boolean;
  /** Memory for its objects, MiB. */
  heapMiB?: number;
}

/** @example spawnNode('dist/probe-worker.js', ['--probe=gpu-pci'], { env: {}, stdin: 'ignore' }); */
export type SpawnNode = (entry: string, args: readonly string[], options: NodeChildOptions) => NodeChild;

/** Starts with the Node at a path. */
export function nodeAt(nodePath: string): SpawnNode {
  return (entry, args, { env, cwd, stdin, stderrFile, heapMiB, ownGroup = false }) => {
    const log = stderrFile === undefined ? undefined : openSync(stderrFile, 'w', 0o600);
    try {
      const limits = heapMiB === undefined ? [] : [`--max-old-space-size=${heapMiB}`];
      return spawn(nodePath, ['--disable-warning=ExperimentalWarning', ...limits, entry, ...args], {
        env,
        ...(cwd === undefined ? {} : { cwd }),
        stdio: [stdin, 'pipe', log ?? 'pipe'],
        detached: ownGroup,
        windowsHide: true,
      });
    } finally {
      if (log !== undefined) closeSync(log);
    }
  };
}

export const spawnNode: SpawnNode = nodeAt(process.execPath);
