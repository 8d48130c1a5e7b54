/** The CUDA probe in a supervised worker, over a library in C that plays eight H100 (compiled here). */
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { DeviceReading, Reading } from '#probes/contract.ts';
import { compileStub } from '#probes/ffi/stub/compile.ts';
import { sceneNames, scenes, stubPath, stubSource } from '#probes/gpu/nvidia-cuda/stub/scenes.ts';
import { needed } from '#probes/stub/needed.ts';
import { supervise } from './supervise.ts';
import { spawnNodeWorker } from './worker-process.ts';

// Each test starts processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const worker = join(import.meta.dirname, '../../../native-probes/gpu/nvidia-cuda/stub/stub-worker.ts');
const compiler = needed(['cc', 'gcc', 'clang'], 'the CUDA probe over a stub library is tried');

async function readScene(id: string, limitMs = 10_000): Promise<Reading> {
  const spawn = spawnNodeWorker({ workerEntry: worker, nodePath: process.execPath });
  const jobs = [{ id, arguments: [`--probe=${id}`], limitMs }];
  const [reading] = await supervise({ spawn, jobs, signal: AbortSignal.timeout(30_000) });
  return reading!;
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe.skipIf(!compiler)('CUDA', () => {
  beforeAll(() => {
    for (const scene of sceneNames) compileStub(compiler!, stubSource, stubPath(scene), ...scenes[scene]);
  }, 60_000);

  test('eight healthy GPUs give what NVML is held against', async () => {
    const reading = await readScene('stub-healthy');
    expect(reading).toMatchObject({ outcome: 'present', problems: [] });
    expect(reading.devices.map((device) => device.locator)).toEqual(
      ['18', '2a', '3a', '5d', '9a', 'ab', 'ba', 'db'].map((bus) => `0000:${bus}:00.0`),
    );
    const [first] = reading.devices;
    expect(first?.problems).toEqual([]);
    expect(first?.identity).toEqual([
      { scheme: 'gpu-uuid', value: 'GPU-b42dd28e-ffdd-8720-1df0-98bd8cdc05b1', trust: 'host' },
    ]);
    expect(facts(first)).toEqual({
      maker: 'NVIDIA Corporation',
      model: 'NVIDIA H100 80GB HBM3',
      uuid: 'GPU-b42dd28e-ffdd-8720-1df0-98bd8cdc05b1',
      'pci-address': '0000:18:00.0',
      'memory-usable': 81008 * 1_048_576,
      multiprocessors: 132,
      'l2-cache': 50 * 1_048_576,
      'compute-capability': '9.0',
      ecc: true,
      integrated: false,
      'memory-bus-width': 5120,
      'clock-sm-max': 1_980_000_000,
      'clock-memory-max': 2_619_000_000,
      'cuda-version': '12.8',
    });
  });

  test('of a GPU that is split, the one instance CUDA sees does not stand for the whole', async () => {
    const [last] = (await readScene('stub-sliced')).devices.slice(-1);
    expect(last?.identity).toEqual([]);
    expect(facts(last)).toMatchObject({ mig: true, model: 'NVIDIA H100 80GB HBM3', 'compute-capability': '9.0' });
    for (const name of ['uuid', 'memory-usable', 'multiprocessors']) expect(facts(last)).not.toHaveProperty([name]);
    expect(last?.problems.map((problem) => problem.field)).toEqual(['mig']);
  });

  test('it never returns, and ends with the limit', async () => {
    const reading = await readScene('stub-stuck', 1500);
    expect(reading.outcome).toBe('timeout');
  });

  test.each([
    ['stub-none', 'absent', /^The driver sees no device/],
    ['stub-mismatch', 'failed', /are of different versions; restart the machine/],
    ['stub-missing', 'absent', /^The CUDA driver is not installed: there is no libcuda\.so\.1/],
    ['stub-no-library', 'failed', /^The CUDA driver library is there and cannot be loaded: /],
    ['stub-old', 'failed', /has no cuDeviceGetCount; install a newer driver/],
  ])('%s is %s', async (id, outcome, sentence) => {
    const reading = await readScene(id);
    expect(reading.outcome).toBe(outcome);
    expect(reading.sentence).toMatch(sentence);
    expect(reading.devices).toEqual([]);
  });
});
