/**
 * The trees of a proof. Leaf of a round: keccak256(0x00 ‖ uint32 tile index ‖ tile), the tile row by row as big-endian
 * int32. Leaf of the memory: keccak256(0x02 ‖ uint32 leaf index ‖ ends of eight segments, 16 bytes each). Node:
 * keccak256(0x01 ‖ left ‖ right). The number of leaves is a power of two.
 */
import { keccak, sameBytes, uint32 } from './bytes.ts';

const leafTag = Uint8Array.of(0);
const nodeTag = Uint8Array.of(1);
const endsTag = Uint8Array.of(2);

/** Every level, leaves first, the root alone in the last. */
export type Tree = Uint8Array[][];

export function leafOf(index: number, tile: Uint8Array): Uint8Array {
  return keccak(leafTag, uint32(index), tile);
}

export function endsLeafOf(index: number, ends: Uint8Array): Uint8Array {
  return keccak(endsTag, uint32(index), ends);
}

export function treeOf(leaves: Uint8Array[]): Tree {
  const tree: Tree = [leaves];
  for (let level = leaves; level.length > 1; ) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) {
      above.push(keccak(nodeTag, level[at] as Uint8Array, level[at + 1] as Uint8Array));
    }
    tree.push(above);
    level = above;
  }
  return tree;
}

export function rootOf(tree: Tree): Uint8Array {
  const root = tree.at(-1)?.[0];
  if (root === undefined) throw new RangeError('a tree has at least one leaf');
  return root;
}

/** The neighbours on the way from a leaf to the root, lowest first. */
export function pathOf(tree: Tree, index: number): Uint8Array[] {
  return tree.slice(0, -1).map((level, height) => {
    const neighbour = level[(index >>> height) ^ 1];
    if (neighbour === undefined) throw new RangeError(`no leaf ${index}`);
    return neighbour;
  });
}

export function leadsToRoot(leaf: Uint8Array, index: number, path: readonly Uint8Array[], root: Uint8Array): boolean {
  let hash = leaf;
  path.forEach((neighbour, height) => {
    hash = (index >>> height) & 1 ? keccak(nodeTag, neighbour, hash) : keccak(nodeTag, hash, neighbour);
  });
  return sameBytes(hash, root);
}

/** Tile `index` of a product `columns` wide, as the bytes that its leaf covers. */
export function tileBytes(product: Int32Array, columns: number, edge: number, index: number): Uint8Array {
  const { row, column } = tilePlace(index, columns, edge);
  const bytes = new Uint8Array(edge * edge * 4);
  const view = new DataView(bytes.buffer);
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      view.setInt32(4 * (y * edge + x), product[(row + y) * columns + column + x] as number);
    }
  }
  return bytes;
}

export function tileValues(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getInt32(4 * index));
}

/** First row and first column of a tile; tiles are numbered row by row. */
export function tilePlace(index: number, columns: number, edge: number): { row: number; column: number } {
  const across = columns / edge;
  return { row: Math.floor(index / across) * edge, column: (index % across) * edge };
}
