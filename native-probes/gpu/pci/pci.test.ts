/** The bus: recorded lists of it, and a folder laid out like the kernel's. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { classifyPci } from './classify.ts';
import { isLspci, readLspci } from './lspci.ts';
import { namePciDevice, searchPciIds } from './names.ts';
import { pciProbe } from './probe.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

type Files = Record<string, string>;

/** Lays out functions as /sys/bus/pci/devices shows them; `driver` and `physfn` are links. */
async function machine(functions: Record<string, Files>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'gaib-pci-'));
  roots.push(root);
  for (const [address, files] of Object.entries(functions)) {
    const folder = join(root, 'sys/bus/pci/devices', address);
    await mkdir(folder, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      if (name === 'driver' || name === 'physfn') await symlink(`../../../somewhere/${content}`, join(folder, name));
      else await writeFile(join(folder, name), `${content}\n`);
    }
  }
  return root;
}

const h100: Files = {
  class: '0x030200',
  vendor: '0x10de',
  device: '0x2330',
  subsystem_vendor: '0x10de',
  subsystem_device: '0x16c1',
  current_link_speed: '32.0 GT/s PCIe',
  max_link_speed: '32.0 GT/s PCIe',
  current_link_width: '8',
  max_link_width: '16',
  numa_node: '1',
  driver: 'nvidia',
};

