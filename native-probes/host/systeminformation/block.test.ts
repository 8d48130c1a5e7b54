import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isMakersAddress, listDisks, listNetworkCards } from './block.ts';

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

async function machine(files: Record<string, string>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'gaib-block-'));
  roots.push(root);
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, 'sys', name);
    await mkdir(dirname(path), { recursive: true });
    if (content.startsWith('-> ')) await symlink(content.slice(3), path);
    else await writeFile(path, `${content}\n`);
  }
  return root;
}

describe('disks', () => {
  test('with hardware behind them, sizes in sectors of 512 bytes', async () => {
    const root = await machine({
      'block/nvme0n1/size': '1000215216',
      'block/nvme0n1/device/model': 'Samsung SSD 970 PRO 512GB               ',
      'block/nvme0n1/device/serial': 'S680HF8N190894I',
      'block/nvme0n1/queue/rotational': '0',
      'block/sda/size': '7814037168',
      'block/sda/device/model': 'ST4000NM0035',
      'block/sda/device/vendor': 'ATA',
      'block/sda/queue/rotational': '1',
      'block/vda/size': '536870912',
      'block/vda/device/vendor': '0x1af4',
      'block/vda/queue/rotational': '1',
      'block/loop0/size': '8',
    });
    expect(await listDisks(root)).toEqual([
      {
        name: 'nvme0n1',
        sizeBytes: 512_110_190_592,
        model: 'Samsung SSD 970 PRO 512GB',
        serial: 'S680HF8N190894I',
        type: 'NVMe',
      },
      { name: 'sda', sizeBytes: 4_000_787_030_016, model: 'ST4000NM0035', maker: 'ATA', type: 'HD' },
      // A virtual disk says it rotates; it does not know.
      { name: 'vda', sizeBytes: 274_877_906_944 },
    ]);
  });

  test('none where the kernel has none', async () => {
    expect(await listDisks('/no/such/root')).toEqual([]);
  });
});

describe('network cards', () => {
  test('with hardware behind them, and whether their address is their own', async () => {
    const root = await machine({
      'class/net/eth0/address': '3C:EC:EF:12:34:56',
      'class/net/eth0/addr_assign_type': '0',
      'class/net/eth0/speed': '25000',
      'class/net/eth0/operstate': 'up',
      'class/net/eth0/device/driver': '-> ../../../../bus/pci/drivers/mlx5_core',
      'class/net/eth1/address': '3c:ec:ef:12:34:57',
      'class/net/eth1/addr_assign_type': '3',
      'class/net/eth1/speed': '-1',
      'class/net/eth1/operstate': 'down',
      'class/net/eth1/device/uevent': '',
      'class/net/lo/address': '00:00:00:00:00:00',
      'class/net/docker0/address': '02:42:ac:11:00:02',
    });
    expect(await listNetworkCards(root)).toEqual([
      {
        name: 'eth0',
        address: '3c:ec:ef:12:34:56',
        permanent: true,
        driver: 'mlx5_core',
        speedBitPerS: 25e9,
        state: 'up',
      },
      { name: 'eth1', address: '3c:ec:ef:12:34:57', permanent: false, state: 'down' },
    ]);
  });
});

test.each([
  ['3c:ec:ef:12:34:56', true],
  ['00:0c:29:12:34:56', true],
  ['02:fc:00:00:00:01', false],
  ['4a:7e:fc:ce:56:36', false],
  ['01:00:5e:00:00:01', false],
  ['00:00:00:00:00:00', false],
  ['80:00:02:08:fe:80:00:00:00:00:00:00:7c:fe:90:03:00:7c:fe:90', false],
  ['', false],
])('%s was given by a maker of hardware: %s', (address, expected) => {
  expect(isMakersAddress(address)).toBe(expected);
});
