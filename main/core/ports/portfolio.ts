/** What stands on the chain for an owner, beyond the one deed a run works on. Reads only; each read is fresh. */
import type { Claim, Payment, Performance, Pool, ValidatorStanding } from '#domain/portfolio.ts';
import type { Deed } from './chain.ts';

export interface Portfolio {
  /** Deeds the account holds, oldest first. */
  deedsOf(owner: string): Promise<Deed[]>;
  pools(): Promise<Pool[]>;
  /** Payments into a deal, oldest first. */
  payments(deal: string): Promise<Payment[]>;
  /** What the account took out of a deal, oldest first. */
  claims(deal: string, account: string): Promise<Claim[]>;
  validators(): Promise<ValidatorStanding[]>;
  /** The reading of an asset in an epoch; undefined where none was posted. */
  performance(assetKey: string, epoch: number): Promise<Performance | undefined>;
}
