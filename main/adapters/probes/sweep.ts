/**
 * Reads the devices on the network that the owner named, and no others: a few workers with some targets each at a time,
 * no more new ones per second than said. A target that takes its worker down or holds it up is read once more alone, so
 * that it costs no other target anything; every target comes back with a reading.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SpawnNode } from '#adapters/processes/spawn-node.ts';
import type { Reading } from '#probes/contract.ts';
import type { NetworkProbe, Target } from '#probes/network/contract.ts';
import { networkProbes } from '#probes/network/registry.ts';
import { openTargetWorker, type TargetAnswer, type TargetWorker } from './target-worker.ts';

/** A target under the name its reading will carry. */
export interface NamedTarget {
  name: string;
  target: Target;
}

export interface SweepOptions {
  workerEntry: string;
  nodePath?: string;
  spawnNode?: SpawnNode | undefined;
  targets: readonly NamedTarget[];
  signal: AbortSignal;
  onReading?: (reading: Reading) => void;
  /** Only targets that one of these probes reads. */
  only?: readonly string[];
  /** New targets per second. */
  perSecond?: number;
  /** Targets in work at a time in one worker. */
  atOnce?: number;
  /** Workers at most. */
  workers?: number;
  probes?: readonly Pick<NetworkProbe, 'id' | 'protocol' | 'limitMs'>[];
}

/** Polite to a rack's network: a thousand targets take twenty seconds at least. */
export const defaultPerSecond = 50;
const defaultAtOnce = 16;
const defaultWorkers = 4;
/** How much later than the probe's own limit the worker is given up on. */
const graceMs = 2000;

/**
 * A reading for each target, in their order. Throws only the signal's own reason when it was cancelled.
 *
 * @example await sweep({ workerEntry, targets: [{ name: 'ups', target: { protocol: 'nut', host: '10.0.0.7' } }], signal });
 */
export async function sweep(options: SweepOptions): Promise<Reading[]> {
  const { signal, only, atOnce = defaultAtOnce } = options;
  signal.throwIfAborted();
  const targets = options.targets.filter(({ target }) => only?.includes(probeOf(target, options)?.id ?? '') ?? true);
  const workers = Math.min(options.workers ?? defaultWorkers, Math.ceil(targets.length / 4));
  const pace = pacer(options.perSecond ?? defaultPerSecond, signal);
  const pool = openPool(options, workers);
  const cancel = () => void pool.end();
  signal.addEventListener('abort', cancel, { once: true });
  const readings: Reading[] = new Array(targets.length);
  const rest = targets.entries();
  const lane = async (worker: number) => {
    for (const [at, named] of rest) {
      if (!(await pace())) return;
      const reading = await readOne(named, options, pool, worker);
      if (signal.aborted) return;
      readings[at] = reading;
      options.onReading?.(reading);
    }
  };
  try {
    await Promise.all(Array.from({ length: workers * atOnce }, (_, at) => lane(at % workers)));
  } finally {
    signal.removeEventListener('abort', cancel);
    await pool.end();
  }
  signal.throwIfAborted();
  return readings;
}

interface Pool {
  shared(worker: number): TargetWorker;
  /** A worker for one target alone; as many at a time as there are shared ones. */
  alone<T>(work: (worker: TargetWorker) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

function openPool({ workerEntry, nodePath, spawnNode }: SweepOptions, most: number): Pool {
  const open = () => openTargetWorker({ workerEntry, nodePath, spawnNode });
  const shared: TargetWorker[] = [];
  const single = new Set<TargetWorker>();
  const waiting: (() => void)[] = [];
  let ended = false;
  let busy = 0;
  return {
    shared(at) {
      const there = shared[at];
      if (there?.alive || (there !== undefined && ended)) return there;
      const opened = open();
      shared[at] = opened;
      return opened;
    },
    async alone(work) {
      if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else busy += 1;
      const worker = open();
      single.add(worker);
      if (ended) await worker.end();
      try {
        return await work(worker);
      } finally {
        single.delete(worker);
        await worker.end();
        const next = waiting.shift();
        if (next) next();
        else busy -= 1;
      }
    },
    async end() {
      ended = true;
      await Promise.all([...shared, ...single].map((worker) => worker?.end()));
    },
  };
}

function probeOf({ protocol }: Target, { probes = networkProbes }: SweepOptions) {
  return probes.find((probe) => probe.protocol === protocol);
}

async function readOne(named: NamedTarget, options: SweepOptions, pool: Pool, at: number): Promise<Reading> {
  const { target, name } = named;
  const probe = probeOf(target, options);
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const limitMs = probe?.limitMs ?? 0;
  const id = probe?.id ?? target.protocol;
  const finish = (verdict: Pick<Reading, 'outcome' | 'sentence' | 'problems'>, contacted: string[]): Reading => ({
    probe: id,
    startedAt,
    elapsedMs: Math.round(performance.now() - started),
    devices: [],
    ...verdict,
    target: name,
    contacted,
  });
  if (probe === undefined) {
    return finish({ outcome: 'failed', sentence: `Nothing here reads ${target.protocol}.`, problems: [] }, []);
  }
  let answer = await pool.shared(at).ask(target, limitMs + graceMs);
  let contacted = answer.contacted;
  if (answer.how !== 'answered' && !options.signal.aborted) {
    answer = await pool.alone((worker) => worker.ask(target, limitMs + graceMs));
    contacted = [...contacted, ...answer.contacted];
  }
  if (answer.how === 'answered') return { ...answer.reading, probe: id, target: name, contacted };
  return finish(verdictOf(answer, `${id} at ${name}`, limitMs), contacted);
}

function verdictOf(
  answer: Exclude<TargetAnswer, { how: 'answered' }>,
  what: string,
  limitMs: number,
): Pick<Reading, 'outcome' | 'sentence' | 'problems'> {
  const outcome = answer.how === 'late' ? 'timeout' : answer.as;
  const sentence =
    answer.how === 'late'
      ? `${what} did not answer within ${limitMs / 1000} s and was ended; its facts are missing.`
      : `The worker of ${what} ${answer.why}; its facts are missing.`;
  return { outcome, sentence, problems: outcome === 'failed' ? [] : [{ code: outcome, sentence }] };
}

/** Lets through so many per second, evenly; false once the signal is aborted. */
function pacer(perSecond: number, signal: AbortSignal): () => Promise<boolean> {
  const gapMs = 1000 / perSecond;
  const own = AbortSignal.any([signal]);
  setMaxListeners(0, own);
  let next = performance.now();
  return async () => {
    const now = performance.now();
    const mine = Math.max(now, next);
    next = mine + gapMs;
    if (mine > now) await sleep(mine - now, undefined, { signal: own }).catch(() => undefined);
    return !signal.aborted;
  };
}
