/** What a kernel thread can be asked to do, and what it answers. */

export type Job =
  /** ChaCha20 blocks `first` … of one stream; answers their xor, sixteen words. */
  | { kind: 'chacha'; key: Uint8Array; stream: number; first: number; groups: number }
  /** Steps of x ← x² − c in every lane; answers the lanes. */
  | { kind: 'quadratic'; lanes: Float64Array; c: number; steps: number }
  /** Counts the primes below `limit`, `events` times; answers the sum of the counts. */
  | { kind: 'primes'; events: number; limit: number }
  /** Takes three arrays of `bytes` and fills them. */
  | { kind: 'triad-fill'; bytes: number; b: number; c: number }
  /** `passes` times a = b + q · c. */
  | { kind: 'triad'; q: number; passes: number }
  /** Counts the elements of the result that are not `expected`. */
  | { kind: 'triad-check'; expected: number }
  /** Reads blocks of an open file past the page cache for a time; answers bytes read. */
  | { kind: 'read'; fd: number; fileBytes: number; blockBytes: number; order: ReadOrder; runMs: number };

export type ReadOrder =
  /** Every `stride`-th block from `first` on, round and round. */
  { kind: 'sequential'; first: number; stride: number } | { kind: 'random'; state: number };

export interface Done {
  /** Monotonic clock of the system, the same in every thread, in nanoseconds. */
  startNs: bigint;
  endNs: bigint;
  /** What the job answers. */
  words?: Uint32Array;
  lanes?: Float64Array;
  count?: number;
}

/** Job with the gate at which all threads of one run start together: [threads waiting, open]. */
export interface Order {
  job: Job;
  gate: Int32Array<SharedArrayBuffer>;
  threads: number;
  /** Set to 1 to end a running job early. */
  stop: Int32Array<SharedArrayBuffer>;
}

/** Tells a thread that was started with the worker's own entry that it is a kernel thread. */
export const kernelThreadMark = 'gaib-onboard/kernel-thread';
