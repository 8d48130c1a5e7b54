/**
 * Serial numbers that are none: what firmware, drivers and clouds put where a number should be. A placeholder is never
 * an identity; two machines with the same one are not the same machine.
 */

const words = new Set([
  '',
  '-',
  '.',
  'n/a',
  'na',
  'none',
  'null',
  'nil',
  'unknown',
  'unspecified',
  'not specified',
  'not available',
  'not applicable',
  'not provided',
  'not set',
  'not present',
  'no asset tag',
  'no asset information',
  'no serial number',
  'default',
  'default string',
  'to be filled by o.e.m.',
  'to be filled by oem',
  'to be filled by o.e.m',
  'o.e.m.',
  'oem',
  'oem default string',
  'system serial number',
  'system product name',
  'system manufacturer',
  'system version',
  'system uuid',
  'base board serial number',
  'baseboard serial number',
  'board serial number',
  'chassis serial number',
  'chassis serial',
  'serial number',
  'serial',
  'number',
  'asset tag',
  'asset-1234567890',
  'invalid',
  'empty',
  'redacted',
  'xxxxxxxxxxxx',
  'sernum0',
  'uninitialized',
]);

/** Counting strings that firmware vendors ship as an example; real serials run longer or start elsewhere. */
const counting = /^(?:0?123456789(?:0?(?:abcdef)?)?|01234567890123456789(?:ab|abcdef)?|1234567|12345678|1234567890)$/i;

/** True when `value` stands in the place of an identity but names nothing. */
export function isPlaceholder(value: string | undefined | null): boolean {
  if (value === undefined || value === null) return true;
  const trimmed = value.trim().replace(/^\[(.*)\]$/, '$1');
  if (words.has(trimmed.toLowerCase())) return true;
  // Masked by whoever recorded it: AS14********, XXXX-XXXX, <private>.
  if (/\*{3,}/.test(trimmed) || /^[x-]{4,}$/i.test(trimmed) || /^<\w+>$/.test(trimmed)) return true;
  // One digit or letter over and over, with any separators: 0, 0000000000000, ffffffff-ffff-…, 0x0000.
  const bare = trimmed
    .replace(/^(?:GPU|MIG)-/i, '')
    .replace(/^0x/i, '')
    .replace(/[\s:._-]/g, '');
  if (bare === '' || /^0+$/.test(bare)) return true;
  if (bare.length >= 4 && /^(.)\1+$/i.test(bare)) return true;
  return counting.test(trimmed);
}

/** UUIDs the SMBIOS world is known to repeat: all zero, all F, the AMI default, and Intel's vendor-and-device form. */
export function isPlaceholderUuid(value: string): boolean {
  const bare = value.trim().toLowerCase();
  if (isPlaceholder(bare)) return true;
  if (bare === '03000200-0400-0500-0006-000700080009') return true;
  return /^00000000-0000-0000-0000-[0-9a-f]{4}0000(?:8086|1002|10de)$/.test(bare);
}
