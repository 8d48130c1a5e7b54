/** Disks and network cards as the kernel lists them: what systeminformation leaves out, and which address is permanent. */
import { lstat, readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { kernelText } from '../../kernel-file.ts';

export interface Disk {
  name: string;
  sizeBytes?: number;
  model?: string;
  serial?: string;
  maker?: string;
  type?: string;
}

export interface NetworkCard {
  name: string;
  address: string;
  /** False when the address was made up by software: random, stolen from another card, or set by hand. */
  permanent: boolean;
  driver?: string;
  speedBitPerS?: number;
  state?: string;
}

/** Disks with hardware behind them: no loop devices, no RAM disks, no device mapper. */
export async function listDisks(root: string): Promise<Disk[]> {
  const folder = `${root}/sys/block`;
  const names = await readdir(folder).catch(() => []);
  const disks = await Promise.all(names.sort().map((name) => readDisk(folder, name)));
  return disks.filter((disk) => disk !== undefined);
}

async function readDisk(folder: string, name: string): Promise<Disk | undefined> {
  const path = `${folder}/${name}`;
  if (!(await exists(`${path}/device`))) return undefined;
  const [size, model, serial, maker, rotational] = await Promise.all(
    ['size', 'device/model', 'device/serial', 'device/vendor', 'queue/rotational'].map((file) =>
      kernelText(`${path}/${file}`),
    ),
  );
  const disk: Disk = { name };
  // The kernel counts in sectors of 512 bytes whatever the disk's own are.
  if (size !== undefined && /^\d+$/.test(size)) disk.sizeBytes = Number(size) * 512;
  if (model) disk.model = model;
  if (serial) disk.serial = serial;
  if (maker && !maker.startsWith('0x')) disk.maker = maker;
  if (name.startsWith('nvme')) disk.type = 'NVMe';
  else if (rotational === '0') disk.type = 'SSD';
  else if (rotational === '1' && !name.startsWith('vd')) disk.type = 'HD';
  return disk;
}

/** Network cards with hardware behind them: no bridges, tunnels or bonds. */
export async function listNetworkCards(root: string): Promise<NetworkCard[]> {
  const folder = `${root}/sys/class/net`;
  const names = await readdir(folder).catch(() => []);
  const cards = await Promise.all(names.sort().map((name) => readCard(folder, name)));
  return cards.filter((card) => card !== undefined);
}

async function readCard(folder: string, name: string): Promise<NetworkCard | undefined> {
  const path = `${folder}/${name}`;
  if (!(await exists(`${path}/device`))) return undefined;
  const [address, assigned, speed, state] = await Promise.all(
    ['address', 'addr_assign_type', 'speed', 'operstate'].map((file) => kernelText(`${path}/${file}`)),
  );
  if (address === undefined) return undefined;
  const card: NetworkCard = { name, address: address.toLowerCase(), permanent: assigned === '0' };
  const driver = await readlink(`${path}/device/driver`).catch(() => undefined);
  if (driver !== undefined) card.driver = basename(driver);
  const megabits = Number(speed);
  // -1 and 4294967295: the kernel's words for a link that is down.
  if (Number.isInteger(megabits) && megabits > 0 && megabits < 4_294_967_295) card.speedBitPerS = megabits * 1e6;
  if (state) card.state = state;
  return card;
}

/** Whether an address was given by a maker of hardware: 48 bits, not for groups, not locally administered. */
export function isMakersAddress(address: string): boolean {
  const match = /^([0-9a-f]{2})(?::[0-9a-f]{2}){5}$/.exec(address);
  if (!match || address === '00:00:00:00:00:00') return false;
  return (Number.parseInt(match[1] ?? '', 16) & 0b11) === 0;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
