import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { median } from '#core/benchmark/statistics.ts';
import { sandboxWork } from '#core/proof/parameters.ts';
import { freshNonce, verify } from '#core/proof/verify.ts';
import type { BenchmarkDevice } from '#probes/benchmarks/contract.ts';
import { benchmarkPlan } from '#probes/benchmarks/plan.ts';
import { workerProver } from './prove.ts';
import { type BenchmarkOptions, type BenchmarkProgress, benchmark } from './supervise.ts';

const host: BenchmarkDevice = { locator: 'host', kind: 'host', name: 'this machine' };
const ids = benchmarkPlan([host], 'quick').map(({ id }) => id);
const stub = fileURLToPath(new URL('stub/worker.ts', import.meta.url));
const compiler = spawnSync('cc', ['--version']).status === 0;
const real = fileURLToPath(new URL('worker.ts', import.meta.url));

function options(change: Partial<BenchmarkOptions>): BenchmarkOptions {
  return {
    workerEntry: stub,
    seed: `0x${'5e'.repeat(32)}`,
    profile: 'quick',
    folder: '',
    devices: [host],
    signal: new AbortController().signal,
    ...change,
  };
}

describe('a worker that misbehaves', () => {
  it.each([
    ['crash', /was ended by SIGSEGV/],
    ['exit', /ended with status 3: Error: the driver went away/],
    ['nonsense', /not a result/],
    ['other', /not a result/],
    ['empty', /without a single run/],
  ])('%s: costs the figure that was running, with a sentence; the rest go on', async (misbehaviour, sentence) => {
    const results = await benchmark(options({ folder: `${misbehaviour} cpu-fp64` }));
    expect(results.map(({ id }) => id)).toEqual(ids);
    for (const { id, outcome } of results) expect(outcome).toBe(id === 'cpu-fp64' ? 'failed' : 'measured');
    const lost = results.find(({ id }) => id === 'cpu-fp64');
    expect(lost?.sentence).toMatch(sentence);
    expect(lost).not.toHaveProperty('median');
  });

  it('hang: is ended at its time limit, and a new worker goes on', async () => {
    const results = await benchmark(options({ folder: 'hang memory-triad', limitMs: 1500 }));
    const lost = results.find(({ outcome }) => outcome === 'failed');
    expect(lost).toMatchObject({ id: 'memory-triad', sentence: expect.stringContaining('did not end within') });
    const workers = new Set(results.flatMap(({ runs }) => runs.slice(4)));
    expect(workers.size).toBe(2);
  });

  it('chatter: what a driver prints between the lines is passed over', async () => {
    const results = await benchmark(options({ folder: 'chatter cpu-fp64' }));
    expect(results.find(({ id }) => id === 'cpu-fp64')).toMatchObject({ outcome: 'measured', runs: [7], median: 7 });
  });

  it('one that cannot be started fails every figure with a sentence', async () => {
    const results = await benchmark(options({ nodePath: '/nowhere/node' }));
    expect(results).toHaveLength(ids.length);
    for (const { outcome, sentence } of results) {
      expect(outcome).toBe('failed');
      expect(sentence).toContain('could not be started');
    }
  });
});

it('gives median and spread over all runs, and progress that only goes forward', async () => {
  const told: BenchmarkProgress[] = [];
  const [first] = await benchmark(options({ onProgress: (progress) => told.push(progress) }));
  expect(first?.median).toBe(3);
  expect(first?.spread).toBeCloseTo(2 / 3, 12);
  const fractions = told.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(told.at(-1)).toMatchObject({ fraction: 1, secondsLeft: 0 });
});

it('puts the published peak beside the figures of a model that is listed, and of no other', async () => {
  const listed: BenchmarkDevice = { locator: '0000:01:00.0', kind: 'gpu', name: 'NVIDIA H200', pciId: '10de:2335' };
  const unlisted: BenchmarkDevice = { locator: '0000:02:00.0', kind: 'gpu', name: 'NVIDIA X', pciId: '10de:ffff' };
  const results = await benchmark(options({ devices: [host, listed, unlisted] }));
  const withPeak = results.filter(({ peak }) => peak !== undefined);
  expect(withPeak.map(({ id, subject }) => `${id} ${subject}`)).toEqual([
    'gpu-copy 0000:01:00.0',
    'gpu-host-to-device 0000:01:00.0',
    'gpu-device-to-host 0000:01:00.0',
  ]);
  expect(withPeak[0]?.peak).toMatchObject({ value: 4.8e12, unit: 'By/s', fraction: 3 / 4.8e12 });
});

it('a device without benchmarks of its own gets none', async () => {
  expect(await benchmark(options({ devices: [{ locator: 'ups', kind: 'power', name: 'UPS' }] }))).toEqual([]);
});

