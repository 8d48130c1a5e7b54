/** Memory bandwidth by STREAM's rules: triad, arrays of at least four times the last-level caches, 24 bytes an element. */
import { availableParallelism, freemem } from 'node:os';
import type { BenchmarkAnswer, BenchmarkRunner } from '../contract.ts';
import { measure, paces } from '../method.ts';
import { seededWord } from '../seeded.ts';
import { disturbance, hostConditions, lastLevelCacheBytes, watchOthers } from './conditions.ts';
import { startThreads } from './threads.ts';

const assumedCacheBytes = 32 * 2 ** 20;
/** What one WebAssembly memory of a thread can hold, less a page for each of the three arrays. */
const mostBytesPerThread = 2 ** 32 - 3 * 65_536;
const q = 3;

export const memoryTriad: BenchmarkRunner = async (context): Promise<BenchmarkAnswer> => {
  const conditions = hostConditions();
  const count = availableParallelism();
  const caches = lastLevelCacheBytes();
  const wanted = 4 * (caches ?? assumedCacheBytes);
  const affordable = Math.min(freemem() / 2 / 3, (count * mostBytesPerThread) / 3);
  const perThread = Math.floor(Math.min(wanted, affordable) / count / 64) * 64;
  const arrayBytes = perThread * count;
  const sizes = {
    threads: count,
    arrayBytes,
    arrays: 3,
    bytesPerElement: 24,
    lastLevelCacheBytes: caches ?? `assumed ${assumedCacheBytes}`,
    stores: 'ordinary: each line of the result is read before it is written, which is not counted',
    pinned: false,
  };
  if (arrayBytes < wanted / 4) {
    const sentence =
      'There is too little free memory for arrays that the caches cannot hold; close other programs and run it again.';
    return { outcome: 'skipped', sentence, runs: [], conditions: { ...conditions, ...sizes } };
  }
  // Small whole numbers: b + q · c is exact, so every element of the result can be checked.
  const b = seededWord(context.seed, 'memory-triad/b') % 1_000_000;
  const c = seededWord(context.seed, 'memory-triad/c') % 1_000_000;
  const threads = startThreads(count, context.threadEntry, context.signal);
  const each = <Item>(item: Item): Item[] => Array.from({ length: count }, () => item);
  try {
    await threads.run(each({ kind: 'triad-fill', bytes: perThread, b, c }));
    const others = watchOthers();
    const measured = await measure({
      ...context,
      pace: paces[context.profile],
      size: 1,
      once: async (passes) => {
        const { seconds } = await threads.run(each({ kind: 'triad', q, passes }));
        return { seconds, amount: 3 * arrayBytes * passes };
      },
    });
    const meanwhile = others();
    const { done } = await threads.run(each({ kind: 'triad-check', expected: b + q * c }));
    const wrong = done.reduce((sum, { count: differing }) => sum + (differing ?? 0), 0);
    const all = { ...conditions, ...meanwhile, ...sizes, passesPerRun: measured.size, warmUpRuns: measured.warmUpRuns };
    if (wrong > 0) {
      const sentence = `${wrong} numbers came back from memory other than they were written; the memory is faulty.`;
      return { outcome: 'failed', sentence, runs: measured.runs, conditions: all };
    }
    const small = 'The arrays are smaller than four times the caches for want of memory; the figure may be too high.';
    const warning = arrayBytes < wanted * 0.99 ? small : disturbance(meanwhile);
    return {
      outcome: 'measured',
      runs: measured.runs,
      conditions: all,
      ...(warning === undefined ? {} : { sentence: warning }),
    };
  } finally {
    await threads.end();
  }
};
