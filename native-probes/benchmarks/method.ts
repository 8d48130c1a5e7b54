/** How every figure is taken: enough work per run, warm-up until stable, repeated runs, nothing left out. */
import type { Profile } from './contract.ts';

export interface Pace {
  /** A run is made at least this long, so that starting it does not count. */
  runMs: number;
  /** The warm-up ends when three runs in a row lie this close, or when `warmUpMs` is over. */
  stableWithin: number;
  warmUpMs: number;
  runs: number;
}

export const paces: Readonly<Record<Profile, Pace>> = {
  quick: { runMs: 25, stableWithin: 0.05, warmUpMs: 80, runs: 5 },
  standard: { runMs: 100, stableWithin: 0.03, warmUpMs: 400, runs: 7 },
};

export interface Timed {
  /** Seconds that the work took. */
  seconds: number;
  /** How much was done, in the unit that the rate is given in. */
  amount: number;
}

export interface Measured {
  /** Amount a second, one for each timed run. */
  runs: number[];
  /** The size at which the runs were made. */
  size: number;
  warmUpRuns: number;
  stable: boolean;
}

export interface MeasureOptions {
  pace: Pace;
  signal: AbortSignal;
  progress(fraction: number): void;
  /** Does work of a size and says how long it took. */
  once(size: number): Promise<Timed>;
  /** First size to try; it is doubled until a run is long enough. `fixed` where the work decides by itself. */
  size: number;
  fixed?: boolean;
}

export async function measure(options: MeasureOptions): Promise<Measured> {
  const { pace, signal, once } = options;
  let size = options.size;
  const step = async (): Promise<Timed> => {
    signal.throwIfAborted();
    const timed = await once(size);
    signal.throwIfAborted();
    return timed;
  };
  if (options.fixed !== true) {
    for (let timed = await step(); timed.seconds * 1000 < pace.runMs; timed = await step()) size *= 2;
  }
  options.progress(0.1);
  const warm: number[] = [];
  let stable = false;
  for (let spentMs = 0; !stable && spentMs < pace.warmUpMs; ) {
    const timed = await step();
    spentMs += timed.seconds * 1000;
    warm.push(timed.amount / timed.seconds);
    stable = isStable(warm.slice(-3), pace.stableWithin);
    options.progress(0.1 + 0.3 * Math.min(1, spentMs / pace.warmUpMs));
  }
  const runs: number[] = [];
  while (runs.length < pace.runs) {
    const timed = await step();
    runs.push(timed.amount / timed.seconds);
    options.progress(0.4 + (0.6 * runs.length) / pace.runs);
  }
  return { runs, size, warmUpRuns: warm.length, stable };
}

function isStable(rates: readonly number[], within: number): boolean {
  if (rates.length < 3) return false;
  const most = Math.max(...rates);
  return (most - Math.min(...rates)) / most <= within;
}
