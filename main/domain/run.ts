/** A run: one asset on its way from discovery to earnings, step by step. */
import { z } from 'zod';
import type { Failure } from './failures/failure.ts';

/** The steps of a run, in order; each is one row of the journal and one line on every screen. */
export const stepNames = [
  'discovery',
  'settlement',
  'benchmark',
  'manifest',
  'attestation',
  'deed',
  'capacity',
  'listing',
  'advance',
  'earnings',
] as const;
export const stepName = z.enum(stepNames);
export type StepName = z.infer<typeof stepName>;

/** What each step does, in the owner's words. */
export const stepTitles: Readonly<Record<StepName, string>> = {
  discovery: 'Discover the machine',
  settlement: 'Reach the chain and its contracts',
  benchmark: 'Benchmark what was found',
  manifest: 'Sign the manifest',
  attestation: 'Have validators attest it',
  deed: 'Mint the deed',
  capacity: 'Mint the capacity',
  listing: 'List it into a pool',
  advance: 'Take the advance',
  earnings: 'Receive one epoch of earnings',
};

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
  | { at: string; run: string; type: 'finished' }
  | { at: string; run: string; type: 'failed'; failure: Failure };

/** Stored in order and numbered, so that a screen that comes late sees the same. */
export type RunEvent = NewRunEvent & { id: number };
