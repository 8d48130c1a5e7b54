/** AMD and Intel GPUs from the kernel's files: a recorded machine, and folders laid out as the drivers do. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceReading } from '../contract.ts';
import { currentClock, highestClock, readCompute } from './amdgpu/parse.ts';
import { amdgpuProbe } from './amdgpu/probe.ts';
import { intelDrmProbe } from './intel-drm/probe.ts';

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

async function machine(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'gaib-drm-'));
  roots.push(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    if (content.startsWith('-> ')) await symlink(content.slice(3), path);
    else await writeFile(path, `${content}\n`);
  }
  return { root, signal: new AbortController().signal };
}
const facts = (device: DeviceReading | undefined): Record<string, unknown> =>
  Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));

const recorded: Record<string, string> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'amdgpu/fixtures/procfs-drm.json'), 'utf8'),
);

const card = (driver: string, id: string, address: string) =>
  `DRIVER=${driver}\nPCI_CLASS=30000\nPCI_ID=${id}\nPCI_SUBSYS_ID=1002:0C34\nPCI_SLOT_NAME=${address}`;

describe('amdgpu', () => {
  test('the recorded Vega 56: its number is a placeholder, its board has none', async () => {
    const { devices } = await amdgpuProbe.probe(await machine(recorded));
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ name: 'AMD GPU 1002:687f', locator: '0000:09:00.0', identity: [] });
    expect(facts(devices[0])).toMatchObject({
      'pci-device-id': '1002:687f',
      'pci-subsystem-id': '1043:04c4',
      'memory-total': 8_573_157_376,
      'memory-used': 1_490_378_752,
      'memory-maker': 'samsung',
      vbios: '115-D050PIL-100',
      'clock-graphics': 852e6,
      'clock-graphics-max': 1630e6,
      'clock-memory-max': 945e6,
      'pci-generation': 3,
      'pci-width-max': 16,
      utilization: 4,
    });
    for (const name of ['serial', 'part-number', 'device-identifier', 'model'])
      expect(facts(devices[0]), name).not.toHaveProperty([name]);
    expect(devices[0]?.problems.map(({ code, field }) => [code, field])).toEqual([
      ['placeholder', 'device-identifier'],
    ]);
  });

  test('a server card with its sensors and its compute node', async () => {
    const device = 'sys/class/drm/card1/device';
    const { devices } = await amdgpuProbe.probe(
      await machine({
        [`${device}/uevent`]: card('amdgpu', '1002:740F', '0000:63:00.0'),
        [`${device}/unique_id`]: '2f048617326b1ea7',
        [`${device}/product_name`]: 'AMD Instinct MI210',
        [`${device}/product_number`]: '102-D67301-00',
        [`${device}/serial_number`]: '692231000131',
        [`${device}/hwmon/hwmon3/power1_average`]: '41000000',
        [`${device}/hwmon/hwmon3/power1_cap`]: '300000000',
        [`${device}/hwmon/hwmon3/temp1_label`]: 'edge',
        [`${device}/hwmon/hwmon3/temp1_input`]: '36500',
        [`${device}/hwmon/hwmon3/temp3_label`]: 'mem',
        [`${device}/hwmon/hwmon3/temp3_input`]: '35000',
        'sys/class/kfd/kfd/topology/nodes/0/properties': 'cpu_cores_count 64\nsimd_count 0\nlocation_id 0',
        'sys/class/kfd/kfd/topology/nodes/1/properties':
          'simd_count 416\nsimd_per_cu 4\ngfx_target_version 90010\nlocation_id 25344\ndomain 0\nunique_id 1',
        'sys/module/amdgpu/version': '6.7.0',
      }),
    );
    expect(devices[0]?.identity.map(({ scheme, value }) => `${scheme} ${value}`)).toEqual([
      'gpu-uuid amd:0x2f048617326b1ea7',
      'part-and-serial amd:102-D67301-00:692231000131',
    ]);
    expect(facts(devices[0])).toMatchObject({
      model: 'AMD Instinct MI210',
      'power-draw-average': 41,
      'power-limit': 300,
      temperature: 36.5,
      'temperature-memory': 35,
      multiprocessors: 104,
      architecture: 'gfx90a',
      'driver-version': '6.7.0',
    });
  });

  test('connectors, other drivers and a machine without cards', async () => {
    const answer = await amdgpuProbe.probe(
      await machine({
        'sys/class/drm/card0-DP-1/status': 'connected',
        'sys/class/drm/card0/device/uevent': card('nouveau', '10DE:2204', '0000:01:00.0'),
      }),
    );
    expect(answer).toMatchObject({ outcome: 'absent', devices: [] });
    expect((await amdgpuProbe.probe({ root: '/no/such', signal: new AbortController().signal })).outcome).toBe(
      'absent',
    );
  });

  test.each([
    [
      'simd_count 1216\nsimd_per_cu 4\ngfx_target_version 90402\nlocation_id 9728\ndomain 0',
      '0000:26:00.0',
      304,
      'gfx942',
    ],
    ['simd_count 80\nsimd_per_cu 2\ngfx_target_version 100301\nlocation_id 1792', '0000:07:00.0', 40, 'gfx1031'],
  ])('compute node %#', (text, address, units, target) => {
    expect(readCompute(text)).toEqual({ address, units, target });
  });

  test('any text of levels or of a node gives a number or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const value of [currentClock(text), highestClock(text)])
          expect(value === undefined || Number.isFinite(value)).toBe(true);
        readCompute(text);
      }),
    );
  });
});

describe('Intel', () => {
  test('the recorded processor graphics: part of the processor, without a name of its own', async () => {
    const { devices } = await intelDrmProbe.probe(await machine(recorded));
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ locator: '0000:00:02.0', identity: [] });
    expect(facts(devices[0])).toMatchObject({ 'pci-device-id': '8086:5917', integrated: true, 'pci-driver': 'i915' });
  });

  test('a card under xe, with memory, clocks and sensors', async () => {
    const device = 'sys/class/drm/card0/device';
    const { devices } = await intelDrmProbe.probe(
      await machine({
        [`${device}/uevent`]: card('xe', '8086:E20B', '0000:03:00.0'),
        [`${device}/tile0/physical_vram_size_bytes`]: '12884901888',
        [`${device}/tile0/gt0/freq0/act_freq`]: '400',
        [`${device}/tile0/gt0/freq0/rp0_freq`]: '2850',
        [`${device}/hwmon/hwmon2/power1_cap`]: '190000000',
        [`${device}/hwmon/hwmon2/temp2_label`]: 'pkg',
        [`${device}/hwmon/hwmon2/temp2_input`]: '41000',
      }),
    );
    expect(facts(devices[0])).toMatchObject({
      integrated: false,
      'memory-total': 12_884_901_888,
      'clock-graphics': 400e6,
      'clock-graphics-max': 2850e6,
      'power-limit': 190,
      temperature: 41,
    });
  });
});
