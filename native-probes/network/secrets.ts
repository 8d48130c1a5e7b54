/** A device can say back what it was told: no secret leaves a worker in a reading. */
import type { Reading } from '../contract.ts';

/** Shorter ones are found in any text, and are no secrets. */
const shortest = 4;

/** The reading with each secret in it struck out. */
export function hideSecrets(reading: Reading, secrets: Readonly<Record<string, string>> | undefined): Reading {
  // The longest first, so that one that holds another is struck out whole.
  const hidden = Object.entries(secrets ?? {})
    .filter(([name, value]) => !isOpenName(name) && value.length >= shortest)
    .map(([, value]) => value)
    .sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return reading;
  return strike(reading, hidden) as Reading;
}

/** A user's name is kept with the secret it belongs to, and is none itself. */
function isOpenName(name: string): boolean {
  return /^(?:user|username|.*protocol)$/i.test(name);
}

/** Where text of a device can stand in a reading; the words of this program stay as they are. */
const foreign = new Set(['sentence', 'value', 'raw', 'name', 'locator']);

function strike(value: unknown, hidden: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => strike(entry, hidden));
  if (typeof value !== 'object' || value === null) return value;
  const struck = Object.entries(value).map(([name, entry]) => {
    if (typeof entry !== 'string') return [name, strike(entry, hidden)];
    return [name, foreign.has(name) ? hidden.reduce((text, secret) => text.replaceAll(secret, '•••'), entry) : entry];
  });
  return Object.fromEntries(struck);
}
