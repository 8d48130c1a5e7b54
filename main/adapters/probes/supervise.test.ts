/** The supervisor against workers that really misbehave, each in a process of its own. */
import { spawn as spawnChild } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Reading } from '#probes/contract.ts';
import { PracticeUnreadable } from '#probes/practice.ts';
import { probes } from '#probes/registry.ts';
import { discover, supervise, UnknownProbe } from './supervise.ts';
import { spawnNodeWorker } from './worker-process.ts';

// Each test starts processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const repository = join(import.meta.dirname, '../../..');
const workerEntry = join(repository, 'native-probes/worker.ts');
const misbehavingWorker = join(import.meta.dirname, 'fixtures/misbehaving-worker.ts');
const scratch = mkdtempSync(join(tmpdir(), 'gaib-supervise-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Only those that never answer are given little time. */
function jobs(...ids: string[]) {
  const never = ['endless', 'silent'];
  return ids.map((id) => ({ id, arguments: [`--probe=${id}`], limitMs: never.includes(id) ? 2000 : 30_000 }));
}

async function readOne(id: string): Promise<Reading> {
  const spawn = spawnNodeWorker({ workerEntry: misbehavingWorker, nodePath: process.execPath });
  const readings = await supervise({ spawn, jobs: jobs(id), signal: AbortSignal.timeout(30_000) });
  expect(readings).toHaveLength(1);
  return readings[0]!;
}

function isRunning(pid: number): boolean {
  try {
    // A zombie still has a number: its state tells.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('a worker that', () => {
  test.each([
    ['endless', 'timeout', 'endless did not answer within 2 s and was ended; its facts are missing.'],
    ['silent', 'timeout', 'silent did not answer within 2 s and was ended; its facts are missing.'],
    ['aborts', 'crashed', /^The worker of aborts was ended by its own abort \(SIGABRT\); its facts are missing\./],
    ['faults', 'crashed', /^The worker of faults was ended by a fault in memory \(SIGSEGV\); its facts are missing\./],
    ['exits', 'crashed', 'The worker of exits ended with status 3; its facts are missing.'],
    // Node itself notices that nothing can ever settle, and ends with 13.
    ['asleep', 'crashed', /^The worker of asleep ended with status 13; its facts are missing\./],
    ['throws', 'failed', 'throws ran into a fault of its own: the driver [31mlied[0m'],
    [
      'garbles',
      'nonsense',
      'The worker of garbles talked nonsense: it said bytes that are no UTF-8; its facts are missing.',
    ],
    [
      'chats',
      'nonsense',
      /^The worker of chats talked nonsense: it said something that is no reading \("NVRM: warning/,
    ],
    ['floods', 'nonsense', 'floods said more than 8388608 bytes, which no reading is; its facts are missing.'],
    ['lies', 'nonsense', 'The worker of lies talked nonsense: its kind is none that is known; its facts are missing.'],
    [
      'infinite',
      'nonsense',
      'The worker of infinite talked nonsense: its elapsedMs is no number; its facts are missing.',
    ],
  ])('%s costs its own facts: %s', async (id, outcome, sentence) => {
    const reading = await readOne(id);
    expect(reading.probe).toBe(id);
    expect(reading.outcome).toBe(outcome);
    if (typeof sentence === 'string') expect(reading.sentence).toBe(sentence);
    else expect(reading.sentence).toMatch(sentence);
    expect(reading.devices).toEqual([]);
    if (outcome !== 'failed') expect(reading.problems.map((problem) => problem.code)).toEqual([outcome]);
  });

  test('prints by console is heard all the same', async () => {
    expect((await readOne('logs')).outcome).toBe('present');
  });

  test('speaks for another probe is given its own name', async () => {
    expect((await readOne('impostor')).probe).toBe('impostor');
  });
});

test('the good ones answer beside the bad ones, and the slowest alone decides how long it takes', async () => {
  const spawn = spawnNodeWorker({ workerEntry: misbehavingWorker, nodePath: process.execPath });
  const heard: string[] = [];
  const started = performance.now();
  const readings = await supervise({
    spawn,
    jobs: jobs('good', 'endless', 'silent', 'aborts', 'floods'),
    signal: AbortSignal.timeout(30_000),
    onReading: (reading) => heard.push(reading.probe),
  });
  expect(readings.map((reading) => reading.outcome)).toEqual(['present', 'timeout', 'timeout', 'crashed', 'nonsense']);
  expect(heard.toSorted()).toEqual(['aborts', 'endless', 'floods', 'good', 'silent']);
  // Two limits one after the other would take 4 s.
  expect(performance.now() - started).toBeLessThan(3900);
}, 20_000);

test('a worker whose supervisor is gone ends itself after its limit', async () => {
  const child = spawnChild(process.execPath, [misbehavingWorker, '--probe=endless', '--limit=300'], {
    stdio: 'ignore',
  });
  const started = performance.now();
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  expect(performance.now() - started).toBeGreaterThan(1300);
}, 20_000);

describe('cancelling', () => {
  test('ends all workers, and what they started, within a second', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = scratch;
    const spawn = spawnNodeWorker({ workerEntry: misbehavingWorker, nodePath: process.execPath });
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    const stop = new AbortController();
    const running = supervise({
      spawn,
      jobs: [...jobs('endless', 'parent')].map((job) => ({ ...job, limitMs: 60_000 })),
      signal: stop.signal,
    });
    const child = await waitForNumber(join(scratch, 'child.pid'));
    expect(isRunning(child)).toBe(true);
    const started = performance.now();
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    for (let tries = 0; isRunning(child) && tries < 50; tries += 1) await sleep(20);
    expect(isRunning(child)).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  }, 20_000);

  test('before the start starts nothing', async () => {
    let started = 0;
    const spawn = async () => {
      started += 1;
      return { how: 'cancelled' as const };
    };
    await expect(supervise({ spawn, jobs: jobs('good'), signal: AbortSignal.abort() })).rejects.toThrow();
    expect(started).toBe(0);
  });
});

test('a worker that cannot be started has a sentence', async () => {
  const spawn = spawnNodeWorker({ workerEntry, nodePath: '/no/such/node' });
  const [reading] = await supervise({ spawn, jobs: jobs('host-dmi'), signal: AbortSignal.timeout(10_000) });
  expect(reading?.outcome).toBe('failed');
  expect(reading?.sentence).toBe('The worker for host-dmi could not be started: spawn /no/such/node ENOENT.');
});

describe('discover', () => {
  test('answers for every probe of the registry on the machine it runs on', async () => {
    const heard: Reading[] = [];
    const readings = await discover({
      workerEntry,
      signal: AbortSignal.timeout(60_000),
      onReading: (reading) => heard.push(reading),
    });
    expect(readings.map((reading) => reading.probe)).toEqual(probes.map((probe) => probe.id));
    expect(heard).toHaveLength(readings.length);
    for (const reading of readings) {
      expect(['present', 'absent', 'denied', 'failed'], `${reading.probe}: ${reading.sentence}`).toContain(
        reading.outcome,
      );
      if (reading.outcome !== 'present') expect(reading.sentence).toMatch(/\.$/);
      expect(reading.recording).toBeUndefined();
    }
    const host = readings.find((reading) => reading.probe === 'host-systeminformation')?.devices[0];
    expect(host?.observations.map((entry) => entry.name)).toEqual(
      expect.arrayContaining(['cpu-threads', 'memory-total', 'kernel']),
    );
  }, 60_000);

  test('works the same from a bundle', async () => {
    const bundle = join(repository, '.cache/bundled-probe-worker/worker.mjs');
    await build({
      entryPoints: [workerEntry],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['koffi'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: 'silent',
    });
    const signal = AbortSignal.timeout(30_000);
    const source = await discover({ workerEntry, signal });
    const bundled = await discover({ workerEntry: bundle, signal });
    const outcomes = (readings: Reading[]) =>
      readings.map((reading) => [reading.probe, reading.outcome, reading.sentence]);
    expect(outcomes(bundled)).toEqual(outcomes(source));
  }, 60_000);

  test('runs only what it is asked for, and refuses a name nobody has', async () => {
    const signal = AbortSignal.timeout(30_000);
    const [reading, ...others] = await discover({ workerEntry, only: ['host-dmi'], signal });
    expect(reading?.probe).toBe('host-dmi');
    expect(others).toEqual([]);
    await expect(discover({ workerEntry, only: ['gpu-astrology'], signal })).rejects.toThrow(UnknownProbe);
  });

  test('replays a recording, marked with its hash', async () => {
    const path = join(repository, 'native-probes/gpu/nvidia-smi/fixtures/xml/telegraf-a100-sxm4-v12.xml');
    const readings = await discover({ workerEntry, practice: { path }, signal: AbortSignal.timeout(30_000) });
    expect(readings.map((reading) => reading.probe)).toEqual(['nvidia-smi', 'host-recording']);
    expect(readings[0]?.devices[0]?.name).toBe('NVIDIA A100-SXM4-80GB');
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
    for (const reading of readings) expect(reading.recording).toBe(hash);
  });

  test('refuses what is no recording with its own error', async () => {
    const practice = { path: join(repository, 'package.json') };
    const failing = discover({ workerEntry, practice, signal: AbortSignal.timeout(30_000) });
    await expect(failing).rejects.toThrow(PracticeUnreadable);
    await expect(failing).rejects.toThrow('its content is of no kind this program knows');
  });
});

async function waitForNumber(path: string): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    try {
      const number = Number(readFileSync(path, 'utf8'));
      if (number > 0) return number;
    } catch {
      // Not written yet.
    }
    await sleep(25);
  }
  throw new Error(`${path} was never written`);
}
