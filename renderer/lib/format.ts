/** Times, amounts and hashes as texts. Hashes and addresses are never localised. */
import { formatAmount, formatFigure } from '#domain/number-format.ts';

/** 850 ms → "0.9 s"; 75 000 ms → "1 min 15 s". */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** `0x4b1f83ac…83acc9d2`: enough of both ends to compare by eye. */
export function shortenHash(hash: string): string {
  return hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-6)}` : hash;
}

export function isHash(text: string): boolean {
  return /^0x[0-9a-fA-F]{40,}$/.test(text);
}

/** Whole number with thin groups: 1453135 → "1 453 135". */
export function formatCount(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** The dollar of the protocol has 18 decimals. */
export function formatDollars(smallest: string): string {
  return /^-?\d+$/.test(smallest) ? `${formatAmount(smallest, 18)} AID` : smallest;
}

export function formatFee(wei: string): string {
  return /^\d+$/.test(wei) ? `${formatAmount(wei, 18)} ETH` : wei;
}

export function formatInstant(instant: string): string {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

export function formatDay(instant: string): string {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** Unix seconds as a local time. */
export function formatSeconds(seconds: number): string {
  return formatInstant(new Date(seconds * 1000).toISOString());
}

/** Ten-thousandths as a share: 3333 → "33.33 %". */
export function formatBps(bps: number): string {
  return `${(bps / 100).toFixed(2).replace(/\.?0+$/, '')}\u202f%`;
}

/** Dollars of the world, two digits, four where it is less than one. */
export function formatPrice(dollars: number): string {
  return `$${dollars.toFixed(Math.abs(dollars) < 1 && dollars !== 0 ? 4 : 2)}`;
}

/** A fact's value with its unit, as a person writes it. */
export function formatFact(value: string | number | boolean, unit?: string): string {
  return typeof value === 'number' ? formatFigure(value, unit ?? '') : String(value);
}
