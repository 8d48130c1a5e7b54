/** The CUDA driver API as far as the benchmarks use it. Every call is made on one thread: contexts are bound to threads. */
import {
  type ForeignFunction,
  type ForeignLibrary,
  type ForeignType,
  type ForeignValue,
  textOf,
} from '../../ffi/library.ts';
import { CudaError } from './cuda-errors.ts';

/** Where the driver puts its library: by name, in WSL, on Windows. */
export const cudaLibraries: readonly string[] = ['libcuda.so.1', '/usr/lib/wsl/lib/libcuda.so.1', 'nvcuda.dll'];

/** Numbers of cuda.h, `CUdevice_attribute`. */
const attributes = { multiprocessors: 16, eccEnabled: 32, l2Bytes: 38, major: 75, minor: 76 } as const;

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
  readonly #library: ForeignLibrary;
  readonly #device: number;
  readonly #open: (() => void)[] = [];

  /** Opens the device at a PCI address, `0000:01:00.0`. */
  constructor(library: ForeignLibrary, address: string) {
    this.#library = library;
    this.#call('cuInit', ['u32'], 0);
    this.#device = this.#int32('cuDeviceGetByPCIBusId', ['pointer'], Buffer.from(`${address}\0`));
    const context = this.#pointer('cuDevicePrimaryCtxRetain', ['i32'], this.#device);
    this.#open.push(() =>
      this.#quiet(['cuDevicePrimaryCtxRelease_v2', 'cuDevicePrimaryCtxRelease'], ['i32'], this.#device),
    );
    this.#call('cuCtxSetCurrent', ['pointer'], context);
  }

  facts(): DeviceFacts {
    const size = 256;
    const name = Buffer.alloc(size);
    this.#call('cuDeviceGetName', ['pointer', 'i32', 'i32'], name, size - 1, this.#device);
    const attribute = (number: number) => {
      const value = Buffer.alloc(8);
      this.#call('cuDeviceGetAttribute', ['pointer', 'i32', 'i32'], value, number, this.#device);
      return value.readInt32LE(0);
    };
    return {
      name: textOf(name, size),
      computeCapability: `${attribute(attributes.major)}.${attribute(attributes.minor)}`,
      multiprocessors: attribute(attributes.multiprocessors),
      l2Bytes: attribute(attributes.l2Bytes),
      eccEnabled: attribute(attributes.eccEnabled) === 1,
    };
  }

  /** `12.8`: the newest CUDA that the driver serves. */
  driverCuda(): string {
    const version = this.#int32('cuDriverGetVersion', []);
    return `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`;
  }

  freeBytes(): number {
    const free = Buffer.alloc(8);
    const total = Buffer.alloc(8);
    this.#call('cuMemGetInfo_v2', ['pointer', 'pointer'], free, total);
    return Number(free.readBigUInt64LE(0));
  }

  /** Memory of the device, given back at `close`. */
  allocate(bytes: number): DevicePointer {
    const pointer = this.#pointer('cuMemAlloc_v2', ['u64'], bytes);
    this.#open.push(() => this.#quiet(['cuMemFree_v2'], ['u64'], pointer));
    return pointer;
  }

  /** Pinned memory of the host, given back at `close`. */
  allocatePinned(bytes: number): DevicePointer {
    const pointer = this.#pointer('cuMemHostAlloc', ['u64', 'u32'], bytes, 0);
    this.#open.push(() => this.#quiet(['cuMemFreeHost'], ['pointer'], pointer));
    return pointer;
  }

  /** Fills whole 32-bit words. */
  fill(at: DevicePointer, word: number, bytes: number): void {
    this.#call('cuMemsetD32_v2', ['u64', 'u32', 'u64'], at, word >>> 0, bytes / 4);
  }

  read(from: DevicePointer, bytes: number): Buffer {
    const into = Buffer.alloc(bytes);
    this.#call('cuMemcpyDtoH_v2', ['pointer', 'u64', 'u64'], into, from, bytes);
    return into;
  }

  copyWithin(to: DevicePointer, from: DevicePointer, bytes: number): void {
    this.#call('cuMemcpyDtoDAsync_v2', ['u64', 'u64', 'u64', 'pointer'], to, from, bytes, null);
  }

  copyFromHost(to: DevicePointer, from: DevicePointer, bytes: number): void {
    this.#call('cuMemcpyHtoDAsync_v2', ['u64', 'pointer', 'u64', 'pointer'], to, from, bytes, null);
  }

  copyToHost(to: DevicePointer, from: DevicePointer, bytes: number): void {
    this.#call('cuMemcpyDtoHAsync_v2', ['pointer', 'u64', 'u64', 'pointer'], to, from, bytes, null);
  }

  /** Seconds that the device took for what `enqueue` put on the stream, by its own events. */
  timed(enqueue: () => void): number {
    const start = this.#pointer('cuEventCreate', ['u32'], 0);
    const end = this.#pointer('cuEventCreate', ['u32'], 0);
    try {
      this.#call('cuEventRecord', ['pointer', 'pointer'], start, null);
      enqueue();
      this.#call('cuEventRecord', ['pointer', 'pointer'], end, null);
      this.#call('cuEventSynchronize', ['pointer'], end);
      const milliseconds = Buffer.alloc(8);
      this.#call(
        ['cuEventElapsedTime_v2', 'cuEventElapsedTime'],
        ['pointer', 'pointer', 'pointer'],
        milliseconds,
        start,
        end,
      );
      return milliseconds.readFloatLE(0) / 1000;
    } finally {
      this.#quiet(['cuEventDestroy_v2'], ['pointer'], start);
      this.#quiet(['cuEventDestroy_v2'], ['pointer'], end);
    }
  }

  /** Gives everything back, the last first. After a fault of the device the driver may refuse; the process ends soon. */
  close(): void {
    for (const release of this.#open.reverse()) release();
    this.#open.length = 0;
  }

  #bound(symbols: readonly string[], types: readonly ForeignType[]): ForeignFunction {
    const call = this.#library.bind(symbols, types);
    if (call === undefined) throw new Error(`The driver library has no ${symbols[0]}; install a newer driver.`);
    return call;
  }

  #call(symbol: string | readonly string[], types: readonly ForeignType[], ...values: ForeignValue[]): void {
    const symbols = typeof symbol === 'string' ? [symbol] : symbol;
    const code = this.#bound(symbols, types)(...values);
    if (code !== 0) throw new CudaError(symbols[0] ?? '', code);
  }

  /** For giving back: a refusal changes nothing any more. */
  #quiet(symbols: readonly string[], types: readonly ForeignType[], ...values: ForeignValue[]): void {
    this.#library.bind(symbols, types)?.(...values);
  }

  #int32(symbol: string, types: readonly ForeignType[], ...values: ForeignValue[]): number {
    const out = Buffer.alloc(8);
    this.#call(symbol, ['pointer', ...types], out, ...values);
    return out.readInt32LE(0);
  }

  #pointer(symbol: string, types: readonly ForeignType[], ...values: ForeignValue[]): bigint {
    const out = Buffer.alloc(16);
    this.#call(symbol, ['pointer', ...types], out, ...values);
    return out.readBigUInt64LE(0);
  }
}
