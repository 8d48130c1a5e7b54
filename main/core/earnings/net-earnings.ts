/**
 * What is left of earnings once power and gas are paid, as a range: between the power that the devices reported as drawn
 * and their limit; from nothing up to the limit where they reported no draw.
 */

import type { NetEarnings } from '#domain/portfolio.ts';

export interface PowerDraw {
  /** Watts. */
  low: number;
  high: number;
}

export interface NetEarningsInput {
  /** Base units of the dollar (18 decimals). */
  earned: bigint;
  /** Of the days that were paid for. */
  hours: number;
  power: PowerDraw | null;
  /** Dollars for a kilowatt-hour; null where the owner has not said. */
  tariff: number | null;
  /** Wei spent on gas, and dollars for an ether; null where nobody said. */
  gasWei: bigint;
  etherPrice: number | null;
}

export function netEarnings({ earned, hours, power, tariff, gasWei, etherPrice }: NetEarningsInput): NetEarnings {
  const income = Number(earned) / 1e18;
  const cost = (watts: number) => (tariff === null ? null : (watts / 1000) * hours * tariff);
  const powerLow = power === null ? null : cost(power.low);
  const powerHigh = power === null ? null : cost(power.high);
  const gas = gasWei === 0n ? 0 : etherPrice === null ? null : (Number(gasWei) / 1e18) * etherPrice;
  const left = (spent: number | null) => (spent === null || gas === null ? null : income - spent - gas);
  return {
    earned: income,
    powerLow,
    powerHigh,
    gas,
    netLow: left(powerHigh),
    netHigh: left(powerLow),
    missing: [
      ...(power === null ? ['The power of this machine was neither measured nor reported.'] : []),
      ...(tariff === null ? ['The price of a kilowatt-hour is not set.'] : []),
      ...(gas === null ? ['The price of ether is not set, so gas is not counted.'] : []),
    ],
  };
}
