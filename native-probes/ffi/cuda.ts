/**
 * The CUDA driver library (libcuda), for everyone who asks it: where it lies, how a call is made and refused. Discovery
 * asks without a context, so it takes no memory of the device; benchmarks open one.
 */
import { CudaError } from './cuda-errors.ts';
import type { ForeignFunction, ForeignLibrary, ForeignType, ForeignValue } from './library.ts';

/** Where the driver puts its library: by name, in WSL, on Windows. */
export const cudaLibraries: readonly string[] = ['libcuda.so.1', '/usr/lib/wsl/lib/libcuda.so.1', 'nvcuda.dll'];

/** Numbers of cuda.h (CUDA 13.0), `CUdevice_attribute`. */
export const deviceAttributes = {
  clockKHz: 13,
  multiprocessors: 16,
  integrated: 18,
  eccEnabled: 32,
  memoryClockKHz: 36,
  memoryBusBits: 37,
  l2Bytes: 38,
  major: 75,
  minor: 76,
} as const;

/** Calls of one opened library. Every call that the driver refuses throws a `CudaError`. */
export class CudaCalls {
  readonly #library: ForeignLibrary;

  constructor(library: ForeignLibrary) {
    this.#library = library;
  }

  call(symbol: string | readonly string[], types: readonly ForeignType[], ...values: ForeignValue[]): void {
    const symbols = typeof symbol === 'string' ? [symbol] : symbol;
    const code = this.#bound(symbols, types)(...values);
    if (code !== 0) throw new CudaError(symbols[0] ?? '', code);
  }

  /** For giving back: a refusal changes nothing any more. */
  quiet(symbols: readonly string[], types: readonly ForeignType[], ...values: ForeignValue[]): void {
    this.#library.bind(symbols, types)?.(...values);
  }

  /** The whole number a call writes at its first argument. */
  int32(symbol: string, types: readonly ForeignType[], ...values: ForeignValue[]): number {
    const out = Buffer.alloc(8);
    this.call(symbol, ['pointer', ...types], out, ...values);
    return out.readInt32LE(0);
  }

  /** The pointer or size a call writes at its first argument. */
  pointer(symbol: string, types: readonly ForeignType[], ...values: ForeignValue[]): bigint {
    const out = Buffer.alloc(16);
    this.call(symbol, ['pointer', ...types], out, ...values);
    return out.readBigUInt64LE(0);
  }

  attribute(device: number, name: keyof typeof deviceAttributes): number {
    return this.int32('cuDeviceGetAttribute', ['i32', 'i32'], deviceAttributes[name], device);
  }

  /** `12.8`: the newest CUDA that the driver serves. */
  newestCuda(): string {
    const version = this.int32('cuDriverGetVersion', []);
    return `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`;
  }

  #bound(symbols: readonly string[], types: readonly ForeignType[]): ForeignFunction {
    const call = this.#library.bind(symbols, types);
    if (call === undefined) throw new Error(`The driver library has no ${symbols[0]}; install a newer driver.`);
    return call;
  }
}
