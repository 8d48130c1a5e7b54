/** The verifier's side: some walks again and two small products per opened tile, on any CPU or in a browser. */
import { bytesOfHex, exactBytes, type Hex } from './bytes.ts';
import { digestBytes, lineMaker, segmentsPerLeaf, walker } from './memory.ts';
import { expandLines, matrixA, matrixB } from './operands.ts';
import { faultOfSizes, type ProductParameters, tilesPerRound, vectorBits, type WorkParameters } from './parameters.ts';
import { type CheckingVector, freivalds } from './product.ts';
import { fillSeed, noRoot, roundSeed, walkSeed } from './seeds.ts';
import {
  type Drawn,
  drawOpenings,
  type OpenedSegment,
  type OpenedTile,
  offlineNonce,
  productSeedOf,
  type WorkCommitment,
  type WorkNonces,
  type WorkOpening,
  type WorkTranscript,
  workFormat,
} from './transcript.ts';
import { endsLeafOf, leadsToRoot, leafOf, tilePlace, tileValues } from './tree.ts';

/** What a proof can fail for; the first that is found is named. */
export type WorkFault =
  /** The sizes differ from those asked for, or cannot be used. */
  | 'sizes'
  /** The commitment was made for another seed: another block, asset, owner, device or nonce. */
  | 'seed'
  /** A phase was begun with another nonce than the one that was drawn for it. */
  | 'nonce'
  /** The text is not of the form that the format asks for. */
  | 'form'
  /** Other places were opened than the challenge drew. */
  | 'challenge'
  /** What was opened does not belong to the committed tree. */
  | 'path'
  /** An opened segment does not end where a walk through the memory ends. */
  | 'walk'
  /** An opened tile is not the product of its operands. */
  | 'product';

export type WorkVerdict =
  | { ok: true }
  | { ok: false; fault: WorkFault; why: string; at?: { round: number; tile: number } | { segment: number } };

export interface VerifyOptions {
  /** The verifier's own randomness; the prover must not be able to guess it. */
  random?: (bytes: number) => Uint8Array;
  /** Freivalds vectors per tile; each lets a wrong tile pass with probability at most 2^-`vectorBits`. */
  vectors?: number;
}

/** What the verifier asked for and drew by itself. */
export interface Asked {
  sizes: WorkParameters;
  /** Seed of the device. */
  seed: string;
  nonces: WorkNonces;
}

/** Checks an opening against the commitment that was received before the last nonce was drawn. */
export function verify(
  asked: Asked,
  commitment: WorkCommitment,
  opening: WorkOpening,
  options: VerifyOptions = {},
): WorkVerdict {
  const fault = faultOfSizes(asked.sizes);
  if (fault !== undefined) return refuse('sizes', fault);
  const committed = commitmentFault(asked, commitment);
  if (committed !== undefined) return committed;
  if (opening?.nonce !== asked.nonces.open) {
    return refuse('challenge', 'The opening answers another challenge than the one that was sent.');
  }
  const drawn = drawOpenings(asked.sizes, commitment, { nonce: asked.nonces.open });
  return checkOpenings(asked.sizes, commitment, drawn, opening, options);
}

/** Checks a sealed file: its nonces must be the hashes of what comes before them. */
export function verifyOffline(
  sizes: WorkParameters,
  seed: string,
  { commitment, opening }: WorkTranscript,
  options: VerifyOptions = {},
): WorkVerdict {
  const fault = faultOfSizes(sizes);
  if (fault !== undefined) return refuse('sizes', fault);
  if (bytesOfHex(commitment?.memoryRoot, 32) === undefined) return refuse('form', 'The memory root is not 32 bytes.');
  const walk = offlineNonce.walk(seed);
  const product = offlineNonce.product(seed, commitment.memoryRoot);
  const before = commitmentFault({ sizes, seed, nonces: { walk, product, open: walk } }, commitment);
  if (before !== undefined) return before;
  return verify(
    { sizes, seed, nonces: { walk, product, open: offlineNonce.open(commitment) } },
    commitment,
    opening,
    options,
  );
}

