import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../ffi/library.ts';
import type { BenchmarkContext } from '../contract.ts';
import { gpuCopy, gpuDeviceToHost, gpuHostToDevice } from './transfers.ts';

const source = fileURLToPath(new URL('stub/stub-cuda.c', import.meta.url));
const compiler = spawnSync('cc', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'gaib-stub-cuda-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Builds the stub with faults compiled in; each build is a library of its own. */
function stub(...defines: string[]): string {
  const path = join(folder, `libcuda-${defines.join('-').replaceAll(/[^\w-]/g, '_') || 'good'}.so`);
  if (existsSync(path)) return path;
  execFileSync('cc', ['-O2', '-shared', '-fPIC', ...defines.map((define) => `-D${define}`), '-o', path, source]);
  return path;
}

async function live(path: string): Promise<number | undefined> {
  const opened = await openLibrary([path]);
  return opened.state === 'open' ? opened.library.bind(['stub_live'], [])?.() : undefined;
}

const context: BenchmarkContext = {
  device: { locator: '0000:01:00.0', kind: 'gpu', name: 'Stub GPU' },
  seed: `0x${'c5'.repeat(32)}`,
  profile: 'quick',
  folder: '/nowhere',
  threadEntry: new URL('../worker.ts', import.meta.url),
  signal: new AbortController().signal,
  progress: () => undefined,
};

it('says in a sentence that there is no driver', async () => {
  const answer = await gpuCopy(['libcuda-that-is-nowhere.so.1'])(context);
  expect(answer).toEqual({
    outcome: 'skipped',
    sentence:
      "No CUDA driver library (libcuda.so.1) was found; the card is measured once NVIDIA's driver is installed.",
    runs: [],
    conditions: {},
  });
});

describe.skipIf(!compiler)('through a stub of the driver, built here (skipped where there is no C compiler)', () => {
  it.each([
    ['within the device', gpuCopy, 8e9],
    ['host to device', gpuHostToDevice, 2e9],
    ['device to host', gpuDeviceToHost, 2e9],
  ])(
    '%s: the rate is that of the device clock, the bytes are checked, everything is given back',
    async (_, benchmark, rate) => {
      const path = stub();
      const answer = await benchmark([path])(context);
      expect(answer).toMatchObject({
        outcome: 'measured',
        conditions: {
          name: 'Stub GPU',
          computeCapability: '9.0',
          driverCuda: '12.8',
          bytesPerCopy: 2 ** 24,
          eccEnabled: true,
        },
        digest: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      });
      expect(answer.runs).toHaveLength(5);
      for (const run of answer.runs) expect(run / rate).toBeCloseTo(1, 4);
      expect(await live(path)).toBe(0);
    },
  );

  it.each([
    ['INIT=100', 'skipped', /sees no device.*NO_DEVICE/],
    ['INIT=34', 'skipped', /stub of the driver library/],
    ['INIT=803', 'failed', /different versions; restart/],
    ['INIT=12345', 'failed', /cuInit: CUresult 12345/],
    ['OOM', 'skipped', /too little free memory.*OUT_OF_MEMORY/],
    ['MEMORY=1048576', 'skipped', /too little free memory for arrays/],
    ['COPY=700', 'failed', /illegal address.*cuMemcpyDtoDAsync_v2/],
    ['COPY=214', 'failed', /could not be corrected/],
    ['COPY=719', 'failed', /Xid/],
    ['CORRUPT', 'failed', /not what was written/],
  ] as const)('%s: %s, with a sentence, and everything is given back', async (define, outcome, sentence) => {
    const path = stub(define);
    const answer = await gpuCopy([path])(context);
    expect(answer.outcome).toBe(outcome);
    expect(answer.sentence).toMatch(sentence);
    expect(await live(path)).toBe(0);
  });

  it('a bit that flips on the link is seen, both ways', async () => {
    const path = stub('CORRUPT');
    for (const benchmark of [gpuHostToDevice, gpuDeviceToHost]) {
      expect(await benchmark([path])(context)).toMatchObject({ outcome: 'failed' });
    }
  });

  it('a card that the driver does not offer is skipped', async () => {
    const other = { ...context, device: { ...context.device, locator: '0000:41:00.0' } };
    const answer = await gpuCopy([stub()])(other);
    expect(answer).toMatchObject({
      outcome: 'skipped',
      sentence: expect.stringContaining('does not offer this device'),
    });
  });

  it('a driver without a call that is needed fails with its name', async () => {
    await expect(gpuHostToDevice([stub('OLD')])(context)).rejects.toThrow('no cuMemHostAlloc; install a newer driver');
    expect(await live(stub('OLD'))).toBe(0);
  });

  it('gives everything back when it is stopped', async () => {
    const path = stub();
    const controller = new AbortController();
    const progress = () => controller.abort(new Error('stopped'));
    await expect(gpuCopy([path])({ ...context, signal: controller.signal, progress })).rejects.toThrow('stopped');
    expect(await live(path)).toBe(0);
  });
});
