/** The sizes of a work proof, and what each must satisfy for the arithmetic to stay exact. */
import { segmentsPerLeaf } from './memory.ts';

export interface MemoryParameters {
  /** Lines of 128 bytes that are filled and walked. */
  lines: number;
  /** Blocks of ChaCha8 one after the other for each half of a line. */
  iterations: number;
  /** Walks, each from a start of its own. */
  segments: number;
  /** Dependent reads of one segment. */
  steps: number;
  /** Segments the verifier walks again. */
  openings: number;
}

export interface ProductParameters {
  /** Products one after the other; each is seeded by the root of the one before. */
  rounds: number;
  /** Rows of A and of the product. */
  rows: number;
  /** Columns of B and of the product. */
  columns: number;
  /** Length of a row of A and of a column of B: multiplications per element. */
  depth: number;
  /** Edge of a square tile of the product; one tile is one leaf of the tree. */
  tile: number;
  /** Tiles the verifier asks for after the commitment. */
  openings: number;
}

export interface WorkParameters {
  memory: MemoryParameters;
  product: ProductParameters;
}

/** Sizes for the sandbox: a third of a second of one core to prove, some tens of milliseconds to verify. */
export const sandboxWork: Readonly<WorkParameters> = {
  memory: { lines: 4096, iterations: 16, segments: 128, steps: 64, openings: 8 },
  product: { rounds: 6, rows: 128, columns: 128, depth: 1024, tile: 16, openings: 12 },
};

/** Openings of a proof that is sealed into a file: whoever makes it can try again until the draw suits. */
export const offlineOpenings = { memory: 128, product: 264 } as const;

/** The same work with the openings of a file, as far as there are that many. */
export function offlineWork({ memory, product }: WorkParameters): WorkParameters {
  const leaves = memory.segments / segmentsPerLeaf;
  return {
    memory: { ...memory, openings: Math.min(leaves, offlineOpenings.memory) },
    product: { ...product, openings: Math.min(product.rounds * tilesPerRound(product), offlineOpenings.product) },
  };
}

/** Tiles of one round. */
export function tilesPerRound({ rows, columns, tile }: ProductParameters): number {
  return (rows / tile) * (columns / tile);
}

/** Multiplications and additions of all rounds, two operations each. */
export function operations({ rounds, rows, columns, depth }: ProductParameters): number {
  return 2 * rounds * rows * columns * depth;
}

/** Why these sizes cannot be used, in words; nothing when they can. */
export function faultOfSizes(sizes: WorkParameters): string | undefined {
  for (const part of ['memory', 'product'] as const) {
    for (const [name, value] of Object.entries(sizes[part] ?? {})) {
      if (!Number.isSafeInteger(value) || value < 1)
        return `${part}.${name} is ${value}; a whole number from 1 on is needed`;
    }
  }
  return faultOfMemory(sizes.memory) ?? faultOfProduct(sizes.product);
}

function faultOfMemory({ lines, iterations, segments, steps, openings }: MemoryParameters): string | undefined {
  if (lines > 2 ** 31) return `memory.lines is ${lines}; up to 2^31 are taken`;
  if (iterations > 4096) return `memory.iterations is ${iterations}; up to 4096 are taken`;
  if (steps > 65_536) return `memory.steps is ${steps}; up to 65536 are taken`;
  const leaves = segments / segmentsPerLeaf;
  if (!isPowerOfTwo(leaves) || segments > 2 ** 31)
    return `memory.segments is ${segments}; ${segmentsPerLeaf} times a power of two is needed, up to 2^31`;
  if (openings > leaves) return 'memory.openings are at most the leaves, an eighth of the segments';
  return undefined;
}

function faultOfProduct(product: ProductParameters): string | undefined {
  const { rounds, rows, columns, depth, tile, openings } = product;
  if (depth % 64 !== 0) return `product.depth is ${depth}; a multiple of 64 is needed, one block gives 64 bytes`;
  if (depth > 32_768) return `product.depth is ${depth}; up to 32768 the check stays exact in doubles`;
  if (tile > 64) return `product.tile is ${tile}; up to 64 the check stays exact in doubles`;
  if (rows > 65_536 || columns > 65_536) return 'product.rows and product.columns go up to 65536';
  if (rows % tile !== 0 || columns % tile !== 0)
    return 'product.rows and product.columns are multiples of product.tile';
  const tiles = tilesPerRound(product);
  if (!isPowerOfTwo(tiles)) return `a round has ${tiles} tiles; a power of two is needed`;
  if (rounds > 4096) return `product.rounds is ${rounds}; up to 4096 are taken`;
  if (openings > rounds * tiles) return 'product.openings are at most the tiles of all rounds';
  return undefined;
}

function isPowerOfTwo(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 1 && 2 ** Math.round(Math.log2(count)) === count;
}

/** Bits of each number of a checking vector: as many as keep every sum below 2^53, with one to spare. */
export function vectorBits({ depth, tile }: Pick<ProductParameters, 'depth' | 'tile'>): number {
  return Math.min(30, 38 - Math.ceil(Math.log2(depth)) - Math.ceil(Math.log2(tile)));
}

/**
 * The chance that a prover with `wrong` of `all` wrong leaves is not found out: none of them is among the openings, drawn
 * without repetition. An upper bound with `slip`, the chance that a wrong one passes its check.
 */
export function escapeProbability(all: number, wrong: number, openings: number, slip: number): number {
  let missed = 1;
  for (let drawn = 0; drawn < openings; drawn++) missed *= Math.max(0, all - wrong - drawn) / (all - drawn);
  return Math.min(1, missed + slip);
}
