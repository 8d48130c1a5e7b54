/** What the API asks of the program behind it. A host builds it once; every door (terminal, page, IPC) shares it. */
import type { ApprovalRequest } from '#domain/approval.ts';
import type { Diagnostics } from '#domain/diagnostics.ts';
import type { Discovery } from '#domain/discovery.ts';
import type { DoctorCheck } from '#domain/doctor.ts';
import type { SignedManifest } from '#domain/manifest.ts';
import type { Measured } from '#domain/measured.ts';
import type { OwnerKeyState } from '#domain/owner-key.ts';
import type { AssetEarnings, DeedAct, EarningsPlan, HeldAsset, Pool, ValidatorStanding } from '#domain/portfolio.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Receipt } from '#domain/receipt.ts';
import type { RunEvent, RunRecord, TransactionRecord } from '#domain/run.ts';
import type { Settings } from '#domain/settings.ts';
import type { Verification } from '#domain/verification.ts';

export interface Product {
  version: string;
  network: string;
  chainId: number | null;
  practice: boolean;
  /** Folder of the journal, the keys and the embedded chain. */
  home: string;
}

/** `all`: the owner agreed beforehand to what this run signs. `each`: the owner is asked before every signature. */
export type ApprovalPolicy = 'all' | 'each';

export interface Onboarding {
  /** Starts the run of this machine, or goes on with the one that was stopped; answers at once with its id. */
  start(options: { fresh: boolean; approve: ApprovalPolicy }): Promise<{ run: string }>;
  /** Answers what a run of this program asks; the run goes on, or ends with `approval.refused`. */
  answer(answer: { run: string; approval: string; approved: boolean }): Promise<void>;
  /** Stops the run after the act in progress; what is done stays done. */
  cancel(run: string): Promise<void>;
  run(id: string): Promise<RunRecord | undefined>;
  runs(): Promise<RunRecord[]>;
  /** The run at work now, in this program or in another one on the same home. */
  active(): Promise<string | undefined>;
  /** Every event after the given one, then the new ones as they come, until the run ends or the signal aborts. */
  events(run: string, after: number, signal: AbortSignal): AsyncIterable<RunEvent>;
  manifest(run: string): Promise<SignedManifest | undefined>;
  receipt(run: string): Promise<Receipt | undefined>;
  /** What each validator that signed saw and measured, by its signer; undefined before the attestation is done. */
  statements(run: string): Promise<{ signer: string; evidence: Record<string, unknown> }[] | undefined>;
  /** What the run found and measured so far; undefined before discovery is done. */
  measured(run: string): Promise<Measured | undefined>;
}

/** The owner's key as screens manage it; see main/hosts/composition/owner/owner-key.ts. */
export interface OwnerKey {
  state(): OwnerKeyState;
  create(passphrase: string): Promise<OwnerKeyState>;
  bring(keystore: string, passphrase: string): Promise<OwnerKeyState>;
  backup(): { name: string; keystore: string };
  tryBackup(keystore: string, passphrase: string): Promise<OwnerKeyState>;
  unlock(passphrase: string): Promise<OwnerKeyState>;
}

/** What the owner holds and earns. */
export interface OwnerPortfolio {
  assets(): Promise<HeldAsset[]>;
  pools(): Promise<Pool[]>;
  validators(): Promise<ValidatorStanding[]>;
  earnings(asked: { deed: string; tariff: number | null; etherPrice: number | null }): Promise<AssetEarnings>;
  plan(asked: { pool: string; units: number; revenue?: string; factorBps: number }): Promise<EarningsPlan>;
  /** What an act would sign; signs nothing. */
  planAct(asked: { act: DeedAct; deed: string }): Promise<ApprovalRequest>;
  /** Signs and sends what was agreed to; refuses where it has become something else. */
  performAct(asked: { act: DeedAct; deed: string }, agreed: ApprovalRequest): Promise<TransactionRecord[]>;
}

/** A deed by its number, or a manifest's text and what to call it. */
export type VerificationSubject = { manifest: string; name?: string | undefined } | { deed: string };

export interface ApiContext {
  ownerKey: OwnerKey;
  portfolio: OwnerPortfolio;
  settings: { get(): Settings; set(changed: Settings): Promise<void> };
  diagnostics(): Promise<Diagnostics>;
  doctor(): Promise<DoctorCheck[]>;
  product(): Promise<Product>;
  onboarding: Onboarding;
  discover(options: {
    signal: AbortSignal;
    only?: string[];
    onReading?: (reading: ProbeReading) => void;
  }): Promise<ProbeReading[]>;
  /** The same scan, joined into one inventory and judged. */
  inventory(options: {
    signal: AbortSignal;
    only?: string[];
    onReading?: (reading: ProbeReading) => void;
  }): Promise<Discovery>;
  verify(subject: VerificationSubject): Promise<Verification>;
}
