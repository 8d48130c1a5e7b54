/** The CUDA driver API as far as the benchmarks use it. Every call is made on one thread: contexts are bound to threads. */
import { CudaCalls } from '../../ffi/cuda.ts';
import { type ForeignLibrary, textOf } from '../../ffi/library.ts';

export type DevicePointer = bigint;

export interface DeviceFacts {
  name: string;
  computeCapability: string;
  multiprocessors: number;
  l2Bytes: number;
  eccEnabled: boolean;
}

/** An open device: its primary context is current on this thread until `close`. */
export class CudaDevice {
  readonly #cuda: CudaCalls;
  readonly #device: number;
  readonly #open: (() => void)[] = [];

  /** Opens the device at a PCI address, `0000:01:00.0`. */
  constructor(library: ForeignLibrary, address: string) {
    this.#cuda = new CudaCalls(library);
    this.#cuda.call('cuInit', ['u32'], 0);
    this.#device = this.#cuda.int32('cuDeviceGetByPCIBusId', ['pointer'], Buffer.from(`${address}\0`));
    const context = this.#cuda.pointer('cuDevicePrimaryCtxRetain', ['i32'], this.#device);
    this.#open.push(() =>
      this.#cuda.quiet(['cuDevicePrimaryCtxRelease_v2', 'cuDevicePrimaryCtxRelease'], ['i32'], this.#device),
    );
    this.#cuda.call('cuCtxSetCurrent', ['pointer'], context);
  }

  facts(): DeviceFacts {
    const size = 256;
    const name = Buffer.alloc(size);
    this.#cuda.call('cuDeviceGetName', ['pointer', 'i32', 'i32'], name, size - 1, this.#device);
    const attribute = (what: Parameters<CudaCalls['attribute']>[1]) => this.#cuda.attribute(this.#device, what);
    return {
      name: textOf(name, size),
      computeCapability: `${attribute('major')}.${attribute('minor')}`,
      multiprocessors: attribute('multiprocessors'),
      l2Bytes: attribute('l2Bytes'),
      eccEnabled: attribute('eccEnabled') === 1,
    };
  }

  /** `12.8`: the newest CUDA that the driver serves. */
  driverCuda(): string {
    return this.#cuda.newestCuda();
  }

  freeBytes(): number {
    const free = Buffer.alloc(8);
    const total = Buffer.alloc(8);
    this.#cuda.call('cuMemGetInfo_v2', ['pointer', 'pointer'], free, total);
    return Number(free.readBigUInt64LE(0));
  }

  /** Memory of the device, given back at `close`. */
  allocate(bytes: number): DevicePointer {
    const pointer = this.#cuda.pointer('cuMemAlloc_v2', ['u64'], bytes);
    this.#open.push(() => this.#cuda.quiet(['cuMemFree_v2'], ['u64'], pointer));
    return pointer;
  }

  /** Pinned memory of the host, given back at `close`. */
  allocatePinned(bytes: number): DevicePointer {
    const pointer = this.#cuda.pointer('cuMemHostAlloc', ['u64', 'u32'], bytes, 0);
    this.#open.push(() => this.#cuda.quiet(['cuMemFreeHost'], ['pointer'], pointer));
    return pointer;
  }

  /** Fills whole 32-bit words. */
  fill(at: DevicePointer, word: number, bytes: number): void {
    this.#cuda.call('cuMemsetD32_v2', ['u64', 'u32', 'u64'], at, word >>> 0, bytes / 4);
  }

  read(from: DevicePointer, bytes: number): Buffer {
    const into = Buffer.alloc(bytes);
    this.#cuda.call('cuMemcpyDtoH_v2', ['pointer', 'u64', 'u64'], into, from, bytes);
    return into;
  }

  copyWithin(to: DevicePointer, from: DevicePointer, bytes: number): void {
    this.#cuda.call('cuMemcpyDtoDAsync_v2', ['u64', 'u64', 'u64', 'pointer'], to, from, bytes, null);
  }

  copyFromHost(to: DevicePointer, from: DevicePointer, bytes: number): void {
    this.#cuda.call('cuMemcpyHtoDAsync_v2', ['u64', 'pointer', 'u64', 'pointer'], to, from, bytes, null);
  }

  copyToHost(to: DevicePointer, from: DevicePointer, bytes: number): void {
    this.#cuda.call('cuMemcpyDtoHAsync_v2', ['pointer', 'u64', 'u64', 'pointer'], to, from, bytes, null);
  }

  /** Seconds that the device took for what `enqueue` put on the stream, by its own events. */
  timed(enqueue: () => void): number {
    const start = this.#cuda.pointer('cuEventCreate', ['u32'], 0);
    const end = this.#cuda.pointer('cuEventCreate', ['u32'], 0);
    try {
      this.#cuda.call('cuEventRecord', ['pointer', 'pointer'], start, null);
      enqueue();
      this.#cuda.call('cuEventRecord', ['pointer', 'pointer'], end, null);
      this.#cuda.call('cuEventSynchronize', ['pointer'], end);
      const milliseconds = Buffer.alloc(8);
      this.#cuda.call(
        ['cuEventElapsedTime_v2', 'cuEventElapsedTime'],
        ['pointer', 'pointer', 'pointer'],
        milliseconds,
        start,
        end,
      );
      return milliseconds.readFloatLE(0) / 1000;
    } finally {
      this.#cuda.quiet(['cuEventDestroy_v2'], ['pointer'], start);
      this.#cuda.quiet(['cuEventDestroy_v2'], ['pointer'], end);
    }
  }

  /** Gives everything back, the last first. After a fault of the device the driver may refuse; the process ends soon. */
  close(): void {
    for (const release of this.#open.reverse()) release();
    this.#open.length = 0;
  }
}
