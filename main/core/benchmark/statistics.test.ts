import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median, quantile, spread } from './statistics.ts';

it('takes the middle run, or the mean of the two in the middle', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

it('gives the spread as the middle half of the runs over the median', () => {
  expect(spread([90, 95, 100, 105, 110])).toBeCloseTo(0.1, 12);
  expect(spread([100, 100, 100, 100, 1000])).toBe(0);
  expect(spread([0, 0, 0])).toBe(0);
});

it('refuses to make a figure out of nothing', () => {
  expect(() => median([])).toThrow(RangeError);
});

it('stays within the runs, does not depend on their order and leaves them as they were', () => {
  const runs = fc.array(fc.double({ min: 1, max: 1e15, noNaN: true }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(runs, fc.double({ min: 0, max: 1, noNaN: true }), (values, part) => {
      const before = [...values];
      const found = quantile(values, part);
      expect(found).toBeGreaterThanOrEqual(Math.min(...values));
      expect(found).toBeLessThanOrEqual(Math.max(...values));
      expect(quantile([...values].reverse(), part)).toBe(found);
      expect(values).toEqual(before);
    }),
  );
});
