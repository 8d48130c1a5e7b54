/**
 * The journal: what a run meant to do, did, and got. Every write is on the disk when the promise resolves; a step's
 * intent is written before it acts and its outcome after.
 */
import type { Failure } from '#domain/failures/failure.ts';
import type { Receipt } from '#domain/receipt.ts';
import type { Figure, NewRunEvent, RunEvent, RunRecord, TransactionRecord, TransactionState } from '#domain/run.ts';
import type { StepName } from '#domain/step.ts';

/** Where a run happens: the same machine on another chain, or on a chain that was reset, is another run. */
export interface RunScope {
  network: string;
  /** Hash of the chain's block 0; tells a reset chain from the one before. */
  genesis: string;
  /** `machine`, or `practice:` and the hash of the recording. */
  subject: string;
}

/** A transaction as stored: signed once, before it is ever broadcast. */
export interface StoredTransaction {
  purpose: string;
  run: string;
  step: StepName | 'deployment';
  from: string;
  to: string | null;
  nonce: number;
  /** Signed bytes, 0x-hex. */
  raw: string;
  hash: string;
  state: TransactionState;
  block?: number;
  blockHash?: string;
  gasUsed?: string;
  fee?: string;
  /** JSON of what the caller wanted remembered with it. */
  note?: string;
}

export interface Journal {
  /** The newest run of this scope, or a new one. `fresh` asks for a new one. */
  openRun(scope: RunScope, fresh: boolean): Promise<RunRecord>;
  run(id: string): Promise<RunRecord | undefined>;
  runs(): Promise<RunRecord[]>;
  /** The outcome stored for a step that is done. */
  outcome<T>(run: string, step: StepName): Promise<T | undefined>;
  stepIntended(run: string, step: StepName): Promise<void>;
  stepDone(run: string, step: StepName, outcome: unknown, figures: readonly Figure[]): Promise<void>;
  stepFailed(run: string, step: StepName, failure: Failure): Promise<void>;
  runFinished(run: string): Promise<void>;
  /** The receipt of a finished run, as it was last read back from the chain. */
  storeReceipt(run: string, receipt: Receipt): Promise<void>;
  receipt(run: string): Promise<Receipt | undefined>;
  /** Adds an event, numbered. */
  addEvent(event: NewRunEvent): Promise<RunEvent>;
  eventsAfter(run: string, id: number): Promise<RunEvent[]>;

  /** The transaction stored for a purpose within a run, if it was ever signed. */
  transaction(run: string, purpose: string): Promise<StoredTransaction | undefined>;
  transactionsOf(run: string): Promise<StoredTransaction[]>;
  /** Every transaction stored for the chain, oldest first: what a chain that lost its last blocks is given again. */
  transactionsOn(genesis: string): Promise<StoredTransaction[]>;
  addTransaction(genesis: string, transaction: StoredTransaction): Promise<void>;
  /** Stores what became of the transaction with this hash: its state, where it was included, and its purpose's wording. */
  updateTransaction(transaction: StoredTransaction): Promise<void>;
  /** The lowest nonce not yet given out to this account on this chain, or undefined when none was. */
  nextNonce(genesis: string, from: string): Promise<number | undefined>;
  close(): void;
}

/** What steps, screens and receipts show of a stored transaction: everything but its bytes. */
export function recordOf({
  raw: _raw,
  run: _run,
  step: _step,
  note: _note,
  ...shown
}: StoredTransaction): TransactionRecord {
  return shown;
}
