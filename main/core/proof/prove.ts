/** The prover's side on a plain CPU: multiply, commit, and only then open what is asked for. */
import { exactBytes, hexOf } from './bytes.ts';
import { linesOf, matrixA, matrixB } from './operands.ts';
import { faultOfSizes, tilesPerRound, type WorkParameters } from './parameters.ts';
import { multiply } from './product.ts';
import { noRoot, roundSeed } from './seeds.ts';
import { drawTiles, type WorkChallenge, type WorkCommitment, type WorkOpening } from './transcript.ts';
import { leafOf, pathOf, rootOf, type Tree, tileBytes, treeOf } from './tree.ts';

export interface ProveOptions {
  /** Called after each round with the part that is done, 0 … 1. */
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

export interface WorkProof {
  commitment: WorkCommitment;
  /** Answers one challenge; the tiles it opens follow from the challenge alone. */
  open(challenge: WorkChallenge): WorkOpening;
}

interface Round {
  tiles: Uint8Array[];
  tree: Tree;
}

/** Does the work for `seed` and commits to it. Between rounds it lets other work run, and ends when `signal` says so. */
export async function prove(sizes: WorkParameters, seed: string, options: ProveOptions = {}): Promise<WorkProof> {
  const fault = faultOfSizes(sizes);
  if (fault !== undefined) throw new RangeError(fault);
  const seedBytes = exactBytes('seed', seed, 32);
  const rounds: Round[] = [];
  let previous: Uint8Array = noRoot;
  for (let index = 0; index < sizes.rounds; index++) {
    options.signal?.throwIfAborted();
    const round = multiplyRound(sizes, roundSeed(seedBytes, previous));
    rounds.push(round);
    previous = rootOf(round.tree);
    options.onProgress?.((index + 1) / sizes.rounds);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const commitment: WorkCommitment = {
    format: 'gaib-work/v1',
    parameters: { ...sizes },
    seed: hexOf(seedBytes),
    roots: rounds.map(({ tree }) => hexOf(rootOf(tree))),
  };
  return { commitment, open: (challenge) => openTiles(sizes, rounds, commitment, challenge) };
}

function multiplyRound(sizes: WorkParameters, seed: Uint8Array): Round {
  const { rows, columns, depth, tile } = sizes;
  const left = linesOf(seed, matrixA, 0, rows, depth);
  const right = linesOf(seed, matrixB, 0, columns, depth);
  const product = multiply(left, right, rows, columns, depth);
  const tiles = Array.from({ length: tilesPerRound(sizes) }, (_, index) => tileBytes(product, columns, tile, index));
  return { tiles, tree: treeOf(tiles.map((bytes, index) => leafOf(index, bytes))) };
}

function openTiles(
  sizes: WorkParameters,
  rounds: readonly Round[],
  commitment: WorkCommitment,
  challenge: WorkChallenge,
): WorkOpening {
  const tiles = drawTiles(sizes, commitment, challenge).map(({ round, tile }) => {
    const { tiles: values, tree } = rounds[round] as Round;
    return { round, tile, values: hexOf(values[tile] as Uint8Array), path: pathOf(tree, tile).map(hexOf) };
  });
  return { nonce: challenge.nonce, tiles };
}
