/**
 * Operands from hashes, the same on a GPU, a CPU and in a contract: line `i` of matrix `tag` is the concatenation of
 * `keccak256(abi.encodePacked(bytes32 seed, uint8 tag, uint32 i, uint32 word))` for word 0, 1, 2 …, each byte a signed
 * 8-bit number. Lines of A are its rows, lines of B its columns.
 */
import { keccakP } from '@noble/hashes/sha3.js';

export const matrixA = 0;
export const matrixB = 1;
export type MatrixTag = typeof matrixA | typeof matrixB;

/** 32-bit words of a Keccak-f[1600] state, and the index of the last one that takes message bytes at rate 136. */
const stateWords = 50;
const lastRateWord = 33;

/** Writes lines `first` … `first + count - 1` into `into`, `depth` bytes each. */
export function expandLines(
  seed: Uint8Array,
  tag: MatrixTag,
  first: number,
  count: number,
  depth: number,
  into: Int8Array,
  offset = 0,
): void {
  const view = new DataView(seed.buffer, seed.byteOffset, 32);
  const seedWords = Array.from({ length: 8 }, (_, index) => view.getUint32(4 * index, true));
  const state = new Uint32Array(stateWords);
  const words = depth / 32;
  let at = offset;
  for (let line = first; line < first + count; line++) {
    for (let word = 0; word < words; word++) {
      state.fill(0);
      state.set(seedWords);
      // 41 bytes: the seed, one byte of tag, two big-endian numbers; the 0x01 of Keccak's padding right behind them.
      state[8] = tag | ((line >>> 24) << 8) | (((line >>> 16) & 0xff) << 16) | (((line >>> 8) & 0xff) << 24);
      state[9] = (line & 0xff) | ((word >>> 24) << 8) | (((word >>> 16) & 0xff) << 16) | (((word >>> 8) & 0xff) << 24);
      state[10] = (word & 0xff) | 0x0100;
      state[lastRateWord] = 0x8000_0000;
      keccakP(state);
      for (let index = 0; index < 8; index++) {
        const value = state[index] as number;
        into[at++] = value;
        into[at++] = value >>> 8;
        into[at++] = value >>> 16;
        into[at++] = value >>> 24;
      }
    }
  }
}

/** A run of lines of its own. */
export function linesOf(seed: Uint8Array, tag: MatrixTag, first: number, count: number, depth: number): Int8Array {
  const lines = new Int8Array(count * depth);
  expandLines(seed, tag, first, count, depth, lines);
  return lines;
}
