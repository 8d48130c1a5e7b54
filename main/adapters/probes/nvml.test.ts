/**
 * The NVML probe in a supervised worker, over a library in C that plays eight H100 in every state (compiled here;
 * skipped where there is no C compiler).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { DeviceReading, Reading } from '#probes/contract.ts';
import { openLibrary } from '#probes/ffi/library.ts';
import { compileStub } from '#probes/ffi/stub/compile.ts';
import { scenes, stubFolder, stubPath } from '#probes/gpu/nvidia-nvml/stub/scenes.ts';
import { readSmiLog } from '#probes/gpu/nvidia-smi/parse.ts';
import { parseSmiText } from '#probes/gpu/nvidia-smi/text.ts';
import { needed } from '#probes/stub/needed.ts';
import { supervise } from './supervise.ts';
import { spawnNodeWorker } from './worker-process.ts';

// Each test starts processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const probesFolder = join(import.meta.dirname, '../../../native-probes');
const worker = join(probesFolder, 'gpu/nvidia-nvml/stub/stub-worker.ts');
const compiler = needed(['cc', 'gcc', 'clang'], 'the NVML probe over a stub library is tried');

async function readScene(id: string, limitMs = 10_000): Promise<Reading> {
  const spawn = spawnNodeWorker({ workerEntry: worker, nodePath: process.execPath });
  const jobs = [{ id, arguments: [`--probe=${id}`], limitMs }];
  const [reading] = await supervise({ spawn, jobs, signal: AbortSignal.timeout(30_000) });
  return reading!;
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

function problemOf(device: DeviceReading | undefined, field: string) {
  return device?.problems.find((problem) => problem.field === field);
}

describe.skipIf(!compiler)('NVML', () => {
  beforeAll(() => {
    const source = join(probesFolder, 'gpu/nvidia-nvml/stub/stub-nvml.c');
    for (const scene of scenes) compileStub(compiler!, source, stubPath(scene), `SCENE=${scene}`);
  }, 60_000);

  test('eight healthy GPUs give all their facts', async () => {
    const reading = await readScene('stub-healthy');
    expect(reading).toMatchObject({ probe: 'stub-healthy', outcome: 'present', problems: [] });
    expect(reading.devices).toHaveLength(8);
    const [first, second] = reading.devices;
    expect(first?.identity).toEqual([
      { scheme: 'gpu-uuid', value: 'GPU-b42dd28e-ffdd-8720-1df0-98bd8cdc05b1', trust: 'host' },
      { scheme: 'part-and-serial', value: 'nvidia:692-2G520-0200-000:1654423001593', trust: 'host' },
    ]);
    expect(facts(first)).toMatchObject({
      'pci-address': '0000:18:00.0',
      'pci-device-id': '10de:2330',
      'pci-subsystem-id': '10de:16c1',
      'memory-total': 81559 * 1_048_576,
      'memory-used': 1_048_576,
      ecc: true,
      mig: false,
      'compute-capability': '9.0',
      architecture: 'Hopper',
      'power-draw': 100.89,
      'power-limit': 700,
      'power-limit-min': 200,
      'power-limit-max': 700,
      'clock-sm-max': 1_980_000_000,
      'clock-memory-max': 2_619_000_000,
      'energy-since-load': 123_456.789,
      'ecc-corrected-lifetime': 12,
      'ecc-uncorrected-lifetime': 0,
      'pages-retired-single-bit': 2,
      'pages-retired-double-bit': 0,
      'rows-remapped-corrected': 1,
      'rows-remapped-pending': false,
      'throttle-reasons': 'idle, software power cap',
      'device-identifier': '0x1122334455667700',
      'driver-version': '565.57.01',
      'cuda-version': '12.7',
    });
    expect(facts(second)['rows-remapped-pending']).toBe(true);
    expect(facts(reading.devices[7])).toMatchObject({ mig: true, 'mig-instances': 3 });
  });

  test('what it does not offer is a problem with words, never a zero', async () => {
    const [first] = (await readScene('stub-healthy')).devices;
    expect(facts(first)).not.toHaveProperty('fan-speed');
    expect(problemOf(first, 'fan-speed')).toEqual({
      code: 'unsupported',
      field: 'fan-speed',
      sentence: 'fan-speed is not known: this GPU does not offer it.',
      raw: 'NVML 3',
    });
    expect(facts(first)).not.toHaveProperty('pci-width-max');
    expect(problemOf(first, 'pci-width-max')?.sentence).toBe('pci-width-max is not known: the driver has no value.');
    expect(problemOf(first, 'utilization')?.sentence).toBe(
      'utilization is not known: this version of the driver cannot tell.',
    );
  });

  test('it agrees with nvidia-smi of the same machine on name, UUID, serial number and memory', async () => {
    const text = readFileSync(join(probesFolder, 'gpu/nvidia-smi/fixtures/text/thamada-H100SXMx8.txt'), 'utf8');
    const recorded = readSmiLog(parseSmiText(text)).devices;
    const { devices } = await readScene('stub-healthy');
    const names = [
      'model',
      'uuid',
      'serial',
      'part-number',
      'memory-total',
      'pci-device-id',
      'pci-subsystem-id',
      'driver-version',
    ];
    const pick = (device: DeviceReading) => [device.locator, ...names.map((name) => facts(device)[name])];
    expect(devices.map(pick)).toEqual(recorded.map(pick));
    expect(devices.map((device) => device.identity)).toEqual(recorded.map((device) => device.identity));
  });

  test('links, fabric, ways to the other GPUs, instances and the numbers of newer drivers', async () => {
    const { devices } = await readScene('stub-healthy');
    expect(facts(devices[0])).toMatchObject({
      'nvlink-links': 18,
      'nvlink-active': 18,
      'nvlink-version': '4.0',
      'nvlink-speed': 26_562_000_000,
      'nvlink-to': 'NVSwitch',
      'nvlink-errors': 54,
      'fabric-state': 'completed',
      'fabric-status': 'success',
      'fabric-clique': 0,
      'fabric-degraded': false,
      'chassis-serial': '1820325191',
      'chassis-slot': 3,
      'chassis-tray': 1,
      module: 1,
      'peer.0000:2a:00.path': 'NUMA node (NODE)',
      'peer.0000:db:00.path': 'between NUMA nodes (SYS)',
      'temperature-memory': 45,
      'power-draw-average': 99.5,
      'recovery-action': 'none',
      'row-banks': 640,
      'row-banks-exhausted': 0,
      'ecc-uncorrected-since-load': 0,
      'compute-mode': 'default',
      'multi-gpu-board': false,
      'device-file': '/dev/nvidia0',
      'gsp-firmware': '565.57.01',
      'confidential-compute': 'off',
      'confidential-compute-capable': true,
    });
    expect(facts(devices[0])).not.toHaveProperty('fabric-cluster');
    expect(Object.keys(facts(devices[0])).filter((name) => name.startsWith('peer.'))).toHaveLength(7);
    expect(facts(devices[7])).toMatchObject({
      'mig-instances': 3,
      'mig.0.profile': '1g.10gb',
      'mig.2.memory': 9984 * 1_048_576,
      'mig.1.multiprocessors': 16,
    });
    expect(JSON.stringify(devices)).not.toContain('MIG-');
  });

  test('a link that is down, a fabric not joined, a reset asked for, memory errors, confidential computing', async () => {
    const { devices } = await readScene('stub-troubled');
    expect(facts(devices[1])).toMatchObject({ 'nvlink-active': 17, 'fabric-state': 'in progress' });
    expect(problemOf(devices[1], 'nvlink-active')?.sentence).toMatch(/^1 of 18 NVLink links are down/);
    expect(facts(devices[1])).not.toHaveProperty('fabric-status');
    expect(facts(devices[2])['recovery-action']).toBe('reset the GPU');
    expect(facts(devices[4])['ecc-uncorrected-since-load']).toBe(2);
    expect(facts(devices[0])['confidential-compute']).toBe('on');
  });

  test('a GPU without a handle and one lost on the way leave the other six whole', async () => {
    const reading = await readScene('stub-lost');
    expect(reading.outcome).toBe('present');
    expect(reading.problems).toEqual([
      {
        code: 'lost',
        sentence:
          'GPU number 3 of 8 does not answer: the GPU has fallen off the bus; restart the machine, and reseat the card if it comes back.',
        raw: 'nvmlDeviceGetHandleByIndex_v2(3): 15',
      },
    ]);
    expect(reading.devices).toHaveLength(7);
    const lost = reading.devices.find((device) => device.locator === '0000:ab:00.0');
    expect(lost?.problems.map((problem) => problem.code)).toContain('lost');
    expect(lost?.problems.at(-1)?.sentence).toMatch(/^GPU 5 at 0000:ab:00\.0 stopped answering: .+\.$/);
    expect(facts(lost)).not.toHaveProperty('memory-total');
    const whole = reading.devices.filter((device) => device !== lost);
    for (const device of whole) expect(facts(device)['memory-total']).toBe(81559 * 1_048_576);
  });

  test('a call that never returns ends with the limit', async () => {
    const started = performance.now();
    const reading = await readScene('stub-hanging', 1500);
    expect(reading.outcome).toBe('timeout');
    expect(reading.sentence).toBe('stub-hanging did not answer within 1.5 s and was ended; its facts are missing.');
    expect(performance.now() - started).toBeLessThan(2500);
  });

  test('a fault in memory takes the worker and nothing else', async () => {
    const reading = await readScene('stub-fault');
    expect(reading.outcome).toBe('crashed');
    expect(reading.sentence).toMatch(/^The worker of stub-fault was ended by a fault in memory \(SIGSEGV\)/);
  });

  test.each([
    [
      'stub-mismatch',
      'failed',
      /the NVIDIA driver was updated while its old version still runs; restart the machine\.$/,
    ],
    ['stub-denied', 'denied', /this user may not ask; run as root/],
    ['stub-overrun', 'failed', /another layout than this program knows \(nvmlDeviceGetPciInfo_v3 wrote past/],
    ['stub-missing', 'absent', /^The NVIDIA driver is not installed: there is no libnvidia-ml\.so\.1/],
    ['stub-no-library', 'failed', /^The NVIDIA library is there and cannot be loaded: /],
  ])('%s is %s', async (id, outcome, sentence) => {
    const reading = await readScene(id);
    expect(reading.outcome).toBe(outcome);
    expect(reading.sentence).toMatch(sentence);
    expect(reading.devices).toEqual([]);
  });

  test('a library that lacks another one is broken, not missing', async () => {
    const source = (name: string, text: string) => {
      writeFileSync(join(stubFolder, name), text);
      return join(stubFolder, name);
    };
    const needed = join(stubFolder, 'libneeded.so');
    execFileSync(compiler!, ['-shared', '-fPIC', '-o', needed, source('needed.c', 'int needed(void) { return 1; }')]);
    const incomplete = join(stubFolder, 'incomplete.so');
    const user = source('user.c', 'int needed(void); int nvmlInit_v2(void) { return needed(); }');
    execFileSync(compiler!, ['-shared', '-fPIC', '-o', incomplete, user, `-L${stubFolder}`, '-lneeded']);
    rmSync(needed);
    expect(await openLibrary([incomplete])).toMatchObject({
      state: 'broken',
      reason: expect.stringContaining('libneeded.so'),
    });
    expect((await openLibrary(['libgaib-no-such.so.1', '/no/such.so'])).state).toBe('missing');
  });

  test('a name that is no UTF-8 and a memory that cannot be cost themselves alone', async () => {
    const [first] = (await readScene('stub-garbled')).devices;
    expect(first?.name).toBe('NVIDIA GPU 0');
    expect(problemOf(first, 'model')?.code).toBe('nonsense');
    expect(facts(first)).not.toHaveProperty('memory-total');
    expect(problemOf(first, 'memory-total')?.sentence).toMatch(/which cannot be: left out\.$/);
    expect(first?.identity).toHaveLength(2);
  });

  test('an old driver is asked by its older names', async () => {
    const [first] = (await readScene('stub-old')).devices;
    expect(facts(first)).toMatchObject({ 'memory-total': 81559 * 1_048_576, 'memory-used': 552 * 1_048_576 });
    for (const name of ['nvlink-links', 'fabric-state', 'recovery-action', 'confidential-compute', 'row-banks'])
      expect(facts(first)).not.toHaveProperty([name]);
    expect(problemOf(first, 'device-identifier')?.sentence).toBe(
      'device-identifier is not known: this version of the driver cannot tell.',
    );
  });
});
