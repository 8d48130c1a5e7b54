/**
 * NVML as this project uses it: questions that fill a buffer, answered with a value or a return code. Layouts follow
 * nvml.h of driver 590; every buffer is twice the size the header asks for, and a driver that writes past its own
 * layout is refused rather than believed.
 */
import { type ForeignLibrary, type ForeignType, type ForeignValue, roomFor, textOf } from '../../ffi/library.ts';
import { nvmlCodes } from './codes.ts';

export type Answer<T> = { ok: true; value: T } | { ok: false; code: number };

/** An opaque `nvmlDevice_t`. */
export type DeviceHandle = bigint;

/** The driver writes another layout than the one this program knows. */
export class LayoutChanged extends Error {
  constructor(symbol: string) {
    super(`${symbol} wrote past the layout this program knows`);
    this.name = 'LayoutChanged';
  }
}

export class Nvml {
  readonly #library: ForeignLibrary;

  constructor(library: ForeignLibrary) {
    this.#library = library;
  }

  /** Calls a function that takes nothing. */
  plain(symbols: readonly string[]): number {
    return this.#library.bind(symbols, [])?.() ?? nvmlCodes.functionNotFound;
  }

  /** `int f(fixed…, out *)` with `size` bytes of output; `seed` prepares the buffer (version fields). */
  fill<T>(
    symbols: readonly string[],
    fixed: readonly { type: ForeignType; value: ForeignValue }[],
    size: number,
    take: (buffer: Buffer) => T,
    seed?: (buffer: Buffer) => void,
  ): Answer<T> {
    const call = this.#library.bind(symbols, [...fixed.map((argument) => argument.type), 'pointer']);
    if (!call) return { ok: false, code: nvmlCodes.functionNotFound };
    const room = roomFor(size);
    seed?.(room.buffer);
    const code = call(...fixed.map((argument) => argument.value), room.buffer);
    if (room.overran()) throw new LayoutChanged(symbols[0] ?? '');
    return code === 0 ? { ok: true, value: take(room.buffer) } : { ok: false, code };
  }

  /** `int f(device, unsigned int selectors…, unsigned int *out)`. */
  u32(symbols: readonly string[], device: DeviceHandle, ...selectors: number[]): Answer<number> {
    return this.fill(symbols, [handle(device), ...selectors.map(u32)], 4, (buffer) => buffer.readUInt32LE(0));
  }

  /** `int f(device, unsigned int selectors…, unsigned long long *out)`. */
  u64(symbols: readonly string[], device: DeviceHandle, ...selectors: number[]): Answer<number> {
    return this.fill(symbols, [handle(device), ...selectors.map(u32)], 8, (buffer) =>
      Number(buffer.readBigUInt64LE(0)),
    );
  }

  /** `int f(device, unsigned int *first, unsigned int *second, …)`. */
  several(symbols: readonly string[], device: DeviceHandle, count: number): Answer<number[]> {
    const call = this.#library.bind(symbols, ['pointer', ...Array.from({ length: count }, () => 'pointer' as const)]);
    if (!call) return { ok: false, code: nvmlCodes.functionNotFound };
    const rooms = Array.from({ length: count }, () => roomFor(4));
    const code = call(device, ...rooms.map((room) => room.buffer));
    if (rooms.some((room) => room.overran())) throw new LayoutChanged(symbols[0] ?? '');
    return code === 0 ? { ok: true, value: rooms.map((room) => room.buffer.readUInt32LE(0)) } : { ok: false, code };
  }

  /** `int f([device,] char *out, unsigned int length)`. */
  text(symbols: readonly string[], device?: DeviceHandle): Answer<string> {
    // 96 bytes is the longest length any of these functions is documented with.
    const size = 96;
    const types: ForeignType[] = device === undefined ? ['pointer', 'u32'] : ['pointer', 'pointer', 'u32'];
    const call = this.#library.bind(symbols, types);
    if (!call) return { ok: false, code: nvmlCodes.functionNotFound };
    const room = roomFor(size);
    const code = device === undefined ? call(room.buffer, size) : call(device, room.buffer, size);
    if (room.overran()) throw new LayoutChanged(symbols[0] ?? '');
    return code === 0 ? { ok: true, value: textOf(room.buffer, size) } : { ok: false, code };
  }

