/**
 * What every benchmark promises. It measures one device of this machine, says under which conditions, keeps every run, and
 * answers "skipped" or "failed" with a sentence rather than a figure it cannot stand behind. It moves nothing, switches
 * nothing and changes no clock, limit or setting.
 */

export type Profile = 'quick' | 'standard';

export interface BenchmarkDevice {
  /** `host` or a PCI address. */
  locator: string;
  kind: string;
  name: string;
  /** `10de:2330`, where known. */
  pciId?: string;
  memoryBytes?: number;
}

export interface BenchmarkResult {
  /** Kebab-case: `memory-triad`. */
  id: string;
  /** Locator of the device: `host` or a PCI address. */
  subject: string;
  what: string;
  /** UCUM. */
  unit: string;
  outcome: 'measured' | 'skipped' | 'failed';
  /** Why it was skipped or failed; or, beside a figure, what to know when reading it. */
  sentence?: string;
  /** Every timed run in the order of time, outliers kept. */
  runs: number[];
  median?: number;
  /** Interquartile range over median. */
  spread?: number;
  conditions: Record<string, string | number | boolean>;
  /** Fraction of the physical peak that the maker publishes for this model. */
  peak?: { value: number; unit: string; fraction: number; source: string };
  /** 0x… hash of what the seeded computation came to; anyone who repeats it gets the same. */
  digest?: string;
}

/** What a benchmark hands back; the worker adds id, subject, what and unit. */
export type BenchmarkAnswer = Pick<BenchmarkResult, 'outcome' | 'sentence' | 'runs' | 'conditions' | 'digest'>;

/** One line of the plan: a benchmark and the device it is for. */
export interface BenchmarkItem {
  id: string;
  subject: string;
  what: string;
  unit: string;
  /** How long it usually takes; what progress and time left are counted in. */
  seconds: number;
  /** After this many milliseconds the supervisor ends the worker. */
  limitMs: number;
}

export interface BenchmarkContext {
  device: BenchmarkDevice;
  /** 0x and 64 hex digits; every input is derived from it. */
  seed: string;
  profile: Profile;
  /** Folder in which the disk benchmark may write one file. */
  folder: string;
  /** Module that a kernel thread starts with: the entry of the worker process itself. */
  threadEntry: URL;
  signal: AbortSignal;
  /** 0 … 1 of this benchmark. */
  progress(fraction: number): void;
}

export type BenchmarkRunner = (context: BenchmarkContext) => Promise<BenchmarkAnswer>;

/** Supervisor to worker, one JSON object a line. */
export type WorkerRequest =
  | { type: 'run'; item: BenchmarkItem; device: BenchmarkDevice; seed: string; profile: Profile; folder: string }
  | { type: 'cancel' }
  /** Anything else is for an extension of the worker: the work proof is one. */
  | { type: 'extension'; name: string; body: unknown };

/** Worker to supervisor, one JSON object a line. */
export type WorkerMessage =
  | { type: 'ready' }
  | { type: 'progress'; id: string; fraction: number }
  | { type: 'result'; result: BenchmarkResult }
  | { type: 'answer'; name: string; body: unknown }
  | { type: 'refused'; name: string; sentence: string };

/** Work beside the benchmarks that the same process does; `progress` and the answer travel as messages. */
export type WorkerExtension = (
  body: unknown,
  context: { signal: AbortSignal; progress(fraction: number): void },
) => Promise<unknown>;
