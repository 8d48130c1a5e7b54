/**
 * The only place that calls into foreign libraries. A library is opened by name at run time and every function is
 * looked up by its name, so an older driver without one costs that one fact. A library that hangs or crashes takes this
 * process with it: whoever opens one runs in a worker of its own.
 */

/** What crosses: a buffer the library may write into, a pointer it gave out earlier, or a whole number. */
export type ForeignType = 'pointer' | 'i32' | 'u32' | 'u64';
export type ForeignValue = Buffer | bigint | number | null;
export type ForeignFunction = (...values: ForeignValue[]) => number;

export interface ForeignLibrary {
  path: string;
  /** The first of `symbols` this library has, newest first; `undefined` when it has none. Returns a C `int`. */
  bind(symbols: readonly string[], types: readonly ForeignType[]): ForeignFunction | undefined;
}

export type OpenAnswer =
  | { state: 'open'; library: ForeignLibrary }
  | { state: 'missing'; reason: string }
  | { state: 'broken'; reason: string };

const cTypes: Record<ForeignType, string> = { pointer: 'void *', i32: 'int32_t', u32: 'uint32_t', u64: 'uint64_t' };

/**
 * Opens the first of `paths` that can be opened. `missing`: there is no such library; `broken`: there is one, and the
 * loader refuses it.
 */
export async function openLibrary(paths: readonly string[]): Promise<OpenAnswer> {
  const { default: koffi } = await import('koffi');
  let missing: string | undefined;
  let broken: string | undefined;
  for (const path of paths) {
    try {
      const handle = koffi.load(path);
      const bound = new Map<string, ForeignFunction | undefined>();
      return {
        state: 'open',
        library: {
          path,
          bind(symbols, types) {
            const key = symbols.join(' ');
            if (bound.has(key)) return bound.get(key);
            let found: ForeignFunction | undefined;
            for (const symbol of symbols) {
              try {
                found = handle.func(
                  symbol,
                  'int',
                  types.map((type) => cTypes[type]),
                ) as ForeignFunction;
                break;
              } catch {
                // This version of the library has no such function; the next name is the older one.
              }
            }
            bound.set(key, found);
            return found;
          },
        },
      };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (isMissing(path, reason)) missing ??= reason;
      else broken ??= reason;
    }
  }
  if (broken !== undefined) return { state: 'broken', reason: broken };
  return { state: 'missing', reason: missing ?? 'no path given' };
}

/** A loader that misses another library than the one asked for has found that one, and it is broken. */
function isMissing(path: string, reason: string): boolean {
  if (/module could not be found/i.test(reason)) return true;
  const named = /([^\s:]+\.so[^\s:]*): cannot open/.exec(reason)?.[1];
  return /no such file/i.test(reason) && (named === undefined || named === path);
}

const canary = 0xa5;

/**
 * A buffer for a library to write `size` bytes into, twice as large as it needs to be. A library of another layout that
 * writes past the end is caught by `overran` instead of corrupting the worker.
 */
export function roomFor(size: number): { buffer: Buffer; overran(): boolean } {
  const total = Math.max(size * 2, size + 64);
  const buffer = Buffer.alloc(total);
  buffer.fill(canary, size);
  return { buffer, overran: () => buffer.subarray(size).some((byte) => byte !== canary) };
}

/** Text up to its NUL. */
export function textOf(buffer: Buffer, size: number): string {
  const end = buffer.subarray(0, size).indexOf(0);
  return buffer.toString('utf8', 0, end < 0 ? size : end);
}
