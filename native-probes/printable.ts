/**
 * Text from hardware is not trusted to be text: a device name can carry terminal escapes, right-to-left marks or half a
 * character. Everything a probe passes on goes through here once.
 */

// Control characters, C1, zero-width and bidirectional marks, line and paragraph separators, surrogate halves.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/** One line, trimmed, at most `limit` characters, nothing that moves a cursor. */
export function printable(text: string, limit = 256): string {
  const clean = text
    .slice(0, limit * 8)
    .replace(/\s/g, ' ')
    .replace(unprintable, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  // A cut between the halves of one character leaves neither.
  return clean.length > limit ? `${clean.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : clean;
}

/** True when bytes that are no UTF-8 were decoded on the way here. */
export function isGarbled(text: string): boolean {
  return text.includes('\uFFFD');
}
