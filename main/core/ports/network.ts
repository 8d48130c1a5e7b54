/** A network as a place to onboard on: its chain, its validators, its rules. */
import type { TransactionRecord } from '#domain/run.ts';
import type { Chain, Deployment, ListingTerms } from './chain.ts';
import type { Validators } from './validators.ts';

export interface NetworkTerms extends ListingTerms {
  /** Hours of capacity minted for each unit. */
  capacityTermHours: number;
  /** One epoch's revenue where the network has a customer of its own to pay it, smallest unit of the dollar, decimal. */
  epochRevenue: string | null;
  /** One sentence on where these terms come from. */
  source: string;
}

export interface Prepared {
  deployment: Deployment;
  /** Transactions that put the contracts there just now; none where they stood. */
  deployed: TransactionRecord[];
  /** How many stored transactions the chain had lost and was given again. */
  restored: number;
}

export interface Network {
  readonly name: string;
  /** Whether recorded machines may be onboarded here. */
  readonly practiceAllowed: boolean;
  /** Whether an asset may be named by an installation rather than by its hardware. */
  readonly installationIdentityAllowed: boolean;
  readonly chain: Chain;
  readonly validators: Validators;
  /** Has the contracts ready and the owner able to pay. @throws FailureError `chain.*` */
  prepare(owner: string): Promise<Prepared>;
  terms(units: number): NetworkTerms;
  close(): Promise<void>;
}
