/**
 * A transcript of the size that a GPU's has, made on a CPU for measurements: the tiles and walks that are opened are
 * computed in full, everything else in the trees is noise. Its places are chosen before the commitment, which a prover
 * cannot do; so it is checked by `checkOpenings`, not by `verify`.
 */
import { bytesOfHex, hexOf, keccak, uint32 } from '#core/proof/bytes.ts';
import { digestBytes, lineMaker, segmentsPerLeaf, walker } from '#core/proof/memory.ts';
import { linesOf, matrixA, matrixB } from '#core/proof/operands.ts';
import { tilesPerRound, type WorkParameters } from '#core/proof/parameters.ts';
import { multiply } from '#core/proof/product.ts';
import { fillSeed, noRoot, roundSeed, walkSeed } from '#core/proof/seeds.ts';
import {
  type Drawn,
  productSeedOf,
  type WorkCommitment,
  type WorkOpening,
  workFormat,
} from '#core/proof/transcript.ts';
import { endsLeafOf, leafOf, tileBytes, tilePlace } from '#core/proof/tree.ts';
import { freshNonce } from '#core/proof/verify.ts';

export interface DeviceTranscript {
  sizes: WorkParameters;
  commitment: WorkCommitment;
  drawn: Drawn;
  opening: WorkOpening;
}

/** Leaves at some places, noise beside them: the root, and the path of each place. */
function sparseTree(leaves: ReadonlyMap<number, Uint8Array>, height: number) {
  let level = new Map(leaves);
  const paths = new Map([...leaves.keys()].map((place) => [place, [] as Uint8Array[]]));
  for (let at = 0; at < height; at++) {
    const noise = (place: number) => keccak(Uint8Array.of(0xff, at), uint32(place));
    for (const [place, path] of paths) {
      const neighbour = (place >>> at) ^ 1;
      path.push(level.get(neighbour) ?? noise(neighbour));
    }
    const above = new Map<number, Uint8Array>();
    for (const place of level.keys()) {
      const left = place & ~1;
      const hash = (one: number) => level.get(one) ?? noise(one);
      above.set(place >>> 1, keccak(Uint8Array.of(1), hash(left), hash(left | 1)));
    }
    level = above;
  }
  return { root: level.get(0) as Uint8Array, paths };
}

function places(count: number, below: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(Math.random() * below));
  return [...chosen];
}

export function deviceTranscript(sizes: WorkParameters): DeviceTranscript {
  const { memory, product } = sizes;
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const walkNonce = freshNonce();
  const make = lineMaker(fillSeed(seed), memory.iterations);
  const walk = walker(
    walkSeed(seed, bytesOfHex(walkNonce, 32) as Uint8Array),
    memory.lines,
    memory.steps,
    (index, into) => make(index, into, 0),
  );
  const segments = places(memory.openings, memory.segments / segmentsPerLeaf).map((leaf) => leaf * segmentsPerLeaf);
  const ends = new Map<number, Uint8Array>();
  for (const segment of segments) {
    const all = crypto.getRandomValues(new Uint8Array(segmentsPerLeaf * digestBytes));
    all.set(walk(segment));
    ends.set(segment / segmentsPerLeaf, all);
  }
  const memoryTree = sparseTree(
    new Map([...ends].map(([leaf, bytes]) => [leaf, endsLeafOf(leaf, bytes)])),
    Math.log2(memory.segments / segmentsPerLeaf),
  );
  const commitment: WorkCommitment = {
    format: workFormat,
    parameters: sizes,
    seed: hexOf(seed),
    walkNonce,
    memoryRoot: hexOf(memoryTree.root),
    productNonce: freshNonce(),
    roots: [],
  };
  const each = tilesPerRound(product);
  const tiles = places(product.openings, product.rounds * each).map((place) => ({
    round: Math.floor(place / each),
    tile: place % each,
  }));
  const base = productSeedOf(commitment);
  const opened: WorkOpening['tiles'] = [];
  for (let round = 0, previous = noRoot as Uint8Array; round < product.rounds; round++) {
    const inner = roundSeed(base, previous);
    const values = new Map<number, Uint8Array>();
    for (const { tile } of tiles.filter((one) => one.round === round)) {
      const { row, column } = tilePlace(tile, product.columns, product.tile);
      const left = linesOf(inner, matrixA, row, product.tile, product.depth);
      const right = linesOf(inner, matrixB, column, product.tile, product.depth);
      const numbers = multiply(left, right, product.tile, product.tile, product.depth);
      values.set(tile, tileBytes(numbers, product.tile, product.tile, 0));
    }
    const leaves = new Map([...values].map(([tile, bytes]) => [tile, leafOf(tile, bytes)]));
    if (leaves.size === 0) leaves.set(0, keccak(uint32(round)));
    const { root, paths } = sparseTree(leaves, Math.log2(each));
    for (const [tile, bytes] of values)
      opened.push({ round, tile, values: hexOf(bytes), path: (paths.get(tile) ?? []).map(hexOf) });
    previous = root;
    commitment.roots.push(hexOf(root));
  }
  const ordered = tiles.map(({ round, tile }) => opened.find((one) => one.round === round && one.tile === tile));
  return {
    sizes,
    commitment,
    drawn: { tiles, segments },
    opening: {
      nonce: freshNonce(),
      segments: segments.map((segment) => {
        const leaf = segment / segmentsPerLeaf;
        return {
          segment,
          ends: hexOf(ends.get(leaf) as Uint8Array),
          path: (memoryTree.paths.get(leaf) ?? []).map(hexOf),
        };
      }),
      tiles: ordered as WorkOpening['tiles'],
    },
  };
}
