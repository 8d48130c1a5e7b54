/** The chain as the steps see it: what stands there, and the few acts that change it. */

import type { TransactionRecord } from '#domain/run.ts';
import type { StepName } from '#domain/step.ts';
import type { AttestationStatement, FigureStatement } from '#domain/typed-data.ts';

export interface Deployment {
  chainId: number;
  /** The deed and registry contract: `verifyingContract` of the manifest. */
  registry: string;
  attestationRegistry: string;
  capacityIssuer: string;
  dealDesk: string;
  pool: string;
  dollar: string;
}

export interface Block {
  number: number;
  hash: string;
  /** Unix time, seconds. */
  timestamp: number;
}

export type DeedState = 'pending' | 'active' | 'frozen' | 'listed' | 'retired' | 'annulled';

export interface Deed {
  /** Decimal. */
  id: string;
  owner: string;
  assetKey: string;
  manifestRoot: string;
  category: number;
  machine: string;
  state: DeedState;
}

export interface Attested {
  /** Bit mask of the kinds that count now; 0 where the statement has run out, is disputed or was annulled. */
  kinds: number;
  /** Unix time, seconds. */
  validUntil: number;
  epoch: number;
}

export interface Capacity {
  token: string;
  symbol: string;
  /** Smallest units, decimal; `decimals` of them make one unit-hour. */
  minted: string;
  decimals: number;
  attestedUnits: number;
  termHours: number;
}

export interface Listing {
  /** Address of the deal vault that holds the pledge. */
  deal: string;
  pool: string;
  state: 'offered' | 'funded' | 'withdrawn' | 'defaulted' | 'repaid';
  /** Amounts in the smallest unit of the dollar (18 decimals), decimal. */
  principal: string;
  advanced: string;
  outstanding: string;
  paidIn: string;
  ownerClaimable: string;
  ownerClaimed: string;
}

export interface WaterfallLeg {
  name: string;
  /** Smallest unit of the dollar, decimal. */
  amount: string;
}

/** What identifies a transaction in the journal: it is signed once for a run and a purpose, however often it is asked for. */
export interface Errand {
  run: string;
  step: StepName;
  purpose: string;
}

export interface QuorumStatement {
  statement: Omit<AttestationStatement, 'evidenceHash'>;
  figure: FigureStatement;
  /** Ascending by signer. */
  signed: { signer: string; evidenceHash: string; signature: string; figureSignature: string }[];
}

export interface DeedRequest {
  assetKey: string;
  manifestRoot: string;
  category: number;
  owner: string;
  machine: string;
  ownerSignature: string;
  machineSignature: string;
}

export interface ListingTerms {
  /** Smallest unit of the dollar, decimal. */
  principal: string;
  /** Basis points a year. */
  aprBps: number;
  termDays: number;
}

export interface Chain {
  readonly name: string;
  readonly endpoint: string;
  chainId(): Promise<number>;
  genesis(): Promise<string>;
  head(): Promise<Block>;
  block(number: number): Promise<Block | undefined>;
  /** The system's contracts here, or undefined where they are not deployed. */
  deployment(): Promise<Deployment | undefined>;
  /** The running epoch, or the one asked for, with the end of the validity of what is attested in it (Unix seconds). */
  epoch(number?: number): Promise<{ number: number; validUntil: number }>;

  deedOf(assetKey: string): Promise<Deed | undefined>;
  deed(id: string): Promise<Deed | undefined>;
  attested(assetKey: string, manifestRoot: string): Promise<Attested | undefined>;
  capacityOf(deed: string): Promise<Capacity | undefined>;
  listingOf(deed: string): Promise<Listing | undefined>;

  submitAttestation(errand: Errand, quorum: QuorumStatement): Promise<TransactionRecord[]>;
  mintDeed(errand: Errand, request: DeedRequest): Promise<TransactionRecord>;
  issueCapacity(
    errand: Errand,
    request: { deed: string; className: string; units: number; termHours: number },
  ): Promise<TransactionRecord[]>;
  list(errand: Errand, request: { deed: string; terms: ListingTerms }): Promise<TransactionRecord[]>;
  /** Takes a listing back that no pool has paid for yet. */
  withdrawListing(errand: Errand, listing: Listing): Promise<TransactionRecord>;
  /** The pool pays the advance to the owner. */
  takeAdvance(errand: Errand, listing: Listing): Promise<TransactionRecord[]>;
  /** One epoch's revenue through the waterfall; who pays it on a sandbox is the sandbox's customer. */
  payEpoch(
    errand: Errand,
    listing: Listing,
    amount: string,
  ): Promise<{ transactions: TransactionRecord[]; legs: WaterfallLeg[] }>;
  claim(errand: Errand, listing: Listing): Promise<TransactionRecord>;
}
