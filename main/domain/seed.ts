/** The benchmark seed: what keeps a result from being prepared, replayed or moved to another machine or owner. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesOf, concatBytes, type Hex, keccak } from './canonical.ts';

const label = utf8ToBytes('gaib-onboard/benchmark-seed/v1');

export interface SeedParts {
  /** Hash of a block no older than the validators accept. */
  blockHash: string;
  assetKey: string;
  owner: string;
}

/** Keccak-256(label ‖ block hash (32) ‖ asset key (32) ‖ owner (20)). */
export function benchmarkSeed({ blockHash, assetKey, owner }: SeedParts): Hex {
  return keccak(concatBytes(label, bytesOf(blockHash), bytesOf(assetKey), bytesOf(owner)));
}
