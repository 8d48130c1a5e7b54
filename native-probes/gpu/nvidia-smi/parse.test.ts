/** Every recorded log against the facts a person read in it. The figures here were typed from the files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { readSmiLog } from './parse.ts';
import { parseSmiText } from './text.ts';
import { parseSmiXml } from './tree.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const MiB = 1_048_576;
const MHz = 1e6;

function facts(device: DeviceReading): Record<string, unknown> {
  return Object.fromEntries(device.observations.map((entry) => [entry.name, entry.value]));
}

/** What a person reads in the file: facts that are there, and facts that must not be. */
interface Expected {
  name: string;
  locator: string;
  identity: string[];
  facts: Record<string, unknown>;
  absent: string[];
}

const xml: Record<string, Expected> = {
  'e7d-sample.xml': {
    name: 'NVIDIA GeForce RTX 3080',
    locator: '0000:2d:00.0',
    identity: ['gpu-uuid GPU-d1e7df6a-33ce-6908-4718-9114ba7cae1f'],
    facts: {
      'pci-device-id': '10de:2206',
      'pci-subsystem-id': '1462:3897',
      'driver-version': '535.54.03',
      'memory-total': 10240 * MiB,
      'memory-used': 1045 * MiB,
      'power-draw': 33.73,
      'power-limit-max': 430,
      'clock-graphics-max': 2130 * MHz,
      'pci-generation': 1,
      'pci-generation-max': 4,
      utilization: 21,
      'throttle-reasons': 'idle',
    },
    absent: ['serial', 'part-number', 'ecc', 'mig', 'temperature-memory'],
  },
  'netdata-rtx-2080-win.xml': {
    name: 'NVIDIA GeForce RTX 2080',
    locator: '0000:0a:00.0',
    identity: ['gpu-uuid GPU-fbd55ed4-1eec-4423-0a47-ad594b4333e3'],
    facts: {
      architecture: 'Turing',
      'pci-device-id': '10de:1e87',
      'pci-subsystem-id': '1458:37af',
      'power-draw': 14.5,
      'power-limit': 275,
      'power-limit-max': 350,
      'pci-width': 8,
      'pci-width-max': 16,
      'memory-total': 8192 * MiB,
      'clock-memory-max': 7560 * MHz,
      'temperature-shutdown': 100,
    },
    absent: ['serial', 'persistence-mode', 'ecc'],
  },
  'netdata-rtx-4090-driver-535.xml': {
    name: 'NVIDIA GeForce RTX 4090',
    locator: '0000:84:00.0',
    identity: ['gpu-uuid GPU-71d1acc2-662d-2166-bf9f-65272d2fc437'],
    facts: {
      'memory-total': 24564 * MiB,
      'memory-used': 2 * MiB,
      ecc: false,
      'power-limit-min': 10,
      'power-limit-max': 600,
      'rows-remapped-corrected': 0,
      'rows-remapped-failed': false,
      'persistence-mode': true,
      'pci-generation-max': 3,
    },
    absent: ['serial', 'mig', 'temperature-shutdown'],
  },
  'netdata-rtx-pro-6000-driver-580.xml': {
    name: 'NVIDIA RTX PRO 6000 Blackwell',
    locator: '0000:01:00.0',
    identity: ['gpu-uuid GPU-11111111-2222-3333-4444-555555555555'],
    facts: { 'power-draw': 66.84, temperature: 37, 'fan-speed': 40, 'performance-state': 'P8' },
    absent: ['power-draw-average', 'memory-total', 'driver-version', 'power-limit'],
  },
  'telegraf-a100-sxm4-v12.xml': {
    name: 'NVIDIA A100-SXM4-80GB',
    locator: '0000:01:00.0',
    identity: [
      'gpu-uuid GPU-513536b6-7d19-9063-b049-1e69664bb298',
      'part-and-serial nvidia:692-2G506-0212-002:1650522003820',
    ],
    facts: {
      mig: true,
      'mig-instances': 4,
      'memory-total': 81920 * MiB,
      'memory-used': 50 * MiB,
      ecc: true,
      'power-draw': 67.03,
      'power-limit-default': 500,
      'temperature-memory': 44,
      'ecc-uncorrected-lifetime': 0,
      'throttle-reasons': 'none',
      'driver-version': '535.54.03',
      'cuda-version': '12.2',
    },
    absent: ['utilization', 'fan-speed', 'rows-remapped-corrected', 'fabric-state'],
  },
  'telegraf-gtx-1070-ti.xml': {
    name: 'GeForce GTX 1070 Ti',
    locator: '0000:01:00.0',
    identity: ['gpu-uuid GPU-f9ba66fc-a7f5-94c5-da19-019ef2f9c665'],
    facts: {
      'memory-total': 4096 * MiB,
      'fan-speed': 100,
      temperature: 39,
      'pci-generation': 1,
      'clock-sm': 135 * MHz,
    },
    absent: ['power-draw', 'serial', 'pci-device-id', 'driver-version', 'ecc'],
  },
  'telegraf-gtx-1660-ti.xml': {
    name: 'Graphics Device',
    locator: '0000:43:00.0',
    identity: ['gpu-uuid GPU-304a277d-3545-63b8-3a36-dfde3c992989'],
    facts: {
      'pci-device-id': '10de:2184',
      'memory-total': 5912 * MiB,
      'power-draw': 8.93,
      'power-limit-min': 70,
      'driver-version': '418.43',
      'cuda-version': '10.1',
    },
    absent: ['architecture', 'serial', 'mig', 'memory-reserved'],
  },
  'telegraf-quadro-p2000-v12.xml': {
    name: 'Quadro P2000',
    locator: '0000:17:00.0',
    identity: [
      'gpu-uuid GPU-396caaed-39ca-3199-2e68-717cdb786ec6',
      'part-and-serial nvidia:900-5G410-0100-000:0322218049033',
    ],
    facts: {
      serial: '0322218049033',
      'pci-subsystem-id': '1028:11b3',
      'memory-total': 5120 * MiB,
      'power-draw': 4.61,
      'power-limit-max': 75,
      'pci-width': 8,
      'fan-speed': 46,
      'persistence-mode': true,
    },
    absent: ['ecc-corrected-lifetime', 'ecc', 'mig'],
  },
  'telegraf-quadro-p400.xml': {
    name: 'Quadro P400',
    locator: '0000:43:00.0',
    identity: [
      'gpu-uuid GPU-8f750be4-dfbc-23b9-b33f-da729a536494',
      'part-and-serial nvidia:900-5G212-1701-000:0424418054852',
    ],
    facts: { serial: '0424418054852', 'memory-total': 1998 * MiB, 'clock-graphics-max': 1252 * MHz, 'fan-speed': 34 },
    absent: ['power-draw', 'power-limit', 'power-limit-max', 'ecc'],
  },
  'telegraf-rtx-3060-v12.xml': {
    name: 'NVIDIA GeForce RTX 3060',
    locator: '0000:2d:00.0',
    identity: ['gpu-uuid GPU-d6889ff6-2523-9142-ca3c-1ca3f396a625'],
    facts: {
      'power-draw': 11.63,
      'power-draw-average': 11.6,
      'power-limit': 170,
      'power-limit-max': 190,
      'memory-total': 12288 * MiB,
      'pci-subsystem-id': '3842:3658',
    },
    absent: ['ecc', 'serial', 'part-number'],
  },
  'telegraf-rtx-3080-v12.xml': {
    name: 'NVIDIA GeForce RTX 3080',
    locator: '0000:04:00.0',
    identity: ['gpu-uuid GPU-19d6d965-2acc-f646-00f8-4c76979aabb4'],
    facts: {
      'power-draw': 22.78,
      'power-limit': 336,
      'power-limit-default': 320,
      'virtualization-mode': 'passthrough',
      'memory-used': 1128 * MiB,
    },
    absent: ['persistence-mode', 'serial'],
  },
  'telegraf-rtx-3080-v13.xml': {
    name: 'NVIDIA GeForce RTX 3080',
    locator: '0000:0c:00.0',
    identity: ['gpu-uuid GPU-19d6d965-2acc-f646-00f8-4c76979aabb4'],
    facts: {
      'device-identifier': '0xb10cbc14dec8c521',
      'power-draw': 142.33,
      'power-draw-average': 139.62,
      'memory-used': 9184 * MiB,
      utilization: 65,
      'driver-version': '595.58.03',
      'cuda-version': '13.2',
    },
    absent: ['serial', 'part-number'],
  },
  'telegraf-rtx-3090-v12.xml': {
    name: 'NVIDIA GeForce RTX 3090',
    locator: '0000:00:10.0',
    identity: ['gpu-uuid GPU-12345678-aaaa-bbbb-cccc-0123456789ab'],
    facts: { 'power-limit': 200, 'power-limit-default': 350, 'clock-graphics': 0, 'memory-total': 24576 * MiB },
    absent: ['pci-device-id', 'pci-subsystem-id', 'inforom-image'],
  },
  'telegraf-tesla-t4.xml': {
    name: 'Tesla T4',
    locator: '0000:00:1e.0',
    identity: ['gpu-uuid GPU-d37e67a5-91dd-3774-a5cb-99096249601a'],
    facts: {
      'part-number': '900-2G183-0000-001',
      ecc: true,
      'pages-retired-single-bit': 0,
      'pages-retired-pending': false,
      'memory-total': 15360 * MiB,
      'power-limit': 70,
      'pci-width': 8,
    },
    absent: ['serial', 'mig', 'fan-speed'],
  },
};

