/** What a proof is bound to: block, asset, owner and the verifier's nonce; and how each round follows from the one before. */
import { exactBytes, type Hex, hexOf, keccak } from './bytes.ts';

const label = new TextEncoder().encode('gaib-onboard/work-seed/v1');

export interface WorkSeedParts {
  /** Hash of a block no older than the verifier accepts. */
  blockHash: string;
  assetKey: string;
  owner: string;
  /** 32 bytes that the verifier drew for this challenge and never before. */
  nonce: string;
}

/** Keccak-256(label ‖ block hash (32) ‖ asset key (32) ‖ owner (20) ‖ nonce (32)). */
export function workSeed({ blockHash, assetKey, owner, nonce }: WorkSeedParts): Hex {
  return hexOf(
    keccak(
      label,
      exactBytes('blockHash', blockHash, 32),
      exactBytes('assetKey', assetKey, 32),
      exactBytes('owner', owner, 20),
      exactBytes('nonce', nonce, 32),
    ),
  );
}

/** Keccak-256(seed ‖ root of the round before); 32 zero bytes stand for the root before the first round. */
export function roundSeed(seed: Uint8Array, previousRoot: Uint8Array): Uint8Array {
  return keccak(seed, previousRoot);
}

export const noRoot = new Uint8Array(32);
