/**
 * A prover for the tests, on a card whose speed is a parameter and whose time is counted, not measured: the transcript is
 * really computed, the clock moves by what the work would take on such a card. It can cheat in the ways that
 * docs/work-proof.md lists.
 */
import { exactBytes, type Hex, hexOf } from '../bytes.ts';
import { digestBytes, lineBytes, lineMaker, lineWords, operationsPerLine, segmentsPerLeaf, walker } from '../memory.ts';
import { linesOf, matrixA, matrixB } from '../operands.ts';
import { operations, tilesPerRound, type WorkParameters } from '../parameters.ts';
import { multiply } from '../product.ts';
import type { WorkProver } from '../prove.ts';
import { fillSeed, noRoot, roundSeed, walkSeed } from '../seeds.ts';
import { drawOpenings, productSeedOf, type WorkCommitment, workFormat } from '../transcript.ts';
import { endsLeafOf, leafOf, pathOf, rootOf, type Tree, tileBytes, treeOf } from '../tree.ts';

export interface Card {
  memoryBytes: number;
  /** Operations on 32-bit words a second: what slow lines cost. */
  wordsPerSecond: number;
  /** Random reads of a line a second. */
  readsPerSecond: number;
  int8PerSecond: number;
}

export interface Conduct {
  /** Part of the lines that is kept; the others are made again whenever a walk comes by. All where left out. */
  kept?: number;
  /** Seed that the memory was filled for; the right one where left out. */
  filledFor?: string;
  /** Fills the memory with lines that cost less: fewer blocks than asked. */
  iterations?: number;
  /** Ends of walks that are invented. */
  invents?: (segment: number) => boolean;
  /** Tiles that are spoiled before they are committed. */
  spoils?: (round: number, tile: number) => boolean;
}

/** Seconds since the start, counted by the work that the card does. Two provers of one card share its clock. */
export interface CardTime {
  seconds: number;
}

export function cardProver(
  sizes: WorkParameters,
  seed: string,
  card: Card,
  time: CardTime,
  conduct: Conduct = {},
): WorkProver {
  const { memory, product } = sizes;
  const seedBytes = exactBytes('seed', seed, 32);
  const filledFor = conduct.filledFor === undefined ? seedBytes : exactBytes('seed', conduct.filledFor, 32);
  const perLine = operationsPerLine(memory.iterations) / card.wordsPerSecond;
  const kept = Math.floor(memory.lines * Math.min(conduct.kept ?? 1, card.memoryBytes / (memory.lines * lineBytes)));
  const lines = new Int32Array(kept * lineWords);
  const make = lineMaker(fillSeed(filledFor), conduct.iterations ?? memory.iterations);
  const ends = new Uint8Array(memory.segments * digestBytes);
  const rounds: { tiles: Uint8Array[]; tree: Tree }[] = [];
  let memoryTree: Tree = [];
  let walkNonce: Hex = '0x';
  let commitment: WorkCommitment;

  return {
    async fill() {
      for (let index = 0; index < kept; index++) make(index, lines, index * lineWords);
      time.seconds += kept * perLine;
    },
    async walk(nonce) {
      walkNonce = nonce;
      let made = 0;
      const walk = walker(
        walkSeed(seedBytes, exactBytes('nonce', nonce, 32)),
        memory.lines,
        memory.steps,
        (index, into) => {
          if (index < kept) return into.set(lines.subarray(index * lineWords, (index + 1) * lineWords));
          made++;
          make(index, into, 0);
        },
      );
      for (let segment = 0; segment < memory.segments; segment++) {
        const end = walk(segment);
        if (conduct.invents?.(segment)) end[0] = (end[0] as number) ^ 1;
        ends.set(end, segment * digestBytes);
      }
      memoryTree = treeOf(leavesOf(ends));
      const read = memory.segments * memory.steps - made;
      // Walkers overlap, so making and reading go on side by side: the slower of both is the time.
      time.seconds += Math.max(read / card.readsPerSecond, made * perLine);
      return hexOf(rootOf(memoryTree));
    },
    async multiply(nonce) {
      commitment = {
        format: workFormat,
        parameters: sizes,
        seed: hexOf(seedBytes),
        walkNonce,
        memoryRoot: hexOf(rootOf(memoryTree)),
        productNonce: nonce,
        roots: [],
      };
      const base = productSeedOf(commitment);
      const { rows, columns, depth, tile: edge } = product;
      for (let round = 0, previous = noRoot as Uint8Array; round < product.rounds; round++) {
        const inner = roundSeed(base, previous);
        const left = linesOf(inner, matrixA, 0, rows, depth);
        const right = linesOf(inner, matrixB, 0, columns, depth);
        const values = multiply(left, right, rows, columns, depth);
        const tiles = Array.from({ length: tilesPerRound(product) }, (_, tile) => {
          const bytes = tileBytes(values, columns, edge, tile);
          if (conduct.spoils?.(round, tile)) bytes[3] = (bytes[3] as number) ^ 1;
          return bytes;
        });
        const tree = treeOf(tiles.map((bytes, index) => leafOf(index, bytes)));
        rounds.push({ tiles, tree });
        previous = rootOf(tree);
        commitment.roots.push(hexOf(previous));
      }
      time.seconds += operations(product) / card.int8PerSecond;
      return commitment;
    },
    async open(challenge) {
      const drawn = drawOpenings(sizes, commitment, challenge);
      return {
        nonce: challenge.nonce,
        segments: drawn.segments.map((segment) => {
          const leaf = Math.floor(segment / segmentsPerLeaf);
          const bytes = ends.subarray(leaf * leafEndsBytes, (leaf + 1) * leafEndsBytes);
          return { segment, ends: hexOf(bytes), path: pathOf(memoryTree, leaf).map(hexOf) };
        }),
        tiles: drawn.tiles.map(({ round, tile }) => {
          const { tiles, tree } = rounds[round] as (typeof rounds)[number];
          return { round, tile, values: hexOf(tiles[tile] as Uint8Array), path: pathOf(tree, tile).map(hexOf) };
        }),
      };
    },
  };
}

const leafEndsBytes = segmentsPerLeaf * digestBytes;

function leavesOf(ends: Uint8Array): Uint8Array[] {
  return Array.from({ length: ends.length / leafEndsBytes }, (_, leaf) =>
    endsLeafOf(leaf, ends.subarray(leaf * leafEndsBytes, (leaf + 1) * leafEndsBytes)),
  );
}