it('stops within a second when it is told to, also while the worker hangs', async () => {
  const controller = new AbortController();
  const running = benchmark(options({ folder: 'hang cpu-integer', signal: controller.signal }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = performance.now();
  controller.abort(new Error('the person stopped it'));
  await expect(running).rejects.toThrow('the person stopped it');
  expect(performance.now() - before).toBeLessThan(1000);
});

describe('the real worker, as a bundle', () => {
  let folder: string;
  let bundle: string;
  beforeAll(async () => {
    // Inside the checkout, so that the bundle finds the packages it leaves out.
    const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'bench-'));
    bundle = join(folder, 'worker.mjs');
    const external = ['koffi'];
    await build({ entryPoints: [real], outfile: bundle, bundle: true, platform: 'node', format: 'esm', external });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('measures the whole host: every figure has its runs or a sentence, and no file is left', async () => {
    const place = mkdtempSync(join(folder, 'disk-'));
    const results = await benchmark(options({ workerEntry: bundle, folder: place }));
    expect(results.map(({ id }) => id)).toEqual(ids);
    for (const result of results) {
      if (result.outcome === 'measured') {
        expect(result.runs.length).toBeGreaterThanOrEqual(5);
        expect(result.median).toBe(median(result.runs));
        expect(result.conditions).toHaveProperty('cpuModel');
      } else {
        expect(result).toMatchObject({ outcome: 'skipped', sentence: expect.stringMatching(/\.$/) });
        expect(result.id).toMatch(/^disk-/);
      }
    }
    expect(readdirSync(place)).toEqual([]);
  }, 60_000);

  it.skipIf(!compiler)(
    'a driver that hangs costs its figures only (skipped where there is no C compiler)',
    async () => {
      const source = fileURLToPath(new URL('../../../native-probes/benchmarks/gpu/stub/stub-cuda.c', import.meta.url));
      execFileSync('cc', ['-shared', '-fPIC', '-DHANG', '-o', join(folder, 'libcuda.so.1'), source]);
      const gpu: BenchmarkDevice = { locator: '0000:01:00.0', kind: 'gpu', name: 'Stub', pciId: '10de:2335' };
      const env = { LD_LIBRARY_PATH: folder };
      const results = await benchmark(options({ workerEntry: bundle, devices: [gpu], limitMs: 1000, env }));
      expect(results.map(({ id }) => id)).toEqual(['gpu-copy', 'gpu-host-to-device', 'gpu-device-to-host']);
      for (const { outcome, sentence } of results) {
        expect(outcome).toBe('failed');
        expect(sentence).toContain('did not end within 1 s');
      }
    },
    20_000,
  );

  it('stops within a second in the middle of a computation', async () => {
    const controller = new AbortController();
    const running = benchmark(options({ workerEntry: bundle, profile: 'standard', signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 800));
    const before = performance.now();
    controller.abort(new Error('the person stopped it'));
    await expect(running).rejects.toThrow('the person stopped it');
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it('proves work that a verifier accepts, and opens a commitment once', async () => {
    const seed = freshNonce();
    const nonces = { walk: freshNonce(), product: freshNonce(), open: freshNonce() };
    const fractions: number[] = [];
    const work = workerProver({
      workerEntry: bundle,
      locator: 'host',
      sizes: sandboxWork,
      seed,
      signal: new AbortController().signal,
      onProgress: (fraction) => fractions.push(fraction),
    });
    try {
      await work.fill();
      await work.walk(nonces.walk);
      const commitment = await work.multiply(nonces.product);
      const opening = await work.open({ nonce: nonces.open });
      expect(verify({ sizes: sandboxWork, seed, nonces }, commitment, opening)).toEqual({ ok: true });
      expect(fractions.at(-1)).toBe(1);
      await expect(work.open({ nonce: nonces.open })).rejects.toThrow('opened before');
    } finally {
      await work.close();
    }
  });

  it('refuses sizes that cannot be exact, in words', async () => {
    const sizes = { ...sandboxWork, product: { ...sandboxWork.product, depth: 33 } };
    const signal = new AbortController().signal;
    const work = workerProver({ workerEntry: bundle, locator: 'host', sizes, seed: freshNonce(), signal });
    await expect(work.fill()).rejects.toThrow('multiple of 64');
  });

  it('ends the work when it is stopped', async () => {
    const controller = new AbortController();
    const sizes = { ...sandboxWork, memory: { ...sandboxWork.memory, lines: 2 ** 20 } };
    const { signal } = controller;
    const work = workerProver({ workerEntry: bundle, locator: 'host', sizes, seed: freshNonce(), signal });
    const filling = work.fill();
    setTimeout(() => controller.abort(new Error('the person stopped it')), 300);
    await expect(filling).rejects.toThrow('the person stopped it');
  });
});