async function look(functions: Record<string, Files>) {
  return pciProbe.probe({ root: await machine(functions), signal: new AbortController().signal });
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('the probe', () => {
  test('gives an accelerator with its link, driver and node', async () => {
    const answer = await look({ '0000:19:00.0': h100 });
    expect(answer.outcome).toBe('present');
    expect(answer.devices[0]).toMatchObject({ kind: 'gpu', locator: '0000:19:00.0', problems: [], identity: [] });
    expect(facts(answer.devices[0])).toMatchObject({
      'pci-device-id': '10de:2330',
      'pci-subsystem-id': '10de:16c1',
      'pci-class': '030200',
      'pci-driver': 'nvidia',
      'pci-speed': 32e9,
      'pci-generation': 5,
      'pci-width': 8,
      'pci-width-max': 16,
      'numa-node': 1,
    });
  });

  test('lists a card without a driver, and says what to do', async () => {
    const { driver: _, ...bare } = h100;
    const { devices } = await look({ '0000:19:00.0': bare });
    expect(facts(devices[0])).not.toHaveProperty('pci-driver');
    expect(devices[0]?.problems).toEqual([
      {
        code: 'absent',
        field: 'pci-driver',
        sentence: "No driver is bound to 0000:19:00.0: install the maker's driver, or check that it loads.",
      },
    ]);
  });

  test('says when a card is handed to a virtual machine', async () => {
    const { devices } = await look({ '0000:19:00.0': { ...h100, driver: 'vfio-pci' } });
    expect(devices[0]?.problems[0]?.sentence).toBe(
      '0000:19:00.0 is handed to a virtual machine (vfio-pci): discover it from inside there.',
    );
  });

  test('reads the files of a recorded AMD card', async () => {
    const recorded: Record<string, string> = JSON.parse(readFileSync(join(fixtures, 'sysfs/procfs-drm.json'), 'utf8'));
    const prefix = '/sys/class/drm/card0/device/';
    const wanted = /^(class|vendor|device|subsystem_\w+|(current|max)_link_\w+|numa_node)$/;
    const files = Object.entries(recorded)
      .filter(([path]) => path.startsWith(prefix) && wanted.test(path.slice(prefix.length)))
      .map(([path, text]) => [path.slice(prefix.length), text]);
    const { devices } = await look({ '0000:09:00.0': Object.fromEntries(files) });
    expect(facts(devices[0])).toMatchObject({
      'pci-device-id': '1002:687f',
      'pci-subsystem-id': '1043:04c4',
      'pci-generation': 3,
      'pci-width': 16,
    });
    expect(devices[0]?.name).toBe('Advanced Micro Devices, Inc. [AMD/ATI] 1002:687f');
  });

  test('keeps a GPU nobody lists, with its ids for a name', async () => {
    const { devices } = await look({ '0000:03:00.0': { class: '0x120000', vendor: '0xabcd', device: '0x0001' } });
    expect(devices[0]).toMatchObject({ kind: 'accelerator', name: 'Unknown maker abcd:0001' });
  });

  test('a dead link is no width of 255', async () => {
    const dead = {
      ...h100,
      current_link_speed: 'Unknown',
      current_link_width: '255',
      max_link_width: '255',
      numa_node: '-1',
    };
    const found = facts((await look({ '0000:19:00.0': dead })).devices[0]);
    for (const name of ['pci-speed', 'pci-generation', 'pci-width', 'pci-width-max', 'numa-node']) {
      expect(found).not.toHaveProperty([name]);
    }
  });

  test('virtual functions are counted, not listed', async () => {
    const answer = await look({
      '0000:19:00.0': { ...h100, sriov_numvfs: '2' },
      '0000:19:00.4': { ...h100, physfn: '0000:19:00.0' },
      '0000:19:00.5': { ...h100, physfn: '0000:19:00.0' },
    });
    expect(answer.devices.map((device) => device.locator)).toEqual(['0000:19:00.0']);
    expect(facts(answer.devices[0])['virtual-functions']).toBe(2);
  });

  test('a screen is named and left out', async () => {
    const answer = await look({
      '0000:03:00.0': { class: '0x030000', vendor: '0x1a03', device: '0x2000' },
      '0000:00:1f.0': { class: '0x060100', vendor: '0x8086', device: '0x1b81' },
    });
    expect(answer).toMatchObject({ outcome: 'absent', devices: [] });
    expect(answer.sentence).toBe('None of the 2 functions on the PCI bus is a GPU or another accelerator.');
    expect(answer.problems.map((problem) => problem.sentence)).toEqual([
      '0000:03:00.0 is the ASPEED graphics of a management controller: a screen, no accelerator.',
    ]);
  });

  test('a function that goes away while it is read is a problem', async () => {
    const answer = await look({ '0000:19:00.0': h100, '0000:1a:00.0': { class: '0x030200' } });
    expect(answer.devices).toHaveLength(1);
    expect(answer.problems.map((problem) => problem.code)).toEqual(['vanished']);
  });

  test('a machine without a bus is absent', async () => {
    const answer = await pciProbe.probe({ root: '/no/such/root', signal: new AbortController().signal });
    expect(answer).toEqual({ outcome: 'absent', sentence: 'This machine has no PCI bus.', devices: [], problems: [] });
  });
});

test.each([
  ['0000:00:02.0', '030000', '8086:a780', { role: 'gpu', integrated: true }],
  ['0000:4d:00.0', '038000', '8086:56c0', { role: 'gpu' }],
  ['0000:0c:00.0', '120000', '1002:74a1', { role: 'accelerator' }],
  ['0000:0c:00.0', '038000', '1002:7408', { role: 'gpu' }],
  ['0000:00:1e.0', '088000', '1d0f:7264', { role: 'accelerator', what: 'AWS Inferentia2' }],
  ['0000:00:01.0', '030000', '1b36:0100', { role: 'display', what: 'an emulated QXL card' }],
  ['0000:00:03.0', '020000', '15b3:1021', { role: 'other' }],
  // NVIDIA's bridges (NVSwitch) and the sound of a card are no GPUs.
  ['0005:00:00.0', '068000', '10de:1af1', { role: 'other' }],
  ['0000:01:00.1', '040300', '10de:22a3', { role: 'other' }],
])('%s %s %s', (address, classCode, id, expected) => {
  expect(classifyPci({ address, classCode, id })).toEqual(expected);
});

describe('lspci', () => {
  const read = (file: string) => readLspci(readFileSync(join(fixtures, 'lspci', file), 'utf8'));

  test('one A10 beside an emulated screen', () => {
    const answer = read('gpud-a10-nn.txt');
    expect(answer.devices.map((device) => [device.locator, device.name])).toEqual([
      ['0000:06:00.0', 'NVIDIA Corporation GA102GL [A10]'],
    ]);
    expect(facts(answer.devices[0])['pci-device-id']).toBe('10de:2236');
    expect(answer.problems.map((problem) => problem.field)).toEqual(['0000:00:01.0']);
  });

  test('eight A100 in eight domains, six NVSwitches left out', () => {
    const answer = read('gpud-a100-nn.txt');
    const domains = ['0001', '0002', '0003', '0004', '000b', '000c', '000d', '000e'];
    expect(answer.devices.map((device) => device.locator)).toEqual(domains.map((domain) => `${domain}:00:00.0`));
    for (const device of answer.devices) expect(facts(device)['pci-device-id']).toBe('10de:20b2');
  });

  test('a virtual machine with a VMware screen has none', () => {
    const answer = read('jc-lspci-nnmmv.txt');
    expect(answer).toMatchObject({ outcome: 'absent', devices: [] });
    expect(answer.problems.map((problem) => problem.sentence)).toEqual([
      '0000:00:0f.0 is an emulated VMware card: a screen, no accelerator.',
    ]);
  });

  test('without ids it is not known', () => {
    for (const file of ['gpud-host-vvv.txt', 'jc-lspci-mmv.txt']) {
      expect(isLspci(readFileSync(join(fixtures, 'lspci', file), 'utf8')), file).toBe(false);
    }
  });

  test('any text is read without a throw', () => {
    const piece = fc.constantFrom(
      '06:00.0',
      ' 3D controller [0302]: ',
      'x [10de:2236]',
      '\nSlot:\t',
      'Class:\ta [0302]',
      '\n\n',
      '[',
      ']',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        isLspci(text);
        for (const device of readLspci(text).devices)
          expect(device.locator).toMatch(/^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/);
      }),
    );
  });
});

