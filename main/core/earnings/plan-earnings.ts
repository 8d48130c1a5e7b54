/** What a deal would pay, period by period, if its customer pays the same each time: the calculator of the list screen. */
import type { EarningsPlan, PlannedPayment } from '#domain/portfolio.ts';
import { legNames } from './leg-names.ts';
import { type DealTerms, fundedDeal, type PaymentLegs, payDeal } from './waterfall.ts';

/**
 * @param revenue base units of the dollar that the customer pays at the end of each period
 * @param factorBps what performance lets through of a revenue share, ten-thousandths
 */
export function planEarnings(
  terms: DealTerms,
  { pool, revenue, factorBps, source }: { pool: string; revenue: bigint; factorBps: bigint; source: string },
): EarningsPlan {
  const { state: start, advance } = fundedDeal(terms, 0n);
  const payments: PlannedPayment[] = [];
  let state = start;
  let owner = advance;
  for (let number = 1n; number <= terms.periods; number++) {
    const at = number * terms.periodSeconds;
    const paid = payDeal(terms, state, { cash: revenue, at, factorBps });
    state = paid.state;
    owner += paid.legs.owner;
    payments.push({
      number: Number(number),
      after: Number(at),
      amount: revenue.toString(),
      legs: Object.entries(paid.legs)
        .filter(([, amount]) => amount !== 0n)
        .map(([leg, amount]) => ({ name: legNames[leg as keyof PaymentLegs], amount: amount.toString() })),
      outstanding: state.principal.toString(),
    });
  }
  return {
    pool,
    principal: terms.senior.toString(),
    advance: advance.toString(),
    payments,
    ownerTotal: owner.toString(),
    source,
  };
}
