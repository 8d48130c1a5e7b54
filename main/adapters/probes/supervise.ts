/**
 * Runs the probes, each in a worker process of its own, side by side, and always comes back: with a reading for every
 * probe, whatever its worker did. A worker that is late is killed and not waited for; one that is stuck in the kernel
 * cannot be killed, and is left behind.
 */
import { resolve } from 'node:path';
import type { SpawnNode } from '#adapters/processes/spawn-node.ts';
import type { Reading } from '#probes/contract.ts';
import { PracticeUnreadable } from '#probes/practice.ts';
import { probes } from '#probes/registry.ts';
import { NotAMessage, readMessage, type WorkerMessage } from '#probes/wire.ts';
import { type Ending, type SpawnWorker, spawnNodeWorker } from './worker-process.ts';

/** One worker's work. */
export interface Job {
  id: string;
  arguments: string[];
  limitMs: number;
}

export interface SuperviseOptions {
  spawn: SpawnWorker;
  jobs: readonly Job[];
  signal: AbortSignal;
  onReading?: (reading: Reading) => void;
}

/** There is no probe of that name. */
export class UnknownProbe extends Error {
  readonly probe: string;
  constructor(probe: string) {
    super(`there is no probe called ${probe}`);
    this.name = 'UnknownProbe';
    this.probe = probe;
  }
}

const practiceLimitMs = 60_000;

/**
 * Discovers this machine, or replays a recorded one. Throws only `UnknownProbe`, `PracticeUnreadable`, and the signal's
 * own reason when it was cancelled.
 *
 * @example
 * const readings = await discover({ workerEntry: '/opt/gaib-onboard/dist/probe-worker.js', signal });
 */
export async function discover(options: {
  workerEntry: string;
  spawnNode?: SpawnNode | undefined;
  only?: string[];
  practice?: { path: string; as?: string };
  signal: AbortSignal;
  onReading?: (reading: Reading) => void;
}): Promise<Reading[]> {
  const { workerEntry, only, practice, signal } = options;
  const spawn = spawnNodeWorker({ workerEntry, spawnNode: options.spawnNode });
  const hear = options.onReading === undefined ? {} : { onReading: options.onReading };
  if (practice !== undefined) {
    const as = practice.as === undefined ? [] : [`--as=${practice.as}`];
    const job = {
      id: 'practice',
      arguments: [`--practice=${resolve(practice.path)}`, ...as],
      limitMs: practiceLimitMs,
    };
    return supervise({ spawn, jobs: [job], signal, ...hear });
  }
  const unknown = only?.find((id) => !probes.some((probe) => probe.id === id));
  if (unknown !== undefined) throw new UnknownProbe(unknown);
  const chosen = only === undefined ? probes : probes.filter((probe) => only.includes(probe.id));
  const jobs = chosen.map(({ id, limitMs }) => ({ id, arguments: [`--probe=${id}`], limitMs }));
  return supervise({ spawn, jobs, signal, ...hear });
}

export async function supervise(options: SuperviseOptions): Promise<Reading[]> {
  options.signal.throwIfAborted();
  const all = await Promise.all(
    options.jobs.map(async (job) => {
      const readings = await runJob(job, options.spawn, options.signal);
      for (const reading of readings) options.onReading?.(reading);
      return readings;
    }),
  );
  options.signal.throwIfAborted();
  return all.flat();
}

async function runJob(job: Job, spawn: SpawnWorker, signal: AbortSignal): Promise<Reading[]> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const ending = await spawn([...job.arguments, `--limit=${job.limitMs}`], { limitMs: job.limitMs, signal });
  const elapsedMs = Math.round(performance.now() - started);
  const answer = judge(job, ending);
  if ('message' in answer) return acceptMessage(job, answer.message);
  return [{ probe: job.id, startedAt, elapsedMs, devices: [], ...answer.verdict }];
}

type Verdict = Pick<Reading, 'outcome' | 'sentence' | 'problems'>;

/** What the end of a worker means: its message, or the outcome and the sentence that stand in its place. */
function judge(job: Job, ending: Ending): { message: WorkerMessage } | { verdict: Verdict } {
  switch (ending.how) {
    case 'late':
      return verdict(
        'timeout',
        `${job.id} did not answer within ${job.limitMs / 1000} s and was ended; its facts are missing.`,
      );
    case 'cancelled':
      return verdict('failed', `${job.id} was stopped before it answered.`);
    case 'unstarted':
      return verdict('failed', `The worker for ${job.id} could not be started: ${ending.reason}.`);
    case 'flooded':
      return verdict(
        'nonsense',
        `${job.id} said more than ${ending.limitBytes} bytes, which no reading is; its facts are missing.`,
      );
    case 'signalled':
      return verdict(
        'crashed',
        `The worker of ${job.id} was ended by ${ending.signal}; its facts are missing.${tail(ending.stderr)}`,
      );
    case 'exited':
      if (ending.code !== 0) {
        return verdict(
          'crashed',
          `The worker of ${job.id} ended with status ${ending.code}; its facts are missing.${tail(ending.stderr)}`,
        );
      }
      try {
        return { message: readMessage(ending.stdout) };
      } catch (error) {
        if (!(error instanceof NotAMessage)) throw error;
        return verdict('nonsense', `The worker of ${job.id} talked nonsense: ${error.message}; its facts are missing.`);
      }
  }
}

function verdict(outcome: 'timeout' | 'crashed' | 'nonsense' | 'failed', sentence: string): { verdict: Verdict } {
  const problems = outcome === 'failed' ? [] : [{ code: outcome, sentence }];
  return { verdict: { outcome, sentence, problems } };
}

function tail(stderr: string): string {
  return stderr === '' ? '' : ` It last said: ${stderr}`;
}

function acceptMessage(job: Job, message: WorkerMessage): Reading[] {
  if (message.type === 'unreadable') throw new PracticeUnreadable(message.path, message.reason);
  if (message.type === 'unknown') throw new UnknownProbe(message.probe);
  // A worker speaks for the probe it was started for and for no other.
  return job.id === 'practice' ? message.readings : message.readings.map((reading) => ({ ...reading, probe: job.id }));
}
