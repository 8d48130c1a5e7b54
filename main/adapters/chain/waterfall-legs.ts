/** The legs of a payment as a deal's vault tells them, in the order it pays them, under the names people use. */
import type { Result } from 'ethers';
import { legNames } from '#core/earnings/leg-names.ts';
import { interfaces } from './contracts.ts';

/**
 * @param paid a decoded `Paid` event
 * @returns legs that are not zero; they sum to the amount paid in. What the legs do not name stays in the vault
 * (reserve, trap), or came out of it: then the amount of that last leg is negative.
 */
export function waterfallLegs(paid: Result): { name: string; amount: string }[] {
  const named = interfaces.DealVault.getEvent('Paid')?.inputs.at(-1)?.components ?? [];
  const legs = named.map(({ name }): [string, bigint] => [
    legNames[name as keyof typeof legNames] ?? name,
    BigInt(paid.legs[name]),
  ]);
  const kept = BigInt(paid.amount) - legs.reduce((sum, [, value]) => sum + value, 0n);
  return [...legs, [legNames.kept, kept] as const]
    .filter(([, value]) => value !== 0n)
    .map(([name, value]) => ({ name, amount: value.toString() }));
}