const sections: Record<string, Expected> = {
  'linux-x86_64__nvidia-geforce-rtx-2080-super__610.57.04.txt': {
    name: 'NVIDIA GeForce RTX 2080 SUPER',
    locator: '0000:0c:00.0',
    identity: [],
    facts: {
      'driver-version': '610.57.04',
      'cuda-version': '13.3',
      'device-identifier': '0x7f8dedcec96ce17f',
      'power-limit': 250,
      'power-limit-max': 350,
      'power-draw': 38.89,
      'memory-total': 8192 * MiB,
      'clock-memory-max': 7751 * MHz,
      'fan-speed': 38,
    },
    absent: ['uuid', 'serial', 'part-number', 'power-draw-average', 'ecc-corrected-lifetime'],
  },
  'linux-x86_64__nvidia-geforce-rtx-4080-super__595.71.05.txt': {
    name: 'NVIDIA GeForce RTX 4080 SUPER',
    locator: '0000:01:00.0',
    identity: [],
    facts: {
      'pci-device-id': '10de:2702',
      'power-draw': 27.74,
      'power-limit-max': 400,
      'memory-total': 16376 * MiB,
      'fan-speed': 0,
    },
    absent: ['uuid', 'ecc', 'mig'],
  },
  'linux-x86_64__nvidia-h100-80gb-hbm3__590.48.01.txt': {
    name: 'NVIDIA H100 80GB HBM3',
    locator: '0000:00:09.0',
    identity: [],
    facts: {
      'part-number': '692-2G520-0200-000',
      'pci-subsystem-id': '10de:16c1',
      'memory-total': 81559 * MiB,
      mig: false,
      'power-draw': 69.62,
      'clock-graphics-max': 1980 * MHz,
      'clock-memory-max': 2619 * MHz,
      'rows-remapped-failed': false,
    },
    absent: ['uuid', 'serial', 'fan-speed', 'temperature-shutdown'],
  },
  'linux-x86_64__nvidia-h100-mig__590.48.01.txt': {
    name: 'NVIDIA H100 80GB HBM3',
    locator: '0000:00:09.0',
    identity: [],
    facts: { mig: true, 'mig-instances': 4, 'memory-total': 81559 * MiB, 'power-draw': 72.63 },
    absent: ['utilization', 'uuid', 'rows-remapped-corrected'],
  },
  'linux-x86_64__nvidia-h200-mig__590.48.01.txt': {
    name: 'NVIDIA H200',
    locator: '0000:83:00.0',
    identity: [],
    facts: { mig: true, 'mig-instances': 5, 'memory-total': 143771 * MiB, 'power-draw-average': 78.28 },
    absent: ['utilization', 'uuid'],
  },
  'linux-x86_64__nvidia-h200__590.48.01.txt': {
    name: 'NVIDIA H200',
    locator: '0000:83:00.0',
    identity: [],
    facts: {
      'device-identifier': '0x737bb8d09327f7d9',
      'part-number': '695-2G520-0280-001',
      'pci-device-id': '10de:2335',
      'memory-total': 143771 * MiB,
      'memory-used': 0,
      'power-limit': 700,
      'power-limit-min': 200,
      'virtualization-mode': 'passthrough',
      'fabric-state': 'Completed',
      'throttle-reasons': 'idle',
      'clock-memory-max': 3201 * MHz,
    },
    absent: ['uuid', 'serial', 'mig-instances', 'temperature-slowdown'],
  },
  'linux-x86_64__nvidia-l40s__595.80.txt': {
    name: 'NVIDIA L40S',
    locator: '0000:01:00.0',
    identity: [],
    facts: {
      'memory-total': 46068 * MiB,
      'power-draw': 119.88,
      'power-draw-average': 183.28,
      'power-limit': 350,
      ecc: true,
    },
    absent: ['uuid', 'temperature-memory', 'mig'],
  },
  'windows-x86_64__nvidia-geforce-rtx-2080-super__610.62.txt': {
    name: 'NVIDIA GeForce RTX 2080 SUPER',
    locator: '0000:0c:00.0',
    identity: [],
    facts: {
      'driver-version': '610.62',
      'device-identifier': '0x7f8dedcec96ce17f',
      'memory-used': 797 * MiB,
      'power-draw': 37.21,
    },
    absent: ['uuid', 'persistence-mode'],
  },
};

