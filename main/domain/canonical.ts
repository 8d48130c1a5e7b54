/** Canonical bytes and hashes: JSON by RFC 8785 (JCS), Keccak-256 as Ethereum uses it. */
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

export type Hex = `0x${string}`;

/** The one JSON text of a value. Throws on what JSON cannot carry (NaN, infinities, bigint, cycles, lone surrogates). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
}

export function keccak(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(keccak_256(bytes))}`;
}

export function keccakText(text: string): Hex {
  return keccak(utf8ToBytes(text));
}

/** Keccak-256 of the canonical JSON: the root by which a manifest, a measurement or a piece of evidence is named. */
export function contentRoot(value: unknown): Hex {
  return keccakText(canonicalJson(value));
}

export function bytesOf(hex: string): Uint8Array {
  return hexToBytes(hex.startsWith('0x') ? hex.slice(2) : hex);
}

export function hexOf(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

export function concatBytes(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
