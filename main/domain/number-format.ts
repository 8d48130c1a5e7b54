/** Numbers as people read them: four significant digits, SI prefixes, counts in words, exact token amounts. */

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const binaryPrefixes = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const;
const thousands = ['', ' thousand', ' million', ' billion', ' trillion', ' quadrillion'] as const;
const plurals: Readonly<Record<string, string>> = { op: 'operations', event: 'events', read: 'reads' };

/** Units that take an SI prefix, and how they are written; any other unit is printed as it is. */
function prefixable(unit: string): string | undefined {
  if (unit === 'By' || unit === 'By/s') return unit.replace('By', 'B');
  return ['Hz', 'W', 'J', '/s'].includes(unit) ? unit : undefined;
}

/**
 * A figure with its UCUM unit.
 * @example formatFigure(12_345_678_901, 'By/s') // '12.35 GB/s'
 * @example formatFigure(12_345_678_901, '{op}/s') // '12.35 billion operations/s'
 * @example formatFigure(65_536, 'By') // '64 KiB', as it is a whole number of them
 */
export function formatFigure(value: number, unit: string): string {
  if (unit === '1' || unit === '') return significant(value);
  const counted = /^\{(\w+)\}\/s$/.exec(unit)?.[1];
  if (counted !== undefined) return `${inWords(value)} ${plurals[counted] ?? counted}/s`;
  if (unit === 'By') {
    const binary = wholeBinary(value);
    if (binary !== undefined) return binary;
  }
  const shown = prefixable(unit);
  if (shown === undefined || !Number.isFinite(value)) return `${significant(value)} ${unit}`.trimEnd();
  let [scaledValue, step] = [value, 0];
  while (Math.abs(scaledValue) >= 1000 && step < prefixes.length - 1) {
    scaledValue /= 1000;
    step += 1;
  }
  return `${significant(scaledValue)} ${prefixes[step]}${shown}`;
}

/** @example inWords(48_754) // '48,750' */
function inWords(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(4));
  if (Math.abs(rounded) < 1_000_000) return grouped(String(rounded));
  const step = Math.min(Math.floor(Math.log10(Math.abs(rounded)) / 3), thousands.length - 1);
  return `${significant(rounded / 1000 ** step)}${thousands[step]}`;
}

/** Caches and memories come in powers of two, and are named by them where that is exact. */
function wholeBinary(bytes: number): string | undefined {
  if (!Number.isInteger(bytes) || bytes < 1024) return undefined;
  let [whole, step] = [bytes, 0];
  while (whole % 1024 === 0 && step < binaryPrefixes.length - 1) {
    whole /= 1024;
    step += 1;
  }
  return step > 0 && whole < 1024 ? `${whole} ${binaryPrefixes[step]}B` : undefined;
}

function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 10_000) return String(value);
  return Number(value.toPrecision(4)).toString();
}

/**
 * An amount in smallest units as a decimal, no rounding beyond six places (cut off, never up), thousands apart.
 * @example formatAmount('1234500000000000000000', 18) // '1,234.5'
 */
export function formatAmount(smallest: string, decimals: number): string {
  if (decimals > 6 && /^[1-9]\d*$/.test(smallest) && smallest.length <= decimals - 6) return '<0.000001';
  const negative = smallest.startsWith('-');
  const digits = (negative ? smallest.slice(1) : smallest).padStart(decimals + 1, '0');
  const whole = grouped(digits.slice(0, digits.length - decimals));
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).slice(0, 6).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** @example grouped('1234567.5') // '1,234,567.5' */
export function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

/**
 * A number of 256 bits, a deed's among them, as hexadecimal: as wide as the hashes beside it.
 * @example deedNumber('255') // '0x00…ff', 64 digits
 */
export function deedNumber(decimal: string): string {
  return `0x${BigInt(decimal).toString(16).padStart(64, '0')}`;
}

/**
 * A hash by enough of both ends to compare by eye; any other text as it is.
 * @example shortened('0x4b1f83ac…') // '0x4b1f83ac…83acc9d2'
 */
export function shortened(text: string): string {
  return /^0x[0-9a-f]{64}$/i.test(text) ? `${text.slice(0, 10)}…${text.slice(-8)}` : text;
}

/** To the minute, UTC. @example formatMoment('2026-12-25T23:42:40.000Z') // '2026-12-25 23:42 UTC' */
export function formatMoment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
