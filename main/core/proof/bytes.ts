/** Bytes and hex for the proof's transcript. Everything here also runs in a browser. */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';

export type Hex = `0x${string}`;

export function hexOf(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

/** Bytes of a 0x-prefixed text of exactly `length` bytes; undefined where it is not that. */
export function bytesOfHex(text: unknown, length: number): Uint8Array | undefined {
  if (typeof text !== 'string' || text.length !== 2 + 2 * length || !/^0x[0-9a-fA-F]*$/.test(text)) return undefined;
  return hexToBytes(text.slice(2));
}

/** As {@link bytesOfHex}, for a caller's own values: anything else is the caller's mistake. */
export function exactBytes(name: string, text: string, length: number): Uint8Array {
  const bytes = bytesOfHex(text, length);
  if (bytes === undefined) throw new TypeError(`${name} must be 0x and ${2 * length} hex digits`);
  return bytes;
}

export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

export function keccak(...parts: Uint8Array[]): Uint8Array {
  return keccak_256(parts.length === 1 && parts[0] !== undefined ? parts[0] : concatBytes(...parts));
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
