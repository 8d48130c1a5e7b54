/**
 * The prover's side on a plain CPU: fill the memory, walk it, multiply, commit, and only then open what is asked for. A
 * prover on a GPU keeps the same order and gives the same bytes.
 */
import { exactBytes, type Hex, hexOf } from './bytes.ts';
import { digestBytes, lineMaker, lineWords, segmentsPerLeaf, walker } from './memory.ts';
import { linesOf, matrixA, matrixB } from './operands.ts';
import { faultOfSizes, type ProductParameters, tilesPerRound, type WorkParameters } from './parameters.ts';
import { multiply } from './product.ts';
import { fillSeed, noRoot, roundSeed, walkSeed } from './seeds.ts';
import {
  drawOpenings,
  offlineNonce,
  productSeedOf,
  type WorkChallenge,
  type WorkCommitment,
  type WorkOpening,
  type WorkTranscript,
  workFormat,
} from './transcript.ts';
import { endsLeafOf, leafOf, pathOf, rootOf, type Tree, tileBytes, treeOf } from './tree.ts';

/** One device's work, phase after phase. Each phase starts when the verifier's nonce for it is there. */
export interface WorkProver {
  fill(): Promise<void>;
  /** Answers with the root over the ends of all walks. */
  walk(nonce: Hex): Promise<Hex>;
  multiply(nonce: Hex): Promise<WorkCommitment>;
  /** What it opens follows from the challenge alone. */
  open(challenge: WorkChallenge): Promise<WorkOpening>;
}

export interface ProveOptions {
  /** Called now and then with the part of all phases that is done, 0 … 1. */
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

interface Round {
  tiles: Uint8Array[];
  tree: Tree;
}

/** Milliseconds after which other work of this process has a turn. */
const turnMs = 20;

export function cpuProver(sizes: WorkParameters, seed: string, options: ProveOptions = {}): WorkProver {
  const fault = faultOfSizes(sizes);
  if (fault !== undefined) throw new RangeError(fault);
  const { memory, product } = sizes;
  const seedBytes = exactBytes('seed', seed, 32);
  const lines = new Int32Array(memory.lines * lineWords);
  const ends = new Uint8Array(memory.segments * digestBytes);
  const rounds: Round[] = [];
  const given: { walk?: { nonce: Hex; tree: Tree }; commitment?: WorkCommitment } = {};
  const breath = breather(options);

  return {
    async fill() {
      const make = lineMaker(fillSeed(seedBytes), memory.iterations);
      for (let index = 0; index < memory.lines; index++) {
        make(index, lines, index * lineWords);
        await breath((index / memory.lines) * 0.3);
      }
    },
    async walk(nonce) {
      const walk = walker(
        walkSeed(seedBytes, exactBytes('nonce', nonce, 32)),
        memory.lines,
        memory.steps,
        (index, into) => into.set(lines.subarray(index * lineWords, (index + 1) * lineWords)),
      );
      for (let segment = 0; segment < memory.segments; segment++) {
        ends.set(walk(segment), segment * digestBytes);
        await breath(0.3 + (segment / memory.segments) * 0.2);
      }
      const tree = treeOf(
        Array.from({ length: memory.segments / segmentsPerLeaf }, (_, leaf) => endsLeafOf(leaf, leafEnds(ends, leaf))),
      );
      given.walk = { nonce, tree };
      return hexOf(rootOf(tree));
    },
    async multiply(nonce) {
      const { walk } = given;
      if (walk === undefined) throw new Error('the memory is walked before the products are made');
      const commitment: WorkCommitment = {
        format: workFormat,
        parameters: structuredClone(sizes),
        seed: hexOf(seedBytes),
        walkNonce: walk.nonce,
        memoryRoot: hexOf(rootOf(walk.tree)),
        productNonce: nonce,
        roots: [],
      };
      const base = productSeedOf(commitment);
      for (let index = 0, previous = noRoot as Uint8Array; index < product.rounds; index++) {
        const round = multiplyRound(product, roundSeed(base, previous));
        rounds.push(round);
        previous = rootOf(round.tree);
        commitment.roots.push(hexOf(previous));
        await breath(0.5 + ((index + 1) / product.rounds) * 0.5, true);
      }
      given.commitment = commitment;
      return commitment;
    },
    async open(challenge) {
      const { walk, commitment } = given;
      if (walk === undefined || commitment === undefined) throw new Error('a commitment comes before the openings');
      const drawn = drawOpenings(sizes, commitment, challenge);
      return {
        nonce: challenge.nonce,
        segments: drawn.segments.map((segment) => {
          const leaf = Math.floor(segment / segmentsPerLeaf);
          return { segment, ends: hexOf(leafEnds(ends, leaf)), path: pathOf(walk.tree, leaf).map(hexOf) };
        }),
        tiles: drawn.tiles.map(({ round, tile }) => {
          const { tiles, tree } = rounds[round] as Round;
          return { round, tile, values: hexOf(tiles[tile] as Uint8Array), path: pathOf(tree, tile).map(hexOf) };
        }),
      };
    },
  };
}

/** A whole proof without a verifier: its nonces are hashes of what came before, so anyone can check the file later. */
export async function sealOffline(prover: WorkProver, seed: string): Promise<WorkTranscript> {
  await prover.fill();
  const walk = offlineNonce.walk(seed);
  const product = offlineNonce.product(seed, await prover.walk(walk));
  const commitment = await prover.multiply(product);
  const open = offlineNonce.open(commitment);
  return { commitment, nonces: { walk, product, open }, opening: await prover.open({ nonce: open }) };
}

function breather({ signal, onProgress }: ProveOptions) {
  let last = performance.now();
  return async (fraction: number, tell = false): Promise<void> => {
    if (!tell && performance.now() - last < turnMs) return;
    signal?.throwIfAborted();
    onProgress?.(fraction);
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}

/** The ends of the eight segments of one leaf. */
function leafEnds(ends: Uint8Array, leaf: number): Uint8Array {
  const bytes = segmentsPerLeaf * digestBytes;
  return ends.subarray(leaf * bytes, (leaf + 1) * bytes);
}

function multiplyRound(sizes: ProductParameters, seed: Uint8Array): Round {
  const { rows, columns, depth, tile } = sizes;
  const left = linesOf(seed, matrixA, 0, rows, depth);
  const right = linesOf(seed, matrixB, 0, columns, depth);
  const product = multiply(left, right, rows, columns, depth);
  const tiles = Array.from({ length: tilesPerRound(sizes) }, (_, index) => tileBytes(product, columns, tile, index));
  return { tiles, tree: treeOf(tiles.map((bytes, index) => leafOf(index, bytes))) };
}
