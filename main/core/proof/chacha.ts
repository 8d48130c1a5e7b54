// biome-ignore-all lint/suspicious/noAssignInExpressions: one line a step of the quarter round, as RFC 8439 writes it.
/**
 * ChaCha with 8 rounds, the generator of operands and of slow lines: additions, xors and rotations of 32 bits, so that a
 * GPU, a CPU, a browser and a contract come to the same bits, each at its own best speed.
 */

/** "expand 32-byte k", RFC 8439 section 2.3. */
const constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

export const blockWords = 16;
export const blockBytes = 64;

/** Constants and key: the first twelve words of every block under a seed, its 32 bytes as little-endian words. */
export function keyOf(seed: Uint8Array): Int32Array {
  const view = new DataView(seed.buffer, seed.byteOffset, 32);
  return Int32Array.from({ length: 12 }, (_, index) =>
    index < 4 ? (constants[index] as number) : view.getInt32(4 * (index - 4), true),
  );
}

/** Writes the state before the first round: constants and key, counter, three words of nonce. */
export function startBlock(state: Int32Array, key: Int32Array, counter: number, a: number, b: number, c: number): void {
  for (let word = 0; word < 12; word++) state[word] = key[word] as number;
  state[12] = counter;
  state[13] = a;
  state[14] = b;
  state[15] = c;
}

/** Eight rounds and the addition of what was there before, `times` times over. Once after a start: a block of ChaCha8. */
export function chacha8(state: Int32Array, times: number): void {
  let [x0, x1, x2, x3, x4, x5, x6, x7] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [x8, x9, x10, x11, x12, x13, x14, x15] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let left = times; left > 0; left--) {
    x0 = state[0] as number;
    x1 = state[1] as number;
    x2 = state[2] as number;
    x3 = state[3] as number;
    x4 = state[4] as number;
    x5 = state[5] as number;
    x6 = state[6] as number;
    x7 = state[7] as number;
    x8 = state[8] as number;
    x9 = state[9] as number;
    x10 = state[10] as number;
    x11 = state[11] as number;
    x12 = state[12] as number;
    x13 = state[13] as number;
    x14 = state[14] as number;
    x15 = state[15] as number;
    for (let double = 0; double < 4; double++) {
      x12 = ((x12 ^= x0 = (x0 + x4) | 0) << 16) | (x12 >>> 16);
      x4 = ((x4 ^= x8 = (x8 + x12) | 0) << 12) | (x4 >>> 20);
      x12 = ((x12 ^= x0 = (x0 + x4) | 0) << 8) | (x12 >>> 24);
      x4 = ((x4 ^= x8 = (x8 + x12) | 0) << 7) | (x4 >>> 25);
      x13 = ((x13 ^= x1 = (x1 + x5) | 0) << 16) | (x13 >>> 16);
      x5 = ((x5 ^= x9 = (x9 + x13) | 0) << 12) | (x5 >>> 20);
      x13 = ((x13 ^= x1 = (x1 + x5) | 0) << 8) | (x13 >>> 24);
      x5 = ((x5 ^= x9 = (x9 + x13) | 0) << 7) | (x5 >>> 25);
      x14 = ((x14 ^= x2 = (x2 + x6) | 0) << 16) | (x14 >>> 16);
      x6 = ((x6 ^= x10 = (x10 + x14) | 0) << 12) | (x6 >>> 20);
      x14 = ((x14 ^= x2 = (x2 + x6) | 0) << 8) | (x14 >>> 24);
      x6 = ((x6 ^= x10 = (x10 + x14) | 0) << 7) | (x6 >>> 25);
      x15 = ((x15 ^= x3 = (x3 + x7) | 0) << 16) | (x15 >>> 16);
      x7 = ((x7 ^= x11 = (x11 + x15) | 0) << 12) | (x7 >>> 20);
      x15 = ((x15 ^= x3 = (x3 + x7) | 0) << 8) | (x15 >>> 24);
      x7 = ((x7 ^= x11 = (x11 + x15) | 0) << 7) | (x7 >>> 25);
      x15 = ((x15 ^= x0 = (x0 + x5) | 0) << 16) | (x15 >>> 16);
      x5 = ((x5 ^= x10 = (x10 + x15) | 0) << 12) | (x5 >>> 20);
      x15 = ((x15 ^= x0 = (x0 + x5) | 0) << 8) | (x15 >>> 24);
      x5 = ((x5 ^= x10 = (x10 + x15) | 0) << 7) | (x5 >>> 25);
      x12 = ((x12 ^= x1 = (x1 + x6) | 0) << 16) | (x12 >>> 16);
      x6 = ((x6 ^= x11 = (x11 + x12) | 0) << 12) | (x6 >>> 20);
      x12 = ((x12 ^= x1 = (x1 + x6) | 0) << 8) | (x12 >>> 24);
      x6 = ((x6 ^= x11 = (x11 + x12) | 0) << 7) | (x6 >>> 25);
      x13 = ((x13 ^= x2 = (x2 + x7) | 0) << 16) | (x13 >>> 16);
      x7 = ((x7 ^= x8 = (x8 + x13) | 0) << 12) | (x7 >>> 20);
      x13 = ((x13 ^= x2 = (x2 + x7) | 0) << 8) | (x13 >>> 24);
      x7 = ((x7 ^= x8 = (x8 + x13) | 0) << 7) | (x7 >>> 25);
      x14 = ((x14 ^= x3 = (x3 + x4) | 0) << 16) | (x14 >>> 16);
      x4 = ((x4 ^= x9 = (x9 + x14) | 0) << 12) | (x4 >>> 20);
      x14 = ((x14 ^= x3 = (x3 + x4) | 0) << 8) | (x14 >>> 24);
      x4 = ((x4 ^= x9 = (x9 + x14) | 0) << 7) | (x4 >>> 25);
    }
    state[0] = (state[0] as number) + x0;
    state[1] = (state[1] as number) + x1;
    state[2] = (state[2] as number) + x2;
    state[3] = (state[3] as number) + x3;
    state[4] = (state[4] as number) + x4;
    state[5] = (state[5] as number) + x5;
    state[6] = (state[6] as number) + x6;
    state[7] = (state[7] as number) + x7;
    state[8] = (state[8] as number) + x8;
    state[9] = (state[9] as number) + x9;
    state[10] = (state[10] as number) + x10;
    state[11] = (state[11] as number) + x11;
    state[12] = (state[12] as number) + x12;
    state[13] = (state[13] as number) + x13;
    state[14] = (state[14] as number) + x14;
    state[15] = (state[15] as number) + x15;
  }
}
