/** How fast the device copies within its own memory, and over the link from and to pinned memory of the host. */
import { setImmediate as breathe } from 'node:timers/promises';
import { cudaLibraries } from '../../ffi/cuda.ts';
import { CudaError, outOfMemory } from '../../ffi/cuda-errors.ts';
import { openLibrary } from '../../ffi/library.ts';
import type { BenchmarkAnswer, BenchmarkContext, BenchmarkRunner } from '../contract.ts';
import { measure, paces } from '../method.ts';
import { seededDigest, seededWord } from '../seeded.ts';
import { CudaDevice, type DevicePointer } from './cuda-driver.ts';

interface Buffers {
  /** Filled from the seed. */
  source: DevicePointer;
  target: DevicePointer;
}

interface Transfer {
  /** Bytes of one copy, where the device has room. */
  bytes: Record<'quick' | 'standard', number>;
  /** How often a byte copied counts: read and written within the device, once over a link. */
  counts: number;
  prepare(device: CudaDevice, bytes: number, word: number): Buffers;
  copy(device: CudaDevice, buffers: Buffers, bytes: number): void;
  /** The end of what was copied, to be held against the seed. */
  tail(device: CudaDevice, buffers: Buffers, bytes: number, tailBytes: number): Buffer;
}

const mebibyte = 2 ** 20;
/** Each array at least this many times the second-level cache, so that the copy goes to memory. */
const timesCache = 4;
const tailBytes = 64 * 1024;

const within: Transfer = {
  bytes: { quick: 512 * mebibyte, standard: 1024 * mebibyte },
  counts: 2,
  prepare: (device, bytes, word) => {
    const buffers = { source: device.allocate(bytes), target: device.allocate(bytes) };
    device.fill(buffers.source, word, bytes);
    return buffers;
  },
  copy: (device, { source, target }, bytes) => device.copyWithin(target, source, bytes),
  tail: (device, { target }, bytes, count) => device.read(target + BigInt(bytes - count), count),
};

const fromHost: Transfer = {
  bytes: { quick: 128 * mebibyte, standard: 512 * mebibyte },
  counts: 1,
  prepare: (device, bytes, word) => {
    const buffers = { source: device.allocatePinned(bytes), target: device.allocate(bytes) };
    // The device writes the pattern into the host's memory, by way of its own.
    device.fill(buffers.target, word, bytes);
    device.timed(() => device.copyToHost(buffers.source, buffers.target, bytes));
    device.fill(buffers.target, 0, bytes);
    return buffers;
  },
  copy: (device, { source, target }, bytes) => device.copyFromHost(target, source, bytes),
  tail: within.tail,
};

const toHost: Transfer = {
  bytes: fromHost.bytes,
  counts: 1,
  prepare: (device, bytes, word) => {
    const buffers = { source: device.allocate(bytes), target: device.allocatePinned(bytes) };
    device.fill(buffers.source, word, bytes);
    return buffers;
  },
  copy: (device, { source, target }, bytes) => device.copyToHost(target, source, bytes),
  tail: (device, { source, target }, bytes, count) => {
    // Back to the device over what the pattern came from, wiped before, and from there to be looked at.
    device.fill(source, 0, bytes);
    device.timed(() => device.copyFromHost(source, target, bytes));
    return device.read(source + BigInt(bytes - count), count);
  },
};

/** `libraries`: where to look for the driver's library, first found first. */
export function gpuCopy(libraries = cudaLibraries): BenchmarkRunner {
  return (context) => measureTransfer(context, within, libraries);
}

export function gpuHostToDevice(libraries = cudaLibraries): BenchmarkRunner {
  return (context) => measureTransfer(context, fromHost, libraries);
}

export function gpuDeviceToHost(libraries = cudaLibraries): BenchmarkRunner {
  return (context) => measureTransfer(context, toHost, libraries);
}

async function measureTransfer(
  context: BenchmarkContext,
  transfer: Transfer,
  libraries: readonly string[],
): Promise<BenchmarkAnswer> {
  const opened = await openLibrary(libraries);
  if (opened.state !== 'open') {
    const sentence =
      opened.state === 'missing'
        ? "No CUDA driver library (libcuda.so.1) was found; the card is measured once NVIDIA's driver is installed."
        : `The CUDA driver library cannot be loaded: ${opened.reason}.`;
    return { outcome: 'skipped', sentence, runs: [], conditions: {} };
  }
  let device: CudaDevice | undefined;
  try {
    device = new CudaDevice(opened.library, context.device.locator);
    return await timeTransfer(context, transfer, device);
  } catch (error) {
    if (!(error instanceof CudaError)) throw error;
    const outcome = error.absent || error.code === outOfMemory ? 'skipped' : 'failed';
    return { outcome, sentence: error.message, runs: [], conditions: {} };
  } finally {
    device?.close();
  }
}

async function timeTransfer(
  context: BenchmarkContext,
  transfer: Transfer,
  device: CudaDevice,
): Promise<BenchmarkAnswer> {
  const facts = device.facts();
  const word = seededWord(context.seed, `gpu/${context.device.locator}`);
  const least = timesCache * facts.l2Bytes;
  const wanted = Math.max(transfer.bytes[context.profile], least);
  const bytes = Math.floor(Math.min(wanted, device.freeBytes() / 4) / mebibyte) * mebibyte;
  const conditions = {
    ...facts,
    driverCuda: device.driverCuda(),
    bytesPerCopy: bytes,
    bytesCounted: transfer.counts === 2 ? 'read and written' : 'once',
    clock: "the device's own events",
  };
  if (bytes < Math.max(least, mebibyte)) {
    const sentence =
      'The device has too little free memory for arrays that its cache cannot hold; end what is using it.';
    return { outcome: 'skipped', sentence, runs: [], conditions };
  }
  const buffers = transfer.prepare(device, bytes, word);
  const measured = await measure({
    ...context,
    pace: paces[context.profile],
    size: 1,
    once: async (copies) => {
      const seconds = device.timed(() => {
        for (let copy = 0; copy < copies; copy++) transfer.copy(device, buffers, bytes);
      });
      await breathe();
      return { seconds, amount: transfer.counts * bytes * copies };
    },
  });
  const all = { ...conditions, copiesPerRun: measured.size, warmUpRuns: measured.warmUpRuns };
  const expected = Buffer.alloc(tailBytes);
  for (let at = 0; at < tailBytes; at += 4) expected.writeUInt32LE(word, at);
  const tail = transfer.tail(device, buffers, bytes, tailBytes);
  if (!tail.equals(expected)) {
    const sentence = 'What was copied is not what was written; the memory of the device or its link is faulty.';
    return { outcome: 'failed', sentence, runs: measured.runs, conditions: all };
  }
  const digest = seededDigest(context.seed, `gpu/${context.device.locator}/digest`, tail);
  return { outcome: 'measured', runs: measured.runs, conditions: all, digest };
}
