import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BenchmarkContext } from '../contract.ts';
import { diskRead, diskReadRandom } from './disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function context(change: Partial<BenchmarkContext> = {}): BenchmarkContext {
  return {
    device: { locator: 'host', kind: 'host', name: 'this machine' },
    seed: `0x${'c5'.repeat(32)}`,
    profile: 'quick',
    folder,
    threadEntry: new URL('../worker.ts', import.meta.url),
    signal: new AbortController().signal,
    progress: () => undefined,
    ...change,
  };
}

const memoryFolder = '/dev/shm';
const hasMemoryFolder = existsSync(memoryFolder) && statfsSync(memoryFolder).type === 0x01021994;

describe.each([
  ['sequential', diskRead],
  ['random', diskReadRandom],
])('%s reads', (_, benchmark) => {
  it('are taken past the page cache from a file that is gone afterwards, or refused in a sentence', async () => {
    const answer = await benchmark(context());
    if (answer.outcome === 'skipped') expect(answer.sentence).toMatch(/O_DIRECT|in memory|MiB free/);
    else {
      expect(answer).toMatchObject({ outcome: 'measured', conditions: { direct: true } });
      expect(answer.runs).toHaveLength(5);
      expect(answer.digest).toMatch(/^0x[0-9a-f]{64}$/);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leave no file behind when they are stopped half way', async () => {
    const controller = new AbortController();
    const progress = () => controller.abort(new Error('stopped'));
    const answer = benchmark(context({ signal: controller.signal, progress })).then(
      ({ outcome }) => outcome,
      (error: Error) => error.message,
    );
    expect(['stopped', 'skipped']).toContain(await answer);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!hasMemoryFolder)('are not taken from memory', async () => {
    const answer = await benchmark(context({ folder: memoryFolder }));
    expect(answer).toMatchObject({ outcome: 'skipped', runs: [] });
    expect(answer.sentence).toContain('lies in memory (tmpfs)');
  });

  it.each([
    [join(folder, 'missing'), 'there is no such folder'],
    ['/proc', /MiB free|cannot be/],
  ])('from %s are refused in a sentence', async (place, words) => {
    const answer = await benchmark(context({ folder: place }));
    expect(answer).toMatchObject({ outcome: 'skipped', runs: [] });
    expect(answer.sentence).toMatch(words);
  });
});
