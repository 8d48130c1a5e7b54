/**
 * A worker that reads devices on the network: one process for many targets, spoken to in lines. A target, with its
 * secrets, goes in by standard input and is seen in no list of processes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeAt, type SpawnNode } from '#adapters/processes/spawn-node.ts';
import type { Reading } from '#probes/contract.ts';
import type { Target } from '#probes/network/contract.ts';
import { readReply } from '#probes/network/target-wire.ts';
import { maxMessageBytes, NotAMessage } from '#probes/wire.ts';
import { killGroup, lastLine, signalName, workerEnvironment } from './worker-process.ts';

/** What became of one target. `contacted`: what the worker said it was about to contact. */
export type TargetAnswer = { contacted: string[] } & (
  | { how: 'answered'; reading: Reading }
  | { how: 'late' }
  /** Lost with the worker, whose end is `why`: its own, or because another target made it late. */
  | { how: 'lost'; as: 'crashed' | 'nonsense' | 'failed'; why: string }
);

export interface TargetWorker {
  /** Reads one target; never rejects. Late after `limitMs`, and then the whole worker is ended. */
  ask(target: Target, limitMs: number): Promise<TargetAnswer>;
  /** False once it has ended: open another one. */
  readonly alive: boolean;
  /** Ends it and waits until it is gone; targets in work are lost. */
  end(): Promise<void>;
}

interface Pending {
  contacted: string[];
  settle(answer: TargetAnswer): void;
}

/** Most contacts kept for one target; a probe contacts one address, seldom two. */
const maxContacts = 100;
/** Memory of one worker's objects, MiB: enough for the largest replies that are allowed, several at once. */
const heapMiB = 256;

export function openTargetWorker(program: {
  workerEntry: string;
  nodePath?: string | undefined;
  spawnNode?: SpawnNode | undefined;
}): TargetWorker {
  const windows = process.platform === 'win32';
  const start = program.spawnNode ?? nodeAt(program.nodePath ?? process.execPath);
  const child = start(program.workerEntry, ['--targets'], {
    ...(windows ? {} : { cwd: '/' }),
    env: workerEnvironment(),
    stdin: 'pipe',
    ownGroup: !windows,
    heapMiB,
  });
  const pending = new Map<number, Pending>();
  const { promise: gone, resolve: isGone } = Promise.withResolvers<void>();
  let alive = true;
  let nextId = 0;
  let rest = '';
  let complaint = '';

  function stop(why: string, as: 'crashed' | 'nonsense' | 'failed' = 'crashed'): void {
    if (!alive) return;
    alive = false;
    killGroup(child.pid);
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.stdin?.destroy();
    child.unref();
    const lost = [...pending.values()];
    pending.clear();
    for (const { settle, contacted } of lost) settle({ how: 'lost', as, why, contacted });
  }

  function hear(line: string): void {
    const reply = readReply(line);
    const entry = pending.get(reply.id);
    // A target that was given up on may still answer.
    if (entry === undefined) return;
    if (reply.type === 'contacting') {
      const { address, port } = reply;
      const contact = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
      if (entry.contacted.length < maxContacts && entry.contacted.at(-1) !== contact) entry.contacted.push(contact);
      return;
    }
    pending.delete(reply.id);
    entry.settle({ how: 'answered', reading: reply.reading, contacted: entry.contacted });
  }

  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    try {
      if (rest.length > maxMessageBytes) throw new NotAMessage(`it said more than ${maxMessageBytes} bytes`);
      for (const line of lines) hear(line);
    } catch (error) {
      if (!(error instanceof NotAMessage)) throw error;
      stop(`talked nonsense: ${error.message}`, 'nonsense');
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-4096);
  });
  // A worker that ended before it read its line: its end says why.
  child.stdin?.on('error', () => {});
  child.on('error', (error: Error) => {
    stop(`could not be started: ${error.message}`, 'failed');
    isGone();
  });
  child.on('close', (code: number | null, signal: string | null) => {
    const last = lastLine(complaint);
    const ending = signal === null ? `ended with status ${code ?? 1}` : `was ended by ${signalName(signal)}`;
    stop(last === '' ? ending : `${ending}; it last said: ${last}`);
    isGone();
  });

  return {
    ask(target, limitMs) {
      if (!alive) return Promise.resolve({ how: 'lost', as: 'crashed', why: 'had ended', contacted: [] });
      const id = nextId++;
      return new Promise((resolve) => {
        const contacted: string[] = [];
        const timer = setTimeout(() => {
          pending.delete(id);
          resolve({ how: 'late', contacted });
          stop('was ended, because another target held it up');
        }, limitMs);
        pending.set(id, {
          contacted,
          settle(answer) {
            clearTimeout(timer);
            resolve(answer);
          },
        });
        child.stdin?.write(`${JSON.stringify({ id, target })}\n`);
      });
    },
    get alive() {
      return alive;
    },
    async end() {
      stop('was stopped');
      // One that is stuck in the kernel cannot be ended, and is not waited for.
      // The wait holds the process up by itself: the child no longer does, and a large one takes a moment to go.
      const waited = new AbortController();
      await Promise.race([gone, sleep(1000, undefined, { signal: waited.signal }).catch(() => {})]);
      waited.abort();
    },
  };
}
