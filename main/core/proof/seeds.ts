/** What a proof is bound to, and how each part of it follows from the one before. All hashes are Keccak-256. */
import { exactBytes, type Hex, hexOf, keccak, uint32 } from './bytes.ts';

const text = (words: string) => new TextEncoder().encode(words);
const label = (use: string) => text(`gaib-onboard/work-${use}/v2`);

export interface WorkSeedParts {
  /** Hash of a block no older than the verifier accepts. */
  blockHash: string;
  assetKey: string;
  owner: string;
  /** 32 bytes that the verifier drew for this challenge and never before. */
  nonce: string;
}

/** hash(label ‖ block hash (32) ‖ asset key (32) ‖ owner (20) ‖ nonce (32)): the seed of all devices of one challenge. */
export function workSeed({ blockHash, assetKey, owner, nonce }: WorkSeedParts): Hex {
  return hexOf(
    keccak(
      label('seed'),
      exactBytes('blockHash', blockHash, 32),
      exactBytes('assetKey', assetKey, 32),
      exactBytes('owner', owner, 20),
      exactBytes('nonce', nonce, 32),
    ),
  );
}

/** hash(label ‖ work seed ‖ uint32 index ‖ hash(locator)): each device of a machine does work of its own. */
export function deviceSeed(seed: string, index: number, locator: string): Hex {
  return hexOf(keccak(label('device'), exactBytes('seed', seed, 32), uint32(index), keccak(text(locator))));
}

export function fillSeed(seed: Uint8Array): Uint8Array {
  return keccak(label('fill'), seed);
}

/** Known only once the memory is said to be full. */
export function walkSeed(seed: Uint8Array, walkNonce: Uint8Array): Uint8Array {
  return keccak(label('walk'), seed, walkNonce);
}

/** Known only once the walks are committed to. */
export function productSeed(
  seed: Uint8Array,
  walkNonce: Uint8Array,
  memoryRoot: Uint8Array,
  productNonce: Uint8Array,
): Uint8Array {
  return keccak(label('product'), seed, walkNonce, memoryRoot, productNonce);
}

/** hash(product seed ‖ root of the round before); 32 zero bytes stand for the root before the first round. */
export function roundSeed(seed: Uint8Array, previousRoot: Uint8Array): Uint8Array {
  return keccak(seed, previousRoot);
}

export const noRoot = new Uint8Array(32);