/**
 * The checks of what was drawn, apart from the drawing. `verify` is the one to call; a measurement calls this with places
 * of its own choice.
 */
export function checkOpenings(
  sizes: WorkParameters,
  commitment: WorkCommitment,
  drawn: Drawn,
  opening: WorkOpening,
  options: VerifyOptions = {},
): WorkVerdict {
  const counted = countFault(drawn, opening);
  if (counted !== undefined) return counted;
  const walk = segmentCheck(sizes, commitment);
  for (const [index, segment] of drawn.segments.entries()) {
    const verdict = walk(segment, opening.segments[index] as OpenedSegment);
    if (!verdict.ok) return verdict;
  }
  const check = tileCheck(sizes.product, commitment, options);
  for (const [index, place] of drawn.tiles.entries()) {
    const verdict = check(place, opening.tiles[index] as OpenedTile);
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}

function countFault(drawn: Drawn, opening: WorkOpening): WorkVerdict | undefined {
  for (const part of ['tiles', 'segments'] as const) {
    const found = countOf(opening[part]);
    if (found !== drawn[part].length)
      return refuse('sizes', `${found} ${part} were opened, ${drawn[part].length} were asked for.`);
  }
  return undefined;
}

function commitmentFault({ sizes, seed, nonces }: Asked, commitment: WorkCommitment): WorkVerdict | undefined {
  if (commitment?.format !== workFormat) return refuse('form', `The commitment is not of the form ${workFormat}.`);
  for (const part of ['memory', 'product'] as const) {
    for (const [name, wanted] of Object.entries(sizes[part])) {
      const found: unknown = (commitment.parameters?.[part] as unknown as Record<string, unknown> | undefined)?.[name];
      if (found === wanted) continue;
      const other = typeof found === 'number' ? String(found) : 'not a number';
      return refuse('sizes', `The proof has ${part}.${name} ${other}, ${wanted} was asked for.`);
    }
  }
  if (!isSame(commitment.seed, seed)) {
    return refuse('seed', 'The proof was made for another seed: another block, asset, owner, device or nonce.');
  }
  if (!isSame(commitment.walkNonce, nonces.walk) || !isSame(commitment.productNonce, nonces.product)) {
    return refuse('nonce', 'A phase was begun with another nonce than the one drawn for it.');
  }
  if (!Array.isArray(commitment.roots) || commitment.roots.length !== sizes.product.rounds) {
    const found = countOf(commitment.roots);
    return refuse('sizes', `The proof commits to ${found} rounds, ${sizes.product.rounds} were asked for.`);
  }
  const hashes = [commitment.seed, commitment.walkNonce, commitment.productNonce, commitment.memoryRoot];
  if ([...hashes, ...commitment.roots].some((hash) => bytesOfHex(hash, 32) === undefined))
    return refuse('form', 'A hash is not 32 bytes of hex.');
  return undefined;
}

/** Walks a segment again, making each line that it comes by. */
function segmentCheck({ memory }: WorkParameters, { seed, walkNonce, memoryRoot }: WorkCommitment) {
  const seedBytes = exactBytes('seed', seed, 32);
  const make = lineMaker(fillSeed(seedBytes), memory.iterations);
  const walk = walker(
    walkSeed(seedBytes, exactBytes('walkNonce', walkNonce, 32)),
    memory.lines,
    memory.steps,
    (index, into) => make(index, into, 0),
  );
  const root = exactBytes('memoryRoot', memoryRoot, 32);
  const height = Math.log2(memory.segments / segmentsPerLeaf);
  return (segment: number, opened: OpenedSegment): WorkVerdict => {
    const at = { segment };
    if (opened?.segment !== segment)
      return refuse('challenge', 'Another segment was opened than the one that was drawn.', at);
    const ends = bytesOfHex(opened.ends, segmentsPerLeaf * digestBytes);
    if (ends === undefined) return refuse('sizes', 'A leaf has the ends of eight segments, 16 bytes each.', at);
    const path = pathOfHex(opened.path, height);
    if (path === undefined) return refuse('path', `The way to the root needs ${height} steps of 32 bytes.`, at);
    const leaf = Math.floor(segment / segmentsPerLeaf);
    if (!leadsToRoot(endsLeafOf(leaf, ends), leaf, path, root))
      return refuse('path', 'The ends are not those that were committed.', at);
    const place = (segment % segmentsPerLeaf) * digestBytes;
    const end = walk(segment);
    return end.every((byte, index) => byte === ends[place + index])
      ? { ok: true }
      : refuse('walk', 'The segment does not end where a walk through the memory ends.', at);
  };
}

function tileCheck(sizes: ProductParameters, commitment: WorkCommitment, options: VerifyOptions) {
  const { tile: edge, depth, columns } = sizes;
  const seed = productSeedOf(commitment);
  const roots = commitment.roots.map((root) => exactBytes('root', root, 32));
  const height = Math.log2(tilesPerRound(sizes));
  const left = new Int8Array(edge * depth);
  const right = new Int8Array(edge * depth);
  return (place: Drawn['tiles'][number], opened: OpenedTile): WorkVerdict => {
    if (opened?.round !== place.round || opened.tile !== place.tile)
      return refuse('challenge', 'Another tile was opened than the one that was drawn.', place);
    const bytes = bytesOfHex(opened.values, edge * edge * 4);
    if (bytes === undefined) return refuse('sizes', `A tile has ${edge} × ${edge} numbers of four bytes.`, place);
    const path = pathOfHex(opened.path, height);
    if (path === undefined) return refuse('path', `The way to the root needs ${height} steps of 32 bytes.`, place);
    if (!leadsToRoot(leafOf(place.tile, bytes), place.tile, path, roots[place.round] as Uint8Array))
      return refuse('path', 'The tile is not the one that was committed.', place);
    const previous = place.round === 0 ? noRoot : (roots[place.round - 1] as Uint8Array);
    const inner = roundSeed(seed, previous);
    const { row, column } = tilePlace(place.tile, columns, edge);
    expandLines(inner, matrixA, row, edge, depth, left);
    expandLines(inner, matrixB, column, edge, depth, right);
    return freivalds(left, right, tileValues(bytes), edge, depth, vectorsOf(sizes, options))
      ? { ok: true }
      : refuse('product', 'The tile is not the product of its operands.', place);
  };
}

function vectorsOf(sizes: ProductParameters, { random = systemRandom, vectors = 2 }: VerifyOptions): CheckingVector[] {
  const mask = 2 ** vectorBits(sizes) - 1;
  return Array.from({ length: vectors }, () => {
    const view = new DataView(Uint8Array.from(random(4 * sizes.tile)).buffer);
    return Float64Array.from({ length: sizes.tile }, (_, at) => view.getUint32(4 * at) & mask);
  });
}

function pathOfHex(path: unknown, height: number): Uint8Array[] | undefined {
  if (!Array.isArray(path) || path.length !== height) return undefined;
  const steps = path.map((neighbour) => bytesOfHex(neighbour, 32));
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function isSame(found: unknown, wanted: string): boolean {
  return typeof found === 'string' && found.toLowerCase() === wanted.toLowerCase();
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function systemRandom(bytes: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(bytes));
}

function refuse(
  fault: WorkFault,
  why: string,
  at?: { round: number; tile: number } | { segment: number },
): WorkVerdict {
  return { ok: false, fault, why, ...(at === undefined ? {} : { at }) };
}

/** 32 fresh bytes for a nonce, as hex. */
export function freshNonce(random: (bytes: number) => Uint8Array = systemRandom): Hex {
  const digits = [...random(32)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `0x${digits.join('')}`;
}