function check(device: DeviceReading | undefined, expected: Expected): void {
  expect(device?.name).toBe(expected.name);
  expect(device?.locator).toBe(expected.locator);
  expect(device?.identity.map((claim) => `${claim.scheme} ${claim.value}`)).toEqual(expected.identity);
  const found = facts(device!);
  expect(found).toMatchObject(expected.facts);
  for (const name of expected.absent) expect(found, name).not.toHaveProperty([name]);
}

describe('XML', () => {
  test('every recording has its expected facts here', () => {
    expect(readdirSync(join(fixtures, 'xml')).sort()).toEqual(Object.keys(xml).sort());
  });

  test.each(Object.entries(xml))('%s', (file, expected) => {
    const answer = readSmiLog(parseSmiXml(readFileSync(join(fixtures, 'xml', file), 'utf8')));
    expect(answer.outcome).toBe('present');
    expect(answer.devices).toHaveLength(1);
    check(answer.devices[0], expected);
  });

  test('a log that counts more GPUs than it describes says so', () => {
    const answer = readSmiLog(parseSmiXml(readFileSync(join(fixtures, 'xml/telegraf-a100-sxm4-v12.xml'), 'utf8')));
    expect(answer.problems).toEqual([
      {
        code: 'mismatch',
        field: 'attached_gpus',
        sentence: 'nvidia-smi counts 4 GPUs and describes 1: the others are not in its answer.',
      },
    ]);
  });

  test('a share of a GPU is shown and has no identity', () => {
    const log = readFileSync(join(fixtures, 'xml/telegraf-tesla-t4.xml'), 'utf8');
    const shared = log.replace('<virtualization_mode>Pass-Through', '<virtualization_mode>VGPU');
    expect(shared).not.toBe(log);
    const [device] = readSmiLog(parseSmiXml(shared)).devices;
    expect(facts(device!)).toMatchObject({ uuid: 'GPU-d37e67a5-91dd-3774-a5cb-99096249601a' });
    expect(device?.identity).toEqual([]);
    expect(device?.problems.at(-1)?.sentence).toBe(
      'Tesla T4 at 0000:00:1e.0 is a share of a GPU (vGPU): onboard the whole GPU from its host.',
    );
  });

  test('two GPUs in one log are two devices', () => {
    const one = readFileSync(join(fixtures, 'xml/telegraf-tesla-t4.xml'), 'utf8');
    const gpu = /<gpu id[\s\S]*<\/gpu>/.exec(one)?.[0] ?? '';
    const second = gpu.replaceAll('00:1E', '00:1F').replace('GPU-d37e67a5', 'GPU-d37e67a6');
    const answer = readSmiLog(
      parseSmiXml(one.replace(gpu, `${gpu}${second}`).replace('<attached_gpus>1', '<attached_gpus>2')),
    );
    expect(answer.devices.map((device) => device.locator)).toEqual(['0000:00:1e.0', '0000:00:1f.0']);
    expect(answer.problems).toEqual([]);
  });
});

