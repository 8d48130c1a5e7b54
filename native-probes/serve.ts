/**
 * What a worker process does: run the one probe it was started for, say the reading as one line of JSON on standard
 * output, end. Nothing else may be on that stream, so what a library prints there is sent to standard error.
 */
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Probe } from './contract.ts';
import { runProbe } from './run.ts';
import type { WorkerMessage } from './wire.ts';

/** @example await serve(probes, process.argv.slice(2)); */
export async function serve(probes: readonly Probe[], argv: readonly string[]): Promise<void> {
  const log = (...parts: unknown[]) => process.stderr.write(`${parts.map(String).join(' ')}\n`);
  console.log = log;
  console.info = log;
  console.debug = log;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      probe: { type: 'string' },
      practice: { type: 'string' },
      as: { type: 'string' },
      limit: { type: 'string' },
    },
  });
  const limitMs = Number(values.limit);
  if (limitMs > 0) endAfter(limitMs + graceMs);
  const stop = new AbortController();
  // A closed channel means nobody waits for the answer: end rather than go on alone.
  process.stdout.on('error', () => process.exit(1));
  const message = await answer(probes, values, stop.signal);
  say(`${JSON.stringify(message)}\n`);
  // A library may keep threads or timers: the answer is out, so the process ends here.
  process.exit(0);
}

/** How much later than the supervisor the worker ends itself. */
const graceMs = 1000;

/**
 * Ends this process and what it started after its limit, also when a library holds the main thread, and also when the
 * supervisor that should have done it is gone. A thread of its own, because a held main thread fires no timer.
 */
function endAfter(ms: number): void {
  const program = `
    const { workerData } = require('node:worker_threads');
    setTimeout(() => {
      try { process.kill(-process.pid, 'SIGKILL'); } catch { process.kill(process.pid, 'SIGKILL'); }
    }, workerData);`;
  new Worker(program, { eval: true, workerData: ms }).unref();
}

async function answer(
  probes: readonly Probe[],
  values: { probe?: string | undefined; practice?: string | undefined; as?: string | undefined },
  signal: AbortSignal,
): Promise<WorkerMessage> {
  if (values.practice !== undefined) {
    const { PracticeUnreadable, readPractice } = await import('./practice.ts');
    try {
      const { readings } = await readPractice(values.practice, values.as === undefined ? {} : { as: values.as });
      return { type: 'readings', readings };
    } catch (error) {
      if (!(error instanceof PracticeUnreadable)) throw error;
      return { type: 'unreadable', path: error.path, reason: error.reason };
    }
  }
  const probe = probes.find((entry) => entry.id === values.probe);
  if (!probe) return { type: 'unknown', probe: values.probe ?? '' };
  return { type: 'readings', readings: [await runProbe(probe, { root: '', signal })] };
}

/** Writes all of it before going on, also into a pipe that is full. */
function say(text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
