/**
 * What an owner holds and what it earns, as the chain says it: deeds, the deals they are pledged in, pools, payments.
 * Amounts are decimal texts in the smallest unit of the dollar (18 decimals) unless a name says otherwise; rates are
 * ten-thousandths; times are Unix seconds.
 */

export type DealKind = 'debt' | 'revenue-share' | 'hybrid';

export interface Pool {
  address: string;
  name: string;
  symbol: string;
  /** What a deposit is priced at, and what a redemption gets: losses show in both at once, gains vest. */
  depositNav: string;
  withdrawalNav: string;
  /** Not lent out. */
  cash: string;
  /** Share of the pool that is lent, ten-thousandths of the deposit NAV. */
  utilisationBps: number;
  deals: PoolDeal[];
  /** Interest rate of its funded deals, weighted by principal outstanding; null while it has none. */
  lentAtBps: number | null;
  /** Advance over appraisal of its funded deals, weighted the same way; null while it has none. */
  advanceRateBps: number | null;
}

export interface PoolDeal {
  address: string;
  kind: DealKind;
  rateBps: number;
  outstanding: string;
  appraisal: string;
  overdue: string;
  delinquentSince: number | null;
  termSeconds: number;
}

/** One payment into a deal and what the waterfall made of it. */
export interface Payment {
  epoch: number;
  amount: string;
  /** What performance let through, ten-thousandths. */
  factorBps: number;
  legs: { name: string; amount: string }[];
  block: number;
  at: number;
  transaction: string;
}

export interface Claim {
  amount: string;
  block: number;
  at: number;
  transaction: string;
}

export interface ValidatorStanding {
  operator: string;
  signer: string;
  /** Smallest unit of GAIB (18 decimals). */
  stake: string;
  /** Its part of the weight of all, ten-thousandths. */
  weightBps: number;
  jailed: boolean;
}

/** What validators measured of an asset in an epoch. */
export interface Performance {
  epoch: number;
  uptimeBps: number;
  benchmarkBps: number;
}
