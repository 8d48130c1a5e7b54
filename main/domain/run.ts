/** A run: one asset on its way from discovery to earnings, step by step. */
import type { ApprovalRequest } from './approval.ts';
import type { Failure } from './failures/failure.ts';
import type { StepName } from './step.ts';

export type StepState = 'waiting' | 'running' | 'done' | 'failed';

/** A figure shown beside a step: already a text, with its unit. */
export interface Figure {
  label: string;
  value: string;
}

/**
 * Where a transaction stands. `signed`: stored, not yet broadcast; `sent`: broadcast; `included`: in a block;
 * `final`: past the network's finality rule.
 */
export type TransactionState = 'signed' | 'sent' | 'included' | 'final' | 'reverted';

export interface TransactionRecord {
  /** What it is for; unique in its run. */
  purpose: string;
  hash: string;
  from: string;
  to: string | null;
  nonce: number;
  state: TransactionState;
  block?: number;
  blockHash?: string;
  gasUsed?: string;
  /** Wei, decimal. */
  fee?: string;
}

export interface StepRecord {
  name: StepName;
  state: StepState;
  startedAt?: string;
  finishedAt?: string;
  elapsedMs?: number;
  figures: Figure[];
  transactions: TransactionRecord[];
  failure?: Failure;
}

export interface RunRecord {
  id: string;
  network: string;
  practice: boolean;
  startedAt: string;
  finishedAt?: string;
  steps: StepRecord[];
}

/** What a running step tells, before the journal has numbered it. */
export type NewRunEvent =
  | { at: string; run: string; type: 'step'; step: StepRecord }
  | { at: string; run: string; type: 'progress'; name: StepName; sentence: string; fraction?: number }
  | { at: string; run: string; type: 'warning'; name: StepName; sentence: string }
  | { at: string; run: string; type: 'approval'; request: ApprovalRequest }
  | { at: string; run: string; type: 'answered'; approval: string; approved: boolean }
  | { at: string; run: string; type: 'finished' }
  | { at: string; run: string; type: 'failed'; failure: Failure };

/** Stored in order and numbered, so that a screen that comes late sees the same. */
export type RunEvent = NewRunEvent & { id: number };
