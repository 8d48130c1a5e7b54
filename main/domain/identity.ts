/** Which name of a device tells it from every other one, and the asset key that follows from it. */
import { z } from 'zod';
import { type Hex, keccakText } from './canonical.ts';
import { trust } from './fact.ts';

/** Strongest first. `machine-id` and `machine-key` name an installation, not hardware. */
export const identityScheme = z.enum([
  'chip-certificate',
  'gpu-uuid',
  'part-and-serial',
  'thing-serial',
  'system-uuid',
  'system-serial',
  'board-serial',
  'engine-id',
  'tpm-endorsement-key',
  'disk-serial',
  'network-address',
  'machine-id',
  'machine-key',
]);
export type IdentityScheme = z.infer<typeof identityScheme>;

const installationSchemes: ReadonlySet<IdentityScheme> = new Set([
  'disk-serial',
  'network-address',
  'machine-id',
  'machine-key',
]);

export const identity = z.strictObject({
  scheme: identityScheme,
  value: z.string().min(1).max(1000),
  source: z.string().min(1).max(100),
  trust,
});
export type Identity = z.infer<typeof identity>;

/** Whether the identity belongs to the hardware itself, so that networks with money on them accept it. */
export function isHardwareIdentity(candidate: Pick<Identity, 'scheme'>): boolean {
  return !installationSchemes.has(candidate.scheme);
}

/** The strongest of several claims; ties are broken by value, so that the order of the probes changes nothing. */
export function strongestIdentity(claims: readonly Identity[]): Identity | undefined {
  const rank = (claim: Identity) => identityScheme.options.indexOf(claim.scheme);
  return [...claims].sort((a, b) => rank(a) - rank(b) || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))[0];
}

/**
 * The asset's key: Keccak-256 over domain, kind and hardware identity, one line each. The same thing has the same key
 * on every chain and in every program; the registry accepts it once. A recorded machine gets a key of its own, so that
 * practice never takes the place of the hardware it was recorded from.
 */
export function assetKey(kind: string, of: Pick<Identity, 'scheme' | 'value'>, practice: boolean): Hex {
  const domain = practice ? 'gaib-onboard/practice-asset-key/v1' : 'gaib-onboard/asset-key/v1';
  return keccakText([domain, kind, of.scheme, of.value.trim().toLowerCase()].join('\n'));
}
