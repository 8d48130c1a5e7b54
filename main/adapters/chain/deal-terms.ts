/** Terms of deals: the ones the sandbox offers, and any vault's as the calculator takes them. */
import type { Result } from 'ethers';
import type { DealTerms } from '#core/earnings/waterfall.ts';
import type { ListingTerms } from '#ports/chain.ts';
import { contractAt } from './contracts.ts';
import type { Rpc } from './rpc.ts';
import { sandboxAccount } from './sandbox-accounts.ts';

const day = 24 * 3_600;
const year = 365n * 86_400n;

const kinds: readonly DealTerms['kind'][] = ['debt', 'revenue-share', 'hybrid'];

/** A plain debt deal: twelve equal periods, senior only, costs to the sandbox's servicer, insurer and bailee. */
export function sandboxDealTerms({ principal, aprBps, termDays }: ListingTerms, pool: string) {
  const senior = BigInt(principal);
  const none = '0x0000000000000000000000000000000000000000';
  const nothing = `0x${'0'.repeat(64)}`;
  return {
    kind: 0,
    rateBps: aprBps,
    juniorRateBps: 0,
    shareBps: 0,
    capBps: 0,
    periods: 12,
    periodLength: (termDays * day) / 12,
    cure: 14 * day,
    delinquencyBps: 500,
    reserveBps: 200,
    overcollateralBps: 3_000,
    minUptimeBps: 9_000,
    covenantEpochs: 3,
    servicerBps: 200,
    insurerBps: 100,
    baileeBps: 100,
    senior,
    junior: 0,
    appraisal: (senior * 3n) / 2n,
    pool,
    juniorHolder: none,
    servicer: sandboxAccount('servicer').address,
    insurer: sandboxAccount('insurer').address,
    bailee: sandboxAccount('bailee').address,
    receiver: sandboxAccount('receiver').address,
    segregatedPortfolio: nothing,
    documentHash: nothing,
  };
}

/** Fees that the desk puts on deals listed now. */
export async function deskFees(rpc: Rpc, desk: string): Promise<Result> {
  return (await contractAt(rpc, 'DealDesk', desk).read('fees'))[0] as Result;
}

/** Terms and fees, a contract's or planned ones, as {@link DealTerms}. */
export function calculatorTerms(
  terms: Readonly<Record<string, unknown>>,
  fees: Readonly<Record<string, unknown>>,
): DealTerms {
  const at = (from: Readonly<Record<string, unknown>>, name: string) => BigInt(String(from[name]));
  const of = (name: string) => at(terms, name);
  const [periods, periodSeconds] = [of('periods'), of('periodLength')];
  const yearly = (at(fees, 'tokenizationYearBps') * periods * periodSeconds) / year;
  const least = at(fees, 'tokenizationMinBps');
  return {
    kind: kinds[Number(terms.kind)] ?? 'debt',
    rateBps: of('rateBps'),
    shareBps: of('shareBps'),
    periods,
    periodSeconds,
    reserveBps: of('reserveBps'),
    servicerBps: of('servicerBps'),
    insurerBps: of('insurerBps'),
    baileeBps: of('baileeBps'),
    protocolYearBps: at(fees, 'protocolYearBps'),
    senior: of('senior'),
    tokenizationBps: yearly > least ? yearly : least,
  };
}
