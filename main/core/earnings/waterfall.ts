/**
 * The arithmetic of a deal's vault (contracts/src/reward/Waterfall.sol and DealLedger.sol), step by step and rounding
 * by rounding, so that a calculator shows what the contract will pay. test/acceptance/waterfall.test.ts pays a real
 * vault and holds this against it.
 */

export interface DealTerms {
  kind: 'debt' | 'revenue-share' | 'hybrid';
  /** Yearly simple interest, ten-thousandths. */
  rateBps: bigint;
  /** Senior part of what is left after costs and fixed legs. */
  shareBps: bigint;
  periods: bigint;
  periodSeconds: bigint;
  reserveBps: bigint;
  servicerBps: bigint;
  insurerBps: bigint;
  baileeBps: bigint;
  /** The protocol's part of the interest, of the principal, a year. */
  protocolYearBps: bigint;
  /** Base units of the dollar. */
  senior: bigint;
  /** Fee of tokenization, of the advance. */
  tokenizationBps: bigint;
}

export interface DealState {
  principal: bigint;
  interest: bigint;
  protocolDue: bigint;
  reserve: bigint;
  trapped: bigint;
  /** Unix seconds. */
  fundedAt: bigint;
  accruedAt: bigint;
}

export interface PaymentLegs {
  servicer: bigint;
  insurer: bigint;
  bailee: bigint;
  protocol: bigint;
  seniorInterest: bigint;
  seniorPrincipal: bigint;
  seniorShare: bigint;
  owner: bigint;
  /** Change of what the vault keeps (reserve and trap); with it the legs sum to the payment. */
  kept: bigint;
}

const full = 10_000n;
const year = 365n * 86_400n;
const lesser = (a: bigint, b: bigint) => (a < b ? a : b);

/** The deal as it is when the pool has paid. `advance` is what the owner gets. */
export function fundedDeal(terms: DealTerms, at: bigint): { state: DealState; advance: bigint } {
  const fee = (terms.senior * terms.tokenizationBps) / full;
  const state = {
    principal: terms.senior,
    interest: 0n,
    protocolDue: 0n,
    reserve: 0n,
    trapped: 0n,
    fundedAt: at,
    accruedAt: at,
  };
  return { state, advance: terms.senior - fee };
}

/**
 * One payment of `cash` at `at`, which performance lets through by `factorBps` (10,000 for a debt deal). A deal without
 * a junior part whose covenant holds; the payment of a revenue share is taken as released from escrow at once.
 */
export function payDeal(
  terms: DealTerms,
  before: DealState,
  { cash, at, factorBps = full }: { cash: bigint; at: bigint; factorBps?: bigint },
): { state: DealState; legs: PaymentLegs } {
  const accrued = accrue(terms, before, at);
  const servicer = (cash * terms.servicerBps) / full;
  const insurer = (cash * terms.insurerBps) / full;
  const bailee = (cash * terms.baileeBps) / full;
  let left = cash - servicer - insurer - bailee + before.reserve + before.trapped;
  const spend = (due: bigint) => {
    const spent = lesser(left, due);
    left -= spent;
    return spent;
  };
  const interest = spend(accrued.interest);
  const protocol = lesser(interest, accrued.protocolDue);
  const seniorPrincipal = spend(terms.kind === 'revenue-share' ? 0n : overdue(terms, accrued, at));
  const reserve = spend((terms.senior * terms.reserveBps) / full);
  const through = (left * (terms.kind === 'debt' ? full : factorBps)) / full;
  const trapped = left - through;
  const seniorShare = terms.kind === 'debt' ? 0n : (through * terms.shareBps) / full;
  const back = terms.kind === 'revenue-share' ? lesser(seniorShare, accrued.principal) : 0n;
  const state = {
    ...accrued,
    principal: accrued.principal - seniorPrincipal - back,
    interest: accrued.interest - interest,
    protocolDue: accrued.protocolDue - protocol,
    reserve,
    trapped,
  };
  const legs = {
    servicer,
    insurer,
    bailee,
    protocol,
    seniorInterest: interest - protocol,
    seniorPrincipal,
    seniorShare,
    owner: through - seniorShare,
    kept: reserve + trapped - before.reserve - before.trapped,
  };
  return { state, legs };
}

function accrue(terms: DealTerms, state: DealState, at: bigint): DealState {
  if (terms.kind === 'revenue-share') return { ...state, accruedAt: at };
  const elapsed = at - state.accruedAt;
  const interest = state.interest + (state.principal * terms.rateBps * elapsed) / (full * year);
  const owed = state.protocolDue + (state.principal * terms.protocolYearBps * elapsed) / (full * year);
  return { ...state, interest, protocolDue: lesser(owed, interest), accruedAt: at };
}

/** Senior principal past its date. */
function overdue(
  { senior, periods, periodSeconds }: DealTerms,
  { principal, fundedAt }: DealState,
  at: bigint,
): bigint {
  const ended = lesser((at - fundedAt) / periodSeconds, periods);
  const planned = senior - (senior * ended) / periods;
  return principal > planned ? principal - planned : 0n;
}
