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

/**
 * Whether `left · right` equals `tile`, by one random vector: A·(B·r) against C·r. Numbers of `vector` are 15 bits, so
 * B·r stays below 2^28 and both sides below 2^50: doubles hold them exactly, nothing is rounded and no modulus is needed.
 * A tile that is wrong in any element passes with probability at most 2^-15 per vector.
 */
export function freivalds(
  left: Int8Array,
  right: Int8Array,
  tile: Int32Array,
  edge: number,
  depth: number,
  vector: Uint16Array,
): boolean {
  const combined = new Float64Array(depth);
  for (let column = 0; column < edge; column++) {
    const factor = (vector[column] as number) & 0x7fff;
    const start = column * depth;
    for (let k = 0; k < depth; k++) combined[k] = (combined[k] as number) + factor * (right[start + k] as number);
  }
  for (let row = 0; row < edge; row++) {
    const start = row * depth;
    let expected = 0;
    for (let k = 0; k < depth; k++) expected += (left[start + k] as number) * (combined[k] as number);
    let found = 0;
    for (let column = 0; column < edge; column++) {
      found += (tile[row * edge + column] as number) * ((vector[column] as number) & 0x7fff);
    }
    if (expected !== found) return false;
  }
  return true;
}
