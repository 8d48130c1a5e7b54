import { describe, expect, it } from 'vitest';
import { type MeasureOptions, measure } from './method.ts';

const pace = { runMs: 10, stableWithin: 0.05, warmUpMs: 1000, runs: 5 };

/** A machine that does `size` a call at the rates given, the last for ever; nothing here takes real time. */
function machine(rates: number[]) {
  const sizes: number[] = [];
  const once = async (size: number) => {
    const rate = rates[Math.min(sizes.length, rates.length - 1)]!;
    sizes.push(size);
    return { seconds: size / rate, amount: size };
  };
  return { sizes, once };
}

function options(once: MeasureOptions['once'], more: Partial<MeasureOptions> = {}): MeasureOptions {
  return { pace, once, size: 1, signal: new AbortController().signal, progress: () => undefined, ...more };
}

describe('a measurement', () => {
  it('doubles the work until a run is long enough, and keeps that size', async () => {
    const { sizes, once } = machine([1000]);
    const measured = await measure(options(once));
    expect(sizes.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
    expect(new Set(sizes.slice(5))).toEqual(new Set([16]));
    expect(measured.size).toBe(16);
    expect(measured.runs).toHaveLength(5);
    expect(measured.runs.every((rate) => Math.abs(rate - 1000) < 1e-9)).toBe(true);
  });

  it('warms up until three runs agree, and does not count them', async () => {
    const { once } = machine([1000, 1000, 1000, 1000, 1000, 500, 600, 700, 1000, 1000, 1000]);
    const measured = await measure(options(once));
    expect(measured).toMatchObject({ stable: true, warmUpRuns: 6 });
    expect(measured.runs).toHaveLength(5);
    expect(Math.min(...measured.runs)).toBeGreaterThan(990);
  });

  it('gives up waiting when the machine never settles, says so, and keeps the outliers', async () => {
    let call = 0;
    const once = async (size: number) => ({ seconds: 0.1, amount: size * (call++ % 2 === 0 ? 1 : 3) });
    const measured = await measure(options(once));
    expect(measured.stable).toBe(false);
    expect(new Set(measured.runs)).toEqual(new Set([10, 30]));
  });

  it('leaves a size that the work fixes by itself', async () => {
    const { sizes, once } = machine([1e9]);
    await measure(options(once, { size: 7, fixed: true, pace: { ...pace, warmUpMs: 1e-6 } }));
    expect(new Set(sizes)).toEqual(new Set([7]));
  });

  it('ends between two runs when it is stopped', async () => {
    const controller = new AbortController();
    let calls = 0;
    const once = async (size: number) => {
      if (++calls === 3) controller.abort(new Error('stopped'));
      return { seconds: 1, amount: size };
    };
    await expect(measure(options(once, { signal: controller.signal }))).rejects.toThrow('stopped');
    expect(calls).toBe(3);
  });

  it('tells how far it is, never backwards, to the end', async () => {
    const fractions: number[] = [];
    const { once } = machine([1000]);
    await measure(options(once, { progress: (fraction) => fractions.push(fraction) }));
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });
});
