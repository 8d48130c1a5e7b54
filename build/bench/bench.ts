/** What every bench promises: figures it measured just now, with their units in the names, and nothing remembered. */

/** One figure, or one row of a table. `null`: not measured here, with the reason in `notes`. */
export type Figures = Readonly<Record<string, string | number | boolean | null>>;

export interface BenchReport {
  /** One object, or the rows of a table; what `--json` prints. */
  figures: Figures | readonly Figures[];
  /** Conditions and what was left out, one sentence each. Printed on standard error. */
  notes?: readonly string[];
}

export interface BenchOptions {
  /** Words after the name of the bench. */
  words: readonly string[];
  /** A sentence about what is going on, on standard error. */
  say(sentence: string): void;
}

export interface Bench {
  what: string;
  run(options: BenchOptions): Promise<BenchReport>;
}
