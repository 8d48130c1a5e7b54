import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BatchMode, batchGas, gasRules, measuredBatchGas, narrowestRule, planBatches } from './batch-plan.ts';

const modes: BatchMode[] = ['root alone', 'keys on chain'];
const snapshot = JSON.parse(
  readFileSync(new URL('../../contracts/snapshots/gas.json', import.meta.url), 'utf8'),
) as Record<'perAsset' | 'leavesOnChain', Record<string, number>>;

test('the formula gives what was measured, within one in a hundred', () => {
  for (const [mode, row] of [
    ['root alone', snapshot.perAsset],
    ['keys on chain', snapshot.leavesOnChain],
  ] as const) {
    for (const assets of [10, 100, 1000]) {
      const measured = (row[assets] as number) * assets;
      expect(Math.abs(batchGas(assets, measuredBatchGas[mode]) - measured) / measured).toBeLessThan(0.01);
    }
  }
});

test('ten thousand GPUs take few transactions on Ethereum and more on Sei', () => {
  const sizes = (chain: number, mode: BatchMode) => planBatches(10_000, chain, mode).map(({ assets }) => assets);
  expect(sizes(1, 'root alone')).toEqual([5000, 5000]);
  expect(sizes(1, 'keys on chain')).toEqual([3334, 3333, 3333]);
  expect(sizes(1329, 'root alone')).toEqual([3334, 3333, 3333]);
  expect(sizes(1329, 'keys on chain')).toEqual([2500, 2500, 2500, 2500]);
});

test('a chain nobody knows is cut as for the narrowest one', () => {
  expect(planBatches(9_999, 424_242, 'keys on chain')).toEqual(planBatches(9_999, 1329, 'keys on chain'));
  for (const { transactionGas } of Object.values(gasRules))
    expect(transactionGas).toBeGreaterThanOrEqual(narrowestRule.transactionGas);
});

test('every asset is in one batch, every batch fits, no fewer batches would do', () => {
  const chains = Object.keys(gasRules).map(Number);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200_000 }),
      fc.constantFrom(...chains),
      fc.constantFrom(...modes),
      (count, chain, mode) => {
        const plan = planBatches(count, chain, mode);
        const limit = (gasRules[chain]?.transactionGas ?? 0) * 0.8;
        expect(plan.reduce((sum, { assets }) => sum + assets, 0)).toBe(count);
        for (const { assets, gas } of plan) {
          expect(assets).toBeGreaterThan(0);
          expect(gas).toBeLessThanOrEqual(limit);
        }
        if (plan.length > 1)
          expect(batchGas(Math.ceil(count / (plan.length - 1)), measuredBatchGas[mode])).toBeGreaterThan(limit);
      },
    ),
  );
});

test('no assets, no batch; half an asset is a fault of the caller', () => {
  expect(planBatches(0, 1, 'root alone')).toEqual([]);
  expect(() => planBatches(1.5, 1, 'root alone')).toThrow();
  expect(() => planBatches(-1, 1, 'root alone')).toThrow();
});
