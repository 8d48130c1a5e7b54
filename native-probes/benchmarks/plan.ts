/** Which benchmarks a machine gets. Plain values: the supervisor reads it without loading a kernel or a driver. */
import type { BenchmarkDevice, BenchmarkItem, Profile } from './contract.ts';

interface Kind {
  id: string;
  what: string;
  unit: string;
  seconds: Record<Profile, number>;
}

const hostKinds: readonly Kind[] = [
  {
    id: 'cpu-integer',
    what: '32-bit add, xor and rotate on all cores (ChaCha20, 128-bit vectors)',
    unit: '{op}/s',
    seconds: { quick: 0.7, standard: 2 },
  },
  {
    id: 'cpu-integer-one-core',
    what: '32-bit add, xor and rotate on one core (ChaCha20, 128-bit vectors)',
    unit: '{op}/s',
    seconds: { quick: 0.6, standard: 1.8 },
  },
  {
    id: 'cpu-fp64',
    what: 'double precision multiply and subtract on all cores (128-bit vectors)',
    unit: '{op}/s',
    seconds: { quick: 0.7, standard: 2 },
  },
  {
    id: 'cpu-fp64-one-core',
    what: 'double precision multiply and subtract on one core (128-bit vectors)',
    unit: '{op}/s',
    seconds: { quick: 0.6, standard: 1.8 },
  },
  {
    id: 'cpu-primes',
    what: 'counting the primes below 10000 on all cores, as sysbench does (64-bit division)',
    unit: '{event}/s',
    seconds: { quick: 0.6, standard: 1.6 },
  },
  {
    id: 'memory-triad',
    what: 'memory bandwidth, STREAM triad on all cores, 24 bytes an element',
    unit: 'By/s',
    seconds: { quick: 1.2, standard: 3 },
  },
  {
    id: 'disk-read',
    what: 'sequential reads of 1 MiB past the page cache',
    unit: 'By/s',
    seconds: { quick: 1, standard: 3 },
  },
  {
    id: 'disk-read-random',
    what: 'random reads of 4 KiB past the page cache',
    unit: '{read}/s',
    seconds: { quick: 1, standard: 3 },
  },
];

const nvidiaKinds: readonly Kind[] = [
  {
    id: 'gpu-copy',
    what: "copy within the device's memory, bytes read and written",
    unit: 'By/s',
    seconds: { quick: 1.5, standard: 3 },
  },
  {
    id: 'gpu-host-to-device',
    what: 'pinned host memory to device',
    unit: 'By/s',
    seconds: { quick: 1, standard: 2 },
  },
  {
    id: 'gpu-device-to-host',
    what: 'device to pinned host memory',
    unit: 'By/s',
    seconds: { quick: 1, standard: 2 },
  },
];

/** Time that a benchmark may take beyond the usual before the worker is ended: slow disks, many cores, cold drivers. */
const patience = 10;
const graceMs = 20_000;

/** The host first, then every accelerator in the order given. */
export function benchmarkPlan(devices: readonly BenchmarkDevice[], profile: Profile): BenchmarkItem[] {
  return devices.flatMap((device) => kindsFor(device).map((kind) => itemOf(kind, device, profile)));
}

function kindsFor(device: BenchmarkDevice): readonly Kind[] {
  if (device.kind === 'host') return hostKinds;
  return isNvidia(device) ? nvidiaKinds : [];
}

function isNvidia(device: BenchmarkDevice): boolean {
  if (device.kind !== 'gpu') return false;
  return device.pciId === undefined ? /nvidia|tesla|geforce|quadro/i.test(device.name) : /^10de:/i.test(device.pciId);
}

function itemOf(kind: Kind, device: BenchmarkDevice, profile: Profile): BenchmarkItem {
  const seconds = kind.seconds[profile];
  const limitMs = seconds * 1000 * patience + graceMs;
  return { id: kind.id, subject: device.locator, what: kind.what, unit: kind.unit, seconds, limitMs };
}
