import { expect, it } from 'vitest';
import { lastLevelCacheBytes } from './conditions.ts';
import { memoryTriad } from './memory.ts';

it('takes the triad over arrays of four times the caches, checks every element and gives five runs', async () => {
  const answer = await memoryTriad({
    device: { locator: 'host', kind: 'host', name: 'this machine' },
    seed: `0x${'c5'.repeat(32)}`,
    profile: 'quick',
    folder: '/nowhere',
    threadEntry: new URL('../worker.ts', import.meta.url),
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  expect(answer.outcome).toBe('measured');
  expect(answer.runs).toHaveLength(5);
  const { arrayBytes, threads } = answer.conditions;
  const wanted = 4 * (lastLevelCacheBytes() ?? 32 * 2 ** 20);
  if (answer.sentence?.startsWith('The arrays are smaller') !== true) {
    expect(Number(arrayBytes)).toBeGreaterThan(wanted - 64 * Number(threads));
  }
});
