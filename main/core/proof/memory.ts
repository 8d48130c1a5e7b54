/**
 * The memory of a proof: lines of 128 bytes that are slow to make, each by itself, and walks that read them in an order
 * which only the reading tells. Whoever does not hold a line has to make it again each time a walk comes by.
 */
import { blockWords, chacha8, keyOf, startBlock } from './chacha.ts';

/** A line is two cells of 64 bytes, each made for itself. */
export const lineWords = 32;
export const lineBytes = 128;
/** Segments whose ends share one leaf of the tree; with tag and index they fill one block of Keccak. */
export const segmentsPerLeaf = 8;
export const digestBytes = 16;

/** "fill" and "walk" as little-endian words: what a key is used for. */
const fillWord = 0x6c6c6966;
const walkWord = 0x6b6c6177;

/** Makes lines of one fill. One for each thread of work: it reuses its state. */
export function lineMaker(
  fillSeed: Uint8Array,
  iterations: number,
): (index: number, into: Int32Array, at: number) => void {
  const key = keyOf(fillSeed);
  const state = new Int32Array(blockWords);
  return (index, into, at) => {
    for (let cell = 0; cell < 2; cell++) {
      startBlock(state, key, index, cell, 0, fillWord);
      chacha8(state, iterations);
      into.set(state, at + cell * blockWords);
    }
  };
}

/** Reads the 32 words of a line into `into`. */
export type ReadLine = (index: number, into: Int32Array) => void;

/** Walks segments over `lines` lines; `walk` answers the 16 bytes at which a segment ends. */
export function walker(walkSeed: Uint8Array, lines: number, steps: number, read: ReadLine) {
  const key = keyOf(walkSeed);
  const state = new Int32Array(lineWords);
  const block = new Int32Array(blockWords);
  const line = new Int32Array(lineWords);
  return (segment: number): Uint8Array => {
    for (let half = 0; half < 2; half++) {
      startBlock(block, key, half, segment, 0, walkWord);
      chacha8(block, 1);
      state.set(block, half * blockWords);
    }
    let next = foldOf(state, 1);
    for (let step = 0; step < steps; step++) {
      read(scaled(next, lines), line);
      for (let lane = 0; lane < lineWords; lane += 4) mix(state, line, lane);
      next = foldOf(state, 1);
      // Every lane depends on all others from the next step on.
      for (let lane = 0; lane < lineWords; lane += 4) state[lane] = (state[lane] as number) + next;
    }
    return new Uint8Array(Int32Array.of(foldOf(state, 0), foldOf(state, 1), foldOf(state, 2), foldOf(state, 3)).buffer);
  };
}

/** One of the eight lanes takes its 16 bytes of the line in: xor, then ChaCha's quarter round. */
function mix(state: Int32Array, line: Int32Array, at: number): void {
  let a = (state[at] as number) ^ (line[at] as number);
  let b = (state[at + 1] as number) ^ (line[at + 1] as number);
  let c = (state[at + 2] as number) ^ (line[at + 2] as number);
  let d = (state[at + 3] as number) ^ (line[at + 3] as number);
  a = (a + b) | 0;
  d ^= a;
  d = (d << 16) | (d >>> 16);
  c = (c + d) | 0;
  b ^= c;
  b = (b << 12) | (b >>> 20);
  a = (a + b) | 0;
  d ^= a;
  d = (d << 8) | (d >>> 24);
  c = (c + d) | 0;
  b ^= c;
  b = (b << 7) | (b >>> 25);
  state[at] = a;
  state[at + 1] = b;
  state[at + 2] = c;
  state[at + 3] = d;
}

/** The xor of one word of every lane. */
function foldOf(state: Int32Array, word: number): number {
  let fold = 0;
  for (let lane = word; lane < lineWords; lane += 4) fold ^= state[lane] as number;
  return fold;
}

/** ⌊word · lines / 2^32⌋ for an unsigned word: a line number. Exact in doubles for up to 2^31 lines. */
function scaled(word: number, lines: number): number {
  const low = word & 0xffff;
  const high = word >>> 16;
  return Math.floor((high * lines + Math.floor((low * lines) / 65_536)) / 65_536);
}

/** Operations on 32-bit words for one line: four double rounds of 96 and 16 additions, in two cells. */
export function operationsPerLine(iterations: number): number {
  return 2 * iterations * (4 * 96 + 16);
}
