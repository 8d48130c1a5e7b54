/** The exact product of signed bytes, and Freivalds' check of one tile of it. */

/**
 * `left` holds `height` lines and `right` `width` lines of `depth` bytes; the result is `height` × `width`, row by row.
 * |sum| ≤ 2^14 · depth, below 2^31 for every depth that the sizes allow.
 */
export function multiply(left: Int8Array, right: Int8Array, height: number, width: number, depth: number): Int32Array {
  const result = new Int32Array(height * width);
  for (let row = 0; row < height; row++) {
    const start = row * depth;
    let column = 0;
    for (; column + 4 <= width; column += 4) {
      const q0 = column * depth;
      const q1 = q0 + depth;
      const q2 = q1 + depth;
      const q3 = q2 + depth;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0; k < depth; k++) {
        const x = left[start + k] as number;
        s0 = (s0 + x * (right[q0 + k] as number)) | 0;
        s1 = (s1 + x * (right[q1 + k] as number)) | 0;
        s2 = (s2 + x * (right[q2 + k] as number)) | 0;
        s3 = (s3 + x * (right[q3 + k] as number)) | 0;
      }
      result.set([s0, s1, s2, s3], row * width + column);
    }
    for (; column < width; column++) {
      const q = column * depth;
      let sum = 0;
      for (let k = 0; k < depth; k++) sum = (sum + (left[start + k] as number) * (right[q + k] as number)) | 0;
      result[row * width + column] = sum;
    }
  }
  return result;
}

/** Whole numbers below 2^`vectorBits`, one for each column of a tile. */
export type CheckingVector = Float64Array;

/** So many steps of depth at a time that what is summed stays in the first-level cache. */
const strip = 1024;
const sums = new Float64Array(strip);

/**
 * Whether `left · right` equals `tile`, by random vectors: A·(B·r) against C·r for each. Numbers of a vector have `bits`
 * bits (see `vectorBits`), so that every sum stays below 2^53: doubles hold it exactly, nothing is rounded and no modulus
 * is needed. A tile that is wrong in any element passes with probability at most 2^-bits per vector.
 */
export function freivalds(
  left: Int8Array,
  right: Int8Array,
  tile: Int32Array,
  edge: number,
  depth: number,
  vectors: readonly CheckingVector[],
): boolean {
  const most = 2 ** 14 * depth;
  // Beyond this no product can be, and sums of it might be rounded.
  if (tile.some((value) => value > most || value < -most)) return false;
  return vectors.every((vector) => {
    const expected = new Float64Array(edge);
    for (let from = 0; from < depth; from += strip) {
      const count = Math.min(strip, depth - from);
      combine(right, edge, depth, from, count, vector);
      apply(left, edge, depth, from, count, expected);
    }
    return expected.every((value, row) => value === rowSum(tile, edge, row, vector));
  });
}

function rowSum(tile: Int32Array, edge: number, row: number, vector: CheckingVector): number {
  let sum = 0;
  for (let column = 0; column < edge; column++) {
    sum += (tile[row * edge + column] as number) * (vector[column] as number);
  }
  return sum;
}

/** A strip of B·r into `sums`, four columns at a time as far as they go. */
function combine(
  right: Int8Array,
  edge: number,
  depth: number,
  from: number,
  count: number,
  vector: CheckingVector,
): void {
  sums.fill(0);
  let column = 0;
  for (; column + 4 <= edge; column += 4) {
    const f0 = vector[column] as number;
    const f1 = vector[column + 1] as number;
    const f2 = vector[column + 2] as number;
    const f3 = vector[column + 3] as number;
    const q0 = column * depth + from;
    const q1 = q0 + depth;
    const q2 = q1 + depth;
    const q3 = q2 + depth;
    for (let k = 0; k < count; k++) {
      sums[k] =
        (sums[k] as number) +
        f0 * (right[q0 + k] as number) +
        f1 * (right[q1 + k] as number) +
        f2 * (right[q2 + k] as number) +
        f3 * (right[q3 + k] as number);
    }
  }
  for (; column < edge; column++) {
    const factor = vector[column] as number;
    const start = column * depth + from;
    for (let k = 0; k < count; k++) sums[k] = (sums[k] as number) + factor * (right[start + k] as number);
  }
}

/** Adds a strip of A·(B·r) to `result`, four rows at a time as far as they go. */
function apply(left: Int8Array, edge: number, depth: number, from: number, count: number, result: Float64Array): void {
  let row = 0;
  for (; row + 4 <= edge; row += 4) {
    const q0 = row * depth + from;
    const q1 = q0 + depth;
    const q2 = q1 + depth;
    const q3 = q2 + depth;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < count; k++) {
      const x = sums[k] as number;
      s0 += x * (left[q0 + k] as number);
      s1 += x * (left[q1 + k] as number);
      s2 += x * (left[q2 + k] as number);
      s3 += x * (left[q3 + k] as number);
    }
    result[row] = (result[row] as number) + s0;
    result[row + 1] = (result[row + 1] as number) + s1;
    result[row + 2] = (result[row + 2] as number) + s2;
    result[row + 3] = (result[row + 3] as number) + s3;
  }
  for (; row < edge; row++) {
    const start = row * depth + from;
    for (let k = 0; k < count; k++) {
      result[row] = (result[row] as number) + (sums[k] as number) * (left[start + k] as number);
    }
  }
}
