/** Inputs that follow from the run's seed, and the digest that binds a result to it. */
import { createHash } from 'node:crypto';

/** SHA-256(seed ‖ label): 32 bytes of input for one purpose. */
export function seededBytes(seed: string, label: string): Uint8Array {
  return createHash('sha256').update(seedBytes(seed)).update(label).digest();
}

/** Eight words of a key, or one start value each. */
export function seededWord(seed: string, label: string): number {
  return Buffer.from(seededBytes(seed, label)).readUInt32BE(0);
}

/** SHA-256(seed ‖ label ‖ parts), 0x-prefixed. */
export function seededDigest(seed: string, label: string, ...parts: Uint8Array[]): string {
  const hash = createHash('sha256').update(seedBytes(seed)).update(label);
  for (const part of parts) hash.update(part);
  return `0x${hash.digest('hex')}`;
}

function seedBytes(seed: string): Buffer {
  if (!/^0x[0-9a-fA-F]{64}$/.test(seed)) throw new TypeError('a seed is 0x and 64 hex digits');
  return Buffer.from(seed.slice(2), 'hex');
}
