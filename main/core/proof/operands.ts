/**
 * Operands without structure, the same on a GPU, a CPU and in a contract: line `i` of matrix `tag` is the keystream of
 * ChaCha8 under the round's seed, its blocks numbered from 0, with the nonce (line, tag, "gaib"); each byte a signed 8-bit
 * number. Lines of A are its rows, lines of B its columns; in those of B the words of each 16 bytes stand in reverse, which
 * spares a contract the turning. Why ChaCha: docs/adr/0070-operand-generator.md.
 */
import { blockBytes, blockWords, chacha8, keyOf, startBlock } from './chacha.ts';

export const matrixA = 0;
export const matrixB = 1;
export type MatrixTag = typeof matrixA | typeof matrixB;

/** "gaib" as a little-endian word: keeps operands apart from all else that a seed is a key for. */
const domainWord = 0x62696167;

if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) {
  throw new Error('the work proof is written for little-endian machines');
}

/** Writes lines `first` … `first + count - 1` into `into`, `depth` bytes each; `depth` is a multiple of 64. */
export function expandLines(
  seed: Uint8Array,
  tag: MatrixTag,
  first: number,
  count: number,
  depth: number,
  into: Int8Array,
): void {
  const key = keyOf(seed);
  const state = new Int32Array(blockWords);
  const words = new Int32Array(into.buffer, into.byteOffset, into.byteLength >> 2);
  const blocks = depth / blockBytes;
  // The other way round within four words, for B.
  const turn = tag === matrixB ? 3 : 0;
  let at = 0;
  for (let line = first; line < first + count; line++) {
    for (let block = 0; block < blocks; block++) {
      startBlock(state, key, block, line, tag, domainWord);
      chacha8(state, 1);
      for (let word = 0; word < blockWords; word++) words[at + (word ^ turn)] = state[word] as number;
      at += blockWords;
    }
  }
}

/** A run of lines of its own. */
export function linesOf(seed: Uint8Array, tag: MatrixTag, first: number, count: number, depth: number): Int8Array {
  const lines = new Int8Array(count * depth);
  expandLines(seed, tag, first, count, depth, lines);
  return lines;
}
