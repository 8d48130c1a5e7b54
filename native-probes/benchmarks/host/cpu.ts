/** Integer and floating point rates of the processors, with a digest that anyone can compute again. */
import { availableParallelism } from 'node:os';
import type { BenchmarkAnswer, BenchmarkContext, BenchmarkRunner } from '../contract.ts';
import { type Measured, measure, paces, type Timed } from '../method.ts';
import { seededBytes, seededDigest, seededWord } from '../seeded.ts';
import { disturbance, hostConditions, type Meanwhile, watchOthers } from './conditions.ts';
import type { Done, Job } from './jobs.ts';
import { startThreads } from './threads.ts';

/** 10 double rounds × 8 quarter rounds × 12 operations, and 16 additions. */
export const operationsPerBlock = 976;
export const lanesPerThread = 24;

interface Work {
  id: string;
  size: number;
  jobs(context: BenchmarkContext, threads: number, size: number): Job[];
  /** Operations of one run. */
  operations(threads: number, size: number): number;
  /** What the work came to; the same work twice must come to the same. */
  digest(context: BenchmarkContext, done: readonly Done[]): string;
  /** Whether the digest depends on the seed, so that it is worth showing. */
  seeded: boolean;
  conditions(threads: number, size: number): Record<string, number>;
}

const integer: Work = {
  id: 'cpu-integer',
  size: 4096,
  jobs: ({ seed }, threads, size) => {
    const key = seededBytes(seed, 'cpu-integer/key');
    return Array.from({ length: threads }, (_, stream) => ({ kind: 'chacha', key, stream, first: 0, groups: size }));
  },
  operations: (threads, size) => threads * size * 4 * operationsPerBlock,
  seeded: true,
  digest: ({ seed }, done) => {
    const folded = new Uint32Array(16);
    for (const { words } of done) {
      for (const [index, word] of words?.entries() ?? []) folded[index] = (folded[index] as number) ^ word;
    }
    return seededDigest(seed, 'cpu-integer/digest', littleEndian(folded));
  },
  conditions: (threads, size) => ({ streams: threads, blocksPerStream: 4 * size }),
};

const fp64: Work = {
  id: 'cpu-fp64',
  size: 16_384,
  jobs: ({ seed }, threads, size) =>
    Array.from({ length: threads }, (_, stream) => ({
      kind: 'quadratic',
      lanes: startLanes(seed, stream),
      c: quadraticC(seed),
      steps: size,
    })),
  operations: (threads, size) => threads * size * lanesPerThread * 2,
  seeded: true,
  digest: ({ seed }, done) => {
    const lanes = done.map(({ lanes }) => new Uint8Array((lanes ?? new Float64Array()).buffer));
    return seededDigest(seed, 'cpu-fp64/digest', ...lanes);
  },
  conditions: (threads, size) => ({ streams: threads, lanesPerStream: lanesPerThread, steps: size }),
};

/** The event of `sysbench cpu` with its usual limit. */
const primes: Work = {
  id: 'cpu-primes',
  size: 8,
  jobs: (_, threads, size) =>
    Array.from({ length: threads }, () => ({ kind: 'primes', events: size, limit: primeLimit })),
  operations: (threads, size) => threads * size,
  seeded: false,
  digest: (_, done) => done.map(({ count }) => count).join(' '),
  conditions: (_, size) => ({ primesBelow: primeLimit, eventsPerThread: size }),
};

const primeLimit = 10_000;

/** In -1 … 1, different in every lane of every thread. */
export function startLanes(seed: string, stream: number): Float64Array {
  return Float64Array.from(
    { length: lanesPerThread },
    (_, lane) => seededWord(seed, `cpu-fp64/lane/${stream}/${lane}`) / 2 ** 31 - 1,
  );
}

/** Just below 2, where the map x² − c is chaotic and stays within -2 … 2. */
export function quadraticC(seed: string): number {
  return 2 - (1 + seededWord(seed, 'cpu-fp64/c')) / 2 ** 40;
}

function littleEndian(words: Uint32Array): Uint8Array {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, 4 * index);
  return bytes;
}

export const cpuInteger: BenchmarkRunner = (context) => measureCpu(context, integer, availableParallelism());
export const cpuIntegerOneCore: BenchmarkRunner = (context) => measureCpu(context, integer, 1);
export const cpuFp64: BenchmarkRunner = (context) => measureCpu(context, fp64, availableParallelism());
export const cpuFp64OneCore: BenchmarkRunner = (context) => measureCpu(context, fp64, 1);

export const cpuPrimes: BenchmarkRunner = (context) => measureCpu(context, primes, availableParallelism());

async function measureCpu(context: BenchmarkContext, work: Work, threadCount: number): Promise<BenchmarkAnswer> {
  const conditions = hostConditions();
  const threads = startThreads(threadCount, context.threadEntry, context.signal);
  /** One digest for each size: the same work twice must come to the same. */
  const digests = new Map<number, Set<string>>();
  const once = async (size: number): Promise<Timed> => {
    const { done, seconds } = await threads.run(work.jobs(context, threadCount, size));
    digests.set(size, (digests.get(size) ?? new Set()).add(work.digest(context, done)));
    return { seconds, amount: work.operations(threadCount, size) };
  };
  let measured: Measured;
  let meanwhile: Meanwhile;
  try {
    const others = watchOthers();
    measured = await measure({ ...context, pace: paces[context.profile], once, size: work.size });
    meanwhile = others();
  } finally {
    await threads.end();
  }
  const all = { ...conditions, ...meanwhile, ...work.conditions(threadCount, measured.size), ...notes(measured) };
  const found = [...(digests.get(measured.size) ?? [])];
  if (found.length !== 1) {
    const sentence = `The same computation came to ${found.length} different results; a processor or its memory is faulty.`;
    return { outcome: 'failed', sentence, runs: measured.runs, conditions: all };
  }
  const warning = disturbance(meanwhile);
  return {
    outcome: 'measured',
    runs: measured.runs,
    conditions: all,
    ...(warning === undefined ? {} : { sentence: warning }),
    ...(found[0] === undefined || !work.seeded ? {} : { digest: found[0] }),
  };
}

function notes({ warmUpRuns, stable }: Measured) {
  return { warmUpRuns, stableBeforeStart: stable };
}
