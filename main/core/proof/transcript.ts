/** What prover and verifier send each other, as JSON: numbers and 0x-prefixed hex only. */
import { bytesOfHex, exactBytes, type Hex, hexOf, keccak, uint32 } from './bytes.ts';
import { segmentsPerLeaf } from './memory.ts';
import { tilesPerRound, type WorkParameters } from './parameters.ts';
import { productSeed } from './seeds.ts';

export const workFormat = 'gaib-work/v2';

/** Sent before anything is opened: from here on nothing can be changed. */
export interface WorkCommitment {
  format: typeof workFormat;
  parameters: WorkParameters;
  /** Seed of the device. */
  seed: Hex;
  /** What the verifier drew once the memory was full. */
  walkNonce: Hex;
  /** Root over the ends of all walks. */
  memoryRoot: Hex;
  /** What the verifier drew once it had the memory root. */
  productNonce: Hex;
  /** Root of each round's tree, in order. */
  roots: Hex[];
}

/** The verifier's answer to the commitment: 32 bytes that nobody knew before it. */
export interface WorkChallenge {
  nonce: Hex;
}

/** All that the verifier drew, in the order of drawing. */
export interface WorkNonces {
  walk: Hex;
  product: Hex;
  open: Hex;
}

export interface OpenedTile {
  round: number;
  tile: number;
  /** edge × edge big-endian int32. */
  values: Hex;
  /** Neighbours from the leaf up. */
  path: Hex[];
}

export interface OpenedSegment {
  segment: number;
  /** 16 bytes for each of the eight segments that share the leaf, in order. */
  ends: Hex;
  path: Hex[];
}

export interface WorkOpening {
  nonce: Hex;
  segments: OpenedSegment[];
  tiles: OpenedTile[];
}

/** Everything of one proof, for a file that anybody can check again. */
export interface WorkTranscript {
  commitment: WorkCommitment;
  nonces: WorkNonces;
  opening: WorkOpening;
}

/** The seed of the rounds: it binds device, both nonces and the memory root. */
export function productSeedOf({ seed, walkNonce, memoryRoot, productNonce }: WorkCommitment): Uint8Array {
  return productSeed(
    exactBytes('seed', seed, 32),
    exactBytes('walkNonce', walkNonce, 32),
    exactBytes('memoryRoot', memoryRoot, 32),
    exactBytes('productNonce', productNonce, 32),
  );
}

/**
 * Keccak-256(product seed ‖ rows ‖ columns ‖ depth ‖ tile ‖ openings ‖ root 1 ‖ root 2 …), the sizes as uint32: what a
 * validator signs and a contract is shown.
 */
export function commitmentHash(commitment: WorkCommitment): Uint8Array {
  const { rows, columns, depth, tile, openings } = commitment.parameters.product;
  return keccak(
    productSeedOf(commitment),
    ...[rows, columns, depth, tile, openings].map(uint32),
    ...commitment.roots.map((root) => exactBytes('root', root, 32)),
  );
}

/**
 * Different numbers below `all`: draw n is the first six bytes of keccak256(nonce ‖ commitment hash ‖ tag ‖ uint32 n),
 * modulo `all`. One that falls where an earlier one fell is left out.
 */
function draw(nonce: Uint8Array, committed: Uint8Array, tag: number, all: number, count: number, share = 1): number[] {
  const drawn = new Map<number, number>();
  for (let counter = 0; drawn.size < count; counter++) {
    const hash = keccak(nonce, committed, Uint8Array.of(tag), uint32(counter));
    const number = hash.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0) % all;
    const place = Math.floor(number / share);
    if (!drawn.has(place)) drawn.set(place, number);
  }
  return [...drawn.values()];
}

const tileTag = 0;
const segmentTag = 1;

export interface Drawn {
  tiles: { round: number; tile: number }[];
  /** Segments to walk again; no two share a leaf. */
  segments: number[];
}

/** What to open, in the order of drawing. */
export function drawOpenings(sizes: WorkParameters, commitment: WorkCommitment, challenge: WorkChallenge): Drawn {
  const nonce = bytesOfHex(challenge.nonce, 32);
  if (nonce === undefined) throw new TypeError('the challenge nonce must be 0x and 64 hex digits');
  const committed = commitmentHash(commitment);
  const { memory, product } = sizes;
  const each = tilesPerRound(product);
  const tiles = draw(nonce, committed, tileTag, product.rounds * each, product.openings);
  return {
    tiles: tiles.map((index) => ({ round: Math.floor(index / each), tile: index % each })),
    segments: draw(nonce, committed, segmentTag, memory.segments, memory.openings, segmentsPerLeaf),
  };
}

const offlineText = (use: string) => new TextEncoder().encode(`gaib-onboard/work-offline-${use}/v2`);

/** The nonces of a proof that is sealed without a verifier: each is a hash of everything before it. */
export const offlineNonce = {
  walk: (seed: string): Hex => hexOf(keccak(offlineText('walk'), exactBytes('seed', seed, 32))),
  product: (seed: string, memoryRoot: string): Hex =>
    hexOf(keccak(offlineText('product'), exactBytes('seed', seed, 32), exactBytes('memoryRoot', memoryRoot, 32))),
  open: (commitment: WorkCommitment): Hex => hexOf(keccak(offlineText('open'), commitmentHash(commitment))),
};
