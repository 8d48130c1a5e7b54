/**
 * Runs the benchmarks in a process of their own. A benchmark that hangs or takes the worker down costs its own figure,
 * with a sentence; the rest go on in a new worker.
 */

import { withPeaks } from '#core/benchmark/peak.ts';
import { median, spread } from '#core/benchmark/statistics.ts';
import type {
  BenchmarkDevice,
  BenchmarkItem,
  BenchmarkResult,
  Profile,
  WorkerMessage,
} from '#probes/benchmarks/contract.ts';
import { benchmarkPlan } from '#probes/benchmarks/plan.ts';
import { startWorker, type WorkerConnection, WorkerEnded, type WorkerLocation } from './worker-connection.ts';

export interface BenchmarkProgress {
  id: string;
  subject: string;
  /** 0 … 1 of all benchmarks. */
  fraction: number;
  secondsLeft?: number;
}

export interface BenchmarkOptions extends WorkerLocation {
  /** 0x and 64 hex digits. */
  seed: string;
  profile: Profile;
  /** For the disk benchmark: a folder on the disk to measure. */
  folder: string;
  devices: BenchmarkDevice[];
  /** Overrides the time limit that each benchmark brings. */
  limitMs?: number;
  signal: AbortSignal;
  onProgress?: (progress: BenchmarkProgress) => void;
}

type ResultMessage = Extract<WorkerMessage, { type: 'result' }>;
const isResult = (message: WorkerMessage): message is ResultMessage => message.type === 'result';

/** Time a worker has to end a benchmark by itself before it is killed. */
const cancelMs = 500;

/** Every benchmark of the plan has its result, in the plan's order. Rejects only with the reason of `signal`. */
export async function benchmark(options: BenchmarkOptions): Promise<BenchmarkResult[]> {
  const { devices, profile, signal } = options;
  const plan = benchmarkPlan(devices, profile);
  const total = plan.reduce((sum, { seconds }) => sum + seconds, 0);
  const results: BenchmarkResult[] = [];
  let worker: WorkerConnection | undefined;
  let before = 0;
  try {
    for (const item of plan) {
      signal.throwIfAborted();
      const device = devices.find(({ locator }) => locator === item.subject);
      if (device === undefined) continue;
      const tell = (part: number) => {
        const spent = before + part * item.seconds;
        const { id, subject } = item;
        options.onProgress?.({ id, subject, fraction: spent / total, secondsLeft: Math.ceil(total - spent) });
      };
      tell(0);
      worker ??= startWorker(options);
      const limited = { ...item, limitMs: options.limitMs ?? item.limitMs };
      const outcome = await runOne(worker, limited, device, options, tell);
      if (outcome.workerLost) worker = undefined;
      results.push(withStatistics(outcome.result));
      before += item.seconds;
    }
    const last = plan.at(-1);
    if (last) options.onProgress?.({ id: last.id, subject: last.subject, fraction: 1, secondsLeft: 0 });
    return await besidePeaks(results, devices);
  } finally {
    await worker?.kill();
  }
}

/** The table is read only when there is something to compare. */
async function besidePeaks(results: BenchmarkResult[], devices: BenchmarkDevice[]): Promise<BenchmarkResult[]> {
  if (results.every(({ median, subject }) => median === undefined || subject === 'host')) return results;
  const { default: table } = await import('#probes/reference/accelerators.json', {
    with: { type: 'json' },
  });
  return withPeaks(results, devices, table);
}

interface Outcome {
  result: BenchmarkResult;
  workerLost: boolean;
}

async function runOne(
  worker: WorkerConnection,
  item: BenchmarkItem,
  device: BenchmarkDevice,
  { seed, profile, folder, signal }: BenchmarkOptions,
  tell: (part: number) => void,
): Promise<Outcome> {
  let overTime = false;
  const limit = setTimeout(() => {
    overTime = true;
    void worker.kill();
  }, item.limitMs);
  let forced: NodeJS.Timeout | undefined;
  const cancel = () => {
    worker.send({ type: 'cancel' });
    forced = setTimeout(() => void worker.kill(), cancelMs);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    worker.send({ type: 'run', item, device, seed, profile, folder });
    const { result } = await worker.receive(isResult, (message) => {
      if (message.type === 'progress') tell(Math.min(1, Math.max(0, message.fraction)));
    });
    signal.throwIfAborted();
    return { result: checked(item, result), workerLost: false };
  } catch (error) {
    signal.throwIfAborted();
    await worker.kill();
    if (!(error instanceof WorkerEnded)) throw error;
    const sentence = overTime
      ? `It did not end within ${Math.round(item.limitMs / 1000)} s and was stopped.`
      : `The benchmark worker ${error.message}.`;
    return { result: failed(item, sentence), workerLost: true };
  } finally {
    clearTimeout(limit);
    clearTimeout(forced);
    signal.removeEventListener('abort', cancel);
  }
}

/** What came over the pipe is believed only in the shape that was asked for. */
function checked(item: BenchmarkItem, result: BenchmarkResult): BenchmarkResult {
  const numbers = Array.isArray(result.runs) && result.runs.every((run) => Number.isFinite(run) && run > 0);
  const outcomes: readonly string[] = ['measured', 'skipped', 'failed'];
  if (result.id !== item.id || !numbers || !outcomes.includes(result.outcome)) {
    return failed(item, 'The benchmark worker answered something that is not a result.');
  }
  if (result.outcome === 'measured' && result.runs.length === 0) return failed(item, 'It ended without a single run.');
  return { ...result, id: item.id, subject: item.subject, what: item.what, unit: item.unit };
}

function failed({ id, subject, what, unit }: BenchmarkItem, sentence: string): BenchmarkResult {
  return { id, subject, what, unit, outcome: 'failed', sentence, runs: [], conditions: {} };
}

function withStatistics(result: BenchmarkResult): BenchmarkResult {
  if (result.outcome !== 'measured') return result;
  return { ...result, median: median(result.runs), spread: spread(result.runs) };
}