describe('names', () => {
  // The layout of pci.ids, with a subsystem and a neighbour made up for the test.
  const ids = [
    '# comment',
    '1002  Advanced Micro Devices, Inc. [AMD/ATI]',
    '\t74a1  Aqua Vanjaram [Instinct MI300X]',
    '10de  NVIDIA Corporation',
    '\t20b2  GA100 [A100 SXM4 80GB]',
    '\t\t10de 147f  a made-up subsystem',
    '\t2330  GH100 [H100 SXM5 80GB]',
    '10df  Emulex Corporation',
    '\t2330  not this one',
    '',
  ].join('\n');

  test('come from pci.ids, with the subsystem', () => {
    expect(searchPciIds(ids, '10de:20b2', '10de:147f')).toEqual({
      from: 'pci.ids',
      vendor: 'NVIDIA Corporation',
      device: 'GA100 [A100 SXM4 80GB]',
      subsystem: 'a made-up subsystem',
    });
    expect(searchPciIds(ids, '10de:2330', undefined).device).toBe('GH100 [H100 SXM5 80GB]');
    expect(searchPciIds(ids, '1002:74a1', undefined).device).toBe('Aqua Vanjaram [Instinct MI300X]');
    expect(searchPciIds(ids, '10de:ffff', undefined)).toEqual({ from: 'pci.ids', vendor: 'NVIDIA Corporation' });
    expect(searchPciIds(ids, 'ffff:0000', undefined)).toEqual({ from: 'pci.ids' });
  });

  test('come from the table where there is no pci.ids', () => {
    expect(namePciDevice(undefined, '10de:15f8', undefined)).toEqual({
      from: 'accelerators.json',
      vendor: 'NVIDIA Corporation',
      device: 'GP100GL [Tesla P100 PCIe 16GB]',
    });
    expect(namePciDevice(undefined, 'abcd:0001', undefined)).toEqual({ from: 'accelerators.json' });
  });
});
