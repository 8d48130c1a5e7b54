/** The verifier's side: a few lines of hashing and two small products per opened tile, on any CPU or in a browser. */
import { bytesOfHex, type Hex } from './bytes.ts';
import { linesOf, matrixA, matrixB } from './operands.ts';
import { faultOfSizes, tilesPerRound, type WorkParameters } from './parameters.ts';
import { freivalds } from './product.ts';
import { noRoot, roundSeed } from './seeds.ts';
import { drawTiles, type OpenedTile, type WorkChallenge, type WorkCommitment, type WorkOpening } from './transcript.ts';
import { leadsToRoot, leafOf, tilePlace, tileValues } from './tree.ts';

/** What a proof can fail for; the first that is found is named. */
export type WorkFault =
  /** The sizes differ from those asked for, or cannot be used. */
  | 'sizes'
  /** The commitment was made for another seed: another block, asset, owner or nonce. */
  | 'seed'
  /** The text is not of the form that the format asks for. */
  | 'form'
  /** Other tiles were opened than the challenge drew. */
  | 'challenge'
  /** An opened tile does not belong to the committed tree. */
  | 'path'
  /** An opened tile is not the product of its operands. */
  | 'product';

export type WorkVerdict = { ok: true } | { ok: false; fault: WorkFault; why: string; round?: number; tile?: number };

export interface VerifyOptions {
  /** The verifier's own randomness; the prover must not be able to guess it. */
  random?: (bytes: number) => Uint8Array;
  /** Freivalds vectors per tile; each lets a wrong tile pass with probability at most 2^-15. */
  vectors?: number;
}

/** Checks an opening against the commitment that was received before the challenge was drawn. */
export function verify(
  sizes: WorkParameters,
  seed: string,
  commitment: WorkCommitment,
  challenge: WorkChallenge,
  opening: WorkOpening,
  options: VerifyOptions = {},
): WorkVerdict {
  const fault = faultOfSizes(sizes);
  if (fault !== undefined) return refuse('sizes', fault);
  const asked = commitmentFault(sizes, seed, commitment);
  if (asked !== undefined) return asked;
  const seedBytes = bytesOfHex(seed, 32);
  if (seedBytes === undefined) return refuse('form', 'The seed is not 32 bytes of hex.');
  const roots = commitment.roots.map((root) => bytesOfHex(root, 32));
  if (roots.some((root) => root === undefined)) return refuse('form', 'A root is not 32 bytes of hex.');
  if (opening?.nonce !== challenge.nonce) {
    return refuse('challenge', 'The opening answers another challenge than the one that was sent.');
  }
  const drawn = drawTiles(sizes, commitment, challenge);
  if (!Array.isArray(opening.tiles) || opening.tiles.length !== drawn.length) {
    return refuse('sizes', `${countOf(opening.tiles)} tiles were opened, ${drawn.length} were asked for.`);
  }
  const vectors = options.vectors ?? 2;
  const random = options.random ?? systemRandom;
  for (const [index, place] of drawn.entries()) {
    const opened = opening.tiles[index];
    if (opened?.round !== place.round || opened.tile !== place.tile) {
      return refuse('challenge', 'Another tile was opened than the one that was drawn.', place);
    }
    const previous = place.round === 0 ? noRoot : (roots[place.round - 1] as Uint8Array);
    const verdict = checkTile(sizes, roundSeed(seedBytes, previous), roots[place.round] as Uint8Array, opened, () =>
      vectorsOf(sizes.tile, vectors, random),
    );
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}

function commitmentFault(sizes: WorkParameters, seed: string, commitment: WorkCommitment): WorkVerdict | undefined {
  if (commitment?.format !== 'gaib-work/v1') return refuse('form', 'The commitment is not of the form gaib-work/v1.');
  for (const name of ['rounds', 'rows', 'columns', 'depth', 'tile', 'openings'] as const) {
    const found = commitment.parameters?.[name];
    if (found === sizes[name]) continue;
    const other = typeof found === 'number' ? String(found) : 'not a number';
    return refuse('sizes', `The proof has ${name} ${other}, ${sizes[name]} was asked for.`);
  }
  if (typeof commitment.seed !== 'string' || commitment.seed.toLowerCase() !== seed.toLowerCase()) {
    return refuse('seed', 'The proof was made for another seed: another block, asset, owner or nonce.');
  }
  if (!Array.isArray(commitment.roots) || commitment.roots.length !== sizes.rounds) {
    return refuse('sizes', `The proof commits to ${countOf(commitment.roots)} rounds, ${sizes.rounds} were asked for.`);
  }
  return undefined;
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function checkTile(
  sizes: WorkParameters,
  seed: Uint8Array,
  root: Uint8Array,
  opened: OpenedTile,
  draw: () => Uint16Array[],
): WorkVerdict {
  const { tile: edge, depth, columns } = sizes;
  const bytes = bytesOfHex(opened.values, edge * edge * 4);
  if (bytes === undefined) return refuse('sizes', `A tile has ${edge} × ${edge} numbers of four bytes.`, opened);
  const height = Math.log2(tilesPerRound(sizes));
  const path = Array.isArray(opened.path) ? opened.path.map((neighbour) => bytesOfHex(neighbour, 32)) : [];
  if (path.length !== height || !path.every((neighbour) => neighbour !== undefined)) {
    return refuse('path', `The way to the root has ${path.length} steps, ${height} are needed.`, opened);
  }
  if (!leadsToRoot(leafOf(opened.tile, bytes), opened.tile, path, root)) {
    return refuse('path', 'The tile is not the one that was committed.', opened);
  }
  const { row, column } = tilePlace(opened.tile, columns, edge);
  const left = linesOf(seed, matrixA, row, edge, depth);
  const right = linesOf(seed, matrixB, column, edge, depth);
  const values = tileValues(bytes);
  const correct = draw().every((vector) => freivalds(left, right, values, edge, depth, vector));
  return correct ? { ok: true } : refuse('product', 'The tile is not the product of its operands.', opened);
}

function vectorsOf(edge: number, count: number, random: (bytes: number) => Uint8Array): Uint16Array[] {
  return Array.from({ length: count }, () => {
    const bytes = random(2 * edge);
    return Uint16Array.from(
      { length: edge },
      (_, at) => ((bytes[2 * at] as number) << 8) | (bytes[2 * at + 1] as number),
    );
  });
}

function systemRandom(bytes: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(bytes));
}

function refuse(fault: WorkFault, why: string, at?: { round: number; tile: number }): WorkVerdict {
  return { ok: false, fault, why, ...(at === undefined ? {} : { round: at.round, tile: at.tile }) };
}

/** 32 fresh bytes for a nonce, as hex. */
export function freshNonce(random: (bytes: number) => Uint8Array = systemRandom): Hex {
  const digits = [...random(32)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `0x${digits.join('')}`;
}