  /** How many pages were retired for `cause`: the call is asked with no room and answers with the number. */
  retiredPages(device: DeviceHandle, cause: number): Answer<number> {
    const call = this.#library.bind(['nvmlDeviceGetRetiredPages'], ['pointer', 'u32', 'pointer', 'pointer']);
    if (!call) return { ok: false, code: nvmlCodes.functionNotFound };
    const room = roomFor(4);
    const code = call(device, cause, room.buffer, null);
    if (room.overran()) throw new LayoutChanged('nvmlDeviceGetRetiredPages');
    if (code !== 0 && code !== nvmlCodes.insufficientSize) return { ok: false, code };
    return { ok: true, value: room.buffer.readUInt32LE(0) };
  }

  /** `int f(device, char *out)` with a buffer of `size`; the call takes no length. */
  fixedText(symbol: string, device: DeviceHandle, size: number): Answer<string> {
    return this.fill([symbol], [handle(device)], size, (buffer) => textOf(buffer, size));
  }

  /**
   * nvmlDeviceGetFieldValues: several numbers in one call, each with a return code of its own. The entry of
   * nvmlFieldValue_t: field, scope, timestamp, latency, value type, return code, value.
   */
  fields(device: DeviceHandle, wanted: readonly { field: number; scope?: number }[]): Answer<Answer<number>[]> {
    const call = this.#library.bind(['nvmlDeviceGetFieldValues'], ['pointer', 'i32', 'pointer']);
    if (!call) return { ok: false, code: nvmlCodes.functionNotFound };
    const room = roomFor(wanted.length * fieldBytes);
    for (const [index, { field, scope }] of wanted.entries()) {
      room.buffer.writeUInt32LE(field, index * fieldBytes);
      room.buffer.writeUInt32LE(scope ?? 0, index * fieldBytes + 4);
    }
    const code = call(device, wanted.length, room.buffer);
    if (room.overran()) throw new LayoutChanged('nvmlDeviceGetFieldValues');
    if (code !== 0) return { ok: false, code };
    return { ok: true, value: wanted.map((_, index) => fieldValue(room.buffer.subarray(index * fieldBytes))) };
  }

  deviceCount(): Answer<number> {
    return this.fill(['nvmlDeviceGetCount_v2', 'nvmlDeviceGetCount'], [], 4, (buffer) => buffer.readUInt32LE(0));
  }

  device(index: number): Answer<DeviceHandle> {
    return this.fill(['nvmlDeviceGetHandleByIndex_v2', 'nvmlDeviceGetHandleByIndex'], [u32(index)], 8, (buffer) =>
      buffer.readBigUInt64LE(0),
    );
  }
}

const fieldBytes = 40;

function fieldValue(entry: Buffer): Answer<number> {
  const code = entry.readUInt32LE(28);
  if (code !== 0) return { ok: false, code };
  // nvmlValueType_t: double, unsigned int, unsigned long, unsigned long long, long long, int, unsigned short.
  switch (entry.readUInt32LE(24)) {
    case 0:
      return { ok: true, value: entry.readDoubleLE(32) };
    case 1:
      return { ok: true, value: entry.readUInt32LE(32) };
    case 2:
    case 3:
      return { ok: true, value: Number(entry.readBigUInt64LE(32)) };
    case 4:
      return { ok: true, value: Number(entry.readBigInt64LE(32)) };
    case 5:
      return { ok: true, value: entry.readInt32LE(32) };
    case 6:
      return { ok: true, value: entry.readUInt16LE(32) };
    default:
      return { ok: false, code: nvmlCodes.layoutUnknown };
  }
}

export function handle(value: DeviceHandle): { type: ForeignType; value: ForeignValue } {
  return { type: 'pointer', value };
}

export function u32(value: number): { type: ForeignType; value: ForeignValue } {
  return { type: 'u32', value };
}