describe('text', () => {
  test('every capture of sections has its expected facts here', () => {
    const captures = readdirSync(join(fixtures, 'sections')).filter((file) => file.includes('x86_64'));
    expect(captures.sort()).toEqual(Object.keys(sections).sort());
  });

  test.each(Object.entries(sections))('%s', (file, expected) => {
    const answer = readSmiLog(parseSmiText(readFileSync(join(fixtures, 'sections', file), 'utf8')));
    expect(answer.devices).toHaveLength(1);
    expect(answer.problems).toEqual([]);
    check(answer.devices[0], expected);
  });

  test('eight H100 keep their eight names apart', () => {
    const answer = readSmiLog(parseSmiText(readFileSync(join(fixtures, 'text/thamada-H100SXMx8.txt'), 'utf8')));
    const buses = ['18', '2a', '3a', '5d', '9a', 'ab', 'ba', 'db'];
    expect(answer.devices.map((device) => device.locator)).toEqual(buses.map((bus) => `0000:${bus}:00.0`));
    expect(new Set(answer.devices.map((device) => facts(device).uuid)).size).toBe(8);
    expect(new Set(answer.devices.map((device) => facts(device).serial)).size).toBe(8);
    expect(facts(answer.devices[7]!)).toMatchObject({
      uuid: 'GPU-33135771-a848-ece1-b61e-489e221d663c',
      'memory-total': 81559 * MiB,
      'driver-version': '565.57.01',
      'power-limit': 700,
    });
  });

  test.each([
    ['thamada-A100SXMx4.txt', 4, 'NVIDIA A100-SXM4-80GB', 81920],
    ['thamada-RTX4090.txt', 8, 'NVIDIA GeForce RTX 4090', 24564],
    ['thamada-L4.txt', 1, 'NVIDIA L4', 23034],
  ])('%s', (file, count, name, memory) => {
    const answer = readSmiLog(parseSmiText(readFileSync(join(fixtures, 'text', file), 'utf8')));
    expect(answer.devices.map((device) => device.name)).toEqual(Array.from({ length: count }, () => name));
    for (const device of answer.devices) {
      expect(facts(device)['memory-total']).toBe(memory * MiB);
      expect(device.identity.some((claim) => claim.scheme === 'gpu-uuid')).toBe(true);
    }
    expect(answer.problems).toEqual([]);
  });
});

test('no recording gives a placeholder as an identity, a value that is no number, or another answer the second time', () => {
  for (const [folder, parse] of [
    ['xml', parseSmiXml],
    ['sections', parseSmiText],
    ['text', parseSmiText],
  ] as const) {
    for (const file of readdirSync(join(fixtures, folder))) {
      if (file.includes('fields') || file.includes('MI300X')) continue;
      const text = readFileSync(join(fixtures, folder, file), 'utf8');
      const answer = readSmiLog(parse(text));
      expect(readSmiLog(parse(text))).toEqual(answer);
      for (const { value } of answer.devices.flatMap((device) => device.observations)) {
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        else if (typeof value === 'string') expect(value).not.toMatch(/N\/A|Not Supported|REDACTED|^$/i);
      }
      for (const claim of answer.devices.flatMap((device) => device.identity))
        expect(claim.value).not.toMatch(/0000000000/);
    }
  }
});
