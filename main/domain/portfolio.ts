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

/** A deed the owner holds, with what hangs on it. */
export interface HeldAsset {
  deed: { id: string; assetKey: string; manifestRoot: string; category: number; state: string; machine: string };
  /** From the manifest of the run that made the deed; the deed's number where no run here knows it. */
  name: string;
  kind: string;
  practice: boolean;
  /** The run in this home that made it. */
  run: string | null;
  attestedUntil: number | null;
  capacity: { token: string; symbol: string; minted: string; termHours: number } | null;
  listing: {
    deal: string;
    pool: string;
    state: string;
    principal: string;
    advanced: string;
    outstanding: string;
    paidIn: string;
    ownerClaimable: string;
    ownerClaimed: string;
  } | null;
}

/** The links from the hardware to the payout, in order. */
export const linkNames = ['hardware', 'benchmark', 'manifest', 'deed', 'pool', 'payout'] as const;
export type LinkName = (typeof linkNames)[number];

export interface EarningLink {
  name: LinkName;
  /** `holds`, `broken`, or `unknown` where an earlier link is broken. */
  state: 'holds' | 'broken' | 'unknown';
  found: string;
  mend?: string;
}

/** What is left of earnings once power and gas are paid, in dollars; null where a part of it is not known. */
export interface NetEarnings {
  earned: number;
  powerLow: number | null;
  powerHigh: number | null;
  gas: number | null;
  netLow: number | null;
  netHigh: number | null;
  /** Sentences on what is missing. */
  missing: string[];
}

export interface AssetEarnings {
  payments: Payment[];
  claims: Claim[];
  performance: Performance[];
  links: EarningLink[];
  net: NetEarnings;
}

/** One instalment of a planned deal, as the vault would share it out. */
export interface PlannedPayment {
  number: number;
  /** Seconds after funding. */
  after: number;
  amount: string;
  legs: { name: string; amount: string }[];
  outstanding: string;
}

export interface EarningsPlan {
  pool: string;
  principal: string;
  advance: string;
  payments: PlannedPayment[];
  /** Sum of what goes to the owner, advance included. */
  ownerTotal: string;
  source: string;
}

/** What an owner can do with a deed that is on chain already. */
export const deedActs = ['claim', 'withdraw-listing', 'list-again'] as const;
export type DeedAct = (typeof deedActs)[number];
