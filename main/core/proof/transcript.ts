/** What prover and verifier send each other, as JSON: numbers and 0x-prefixed hex only. */
import { bytesOfHex, exactBytes, type Hex, keccak, uint32 } from './bytes.ts';
import { tilesPerRound, type WorkParameters } from './parameters.ts';

/** Sent first: from here on nothing can be changed. */
export interface WorkCommitment {
  format: 'gaib-work/v1';
  parameters: WorkParameters;
  seed: Hex;
  /** Root of each round's tree, in order. */
  roots: Hex[];
}

/** The verifier's answer to the commitment: 32 bytes that nobody knew before it. */
export interface WorkChallenge {
  nonce: Hex;
}

export interface OpenedTile {
  round: number;
  tile: number;
  /** edge × edge big-endian int32. */
  values: Hex;
  /** Neighbours from the leaf up. */
  path: Hex[];
}

export interface WorkOpening {
  nonce: Hex;
  tiles: OpenedTile[];
}

/** Everything of one proof, for a file that anybody can check again. */
export interface WorkTranscript {
  commitment: WorkCommitment;
  challenge: WorkChallenge;
  opening: WorkOpening;
}

/** Keccak-256(seed ‖ root 1 ‖ root 2 …): what a validator stores and a contract is shown. */
export function commitmentHash(commitment: WorkCommitment): Uint8Array {
  return keccak(
    exactBytes('seed', commitment.seed, 32),
    ...commitment.roots.map((root) => exactBytes('root', root, 32)),
  );
}

/**
 * The tiles to open, all different: draw n is keccak256(nonce ‖ commitment hash ‖ uint32 n), its first six bytes as a
 * number, modulo the tiles of all rounds; a tile that was drawn before is drawn again with the next n.
 */
export function drawTiles(
  sizes: WorkParameters,
  commitment: WorkCommitment,
  challenge: WorkChallenge,
): { round: number; tile: number }[] {
  const nonce = bytesOfHex(challenge.nonce, 32);
  if (nonce === undefined) throw new TypeError('the challenge nonce must be 0x and 64 hex digits');
  const committed = commitmentHash(commitment);
  const each = tilesPerRound(sizes);
  const drawn = new Set<number>();
  for (let counter = 0; drawn.size < sizes.openings; counter++) {
    const hash = keccak(nonce, committed, uint32(counter));
    const number = hash.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
    drawn.add(number % (sizes.rounds * each));
  }
  return [...drawn].map((index) => ({ round: Math.floor(index / each), tile: index % each }));
}
