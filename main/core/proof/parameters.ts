/** The sizes of a work proof, and what each must satisfy for the arithmetic to stay exact. */

export interface WorkParameters {
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

/** Sizes for the sandbox: a second of one core to prove, a tenth of one to verify. */
export const sandboxWork: Readonly<WorkParameters> = {
  rounds: 6,
  rows: 128,
  columns: 128,
  depth: 1024,
  tile: 16,
  openings: 12,
};

/** Tiles of one round. */
export function tilesPerRound(sizes: WorkParameters): number {
  return (sizes.rows / sizes.tile) * (sizes.columns / sizes.tile);
}

/** Multiplications and additions of the whole proof, two operations each. */
export function operations(sizes: WorkParameters): number {
  return 2 * sizes.rounds * sizes.rows * sizes.columns * sizes.depth;
}

/** Why these sizes cannot be used, in words; nothing when they can. */
export function faultOfSizes(sizes: WorkParameters): string | undefined {
  for (const [name, value] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(value) || value < 1) return `${name} is ${value}; a whole number from 1 on is needed`;
  }
  if (sizes.depth % 32 !== 0) return `depth is ${sizes.depth}; a multiple of 32 is needed, one hash gives 32 bytes`;
  if (sizes.depth > 32_768) return `depth is ${sizes.depth}; up to 32768 the check stays exact in doubles`;
  if (sizes.tile > 64) return `tile is ${sizes.tile}; up to 64 the check stays exact in doubles`;
  if (sizes.rows > 32_768 || sizes.columns > 32_768) return 'rows and columns go up to 32768';
  if (sizes.rows % sizes.tile !== 0 || sizes.columns % sizes.tile !== 0)
    return 'rows and columns are multiples of tile';
  const tiles = tilesPerRound(sizes);
  if ((tiles & (tiles - 1)) !== 0) return `a round has ${tiles} tiles; a power of two is needed`;
  if (sizes.rounds > 4096) return `rounds is ${sizes.rounds}; up to 4096 are taken`;
  if (sizes.openings > sizes.rounds * tiles) return 'openings are at most the tiles of all rounds';
  return undefined;
}

/**
 * The chance that a prover with `wrong` wrong tiles is not found out: none of them is among the openings, drawn without
 * repetition, or one is and slips through `vectors` of Freivalds' checks at 2^-15 each. An upper bound.
 */
export function escapeProbability(sizes: WorkParameters, wrong: number, vectors = 2): number {
  const tiles = sizes.rounds * tilesPerRound(sizes);
  let missed = 1;
  for (let drawn = 0; drawn < sizes.openings; drawn++) missed *= Math.max(0, tiles - wrong - drawn) / (tiles - drawn);
  return Math.min(1, missed + 2 ** (-15 * vectors));
}
