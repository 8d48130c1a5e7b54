/** Values of OPC UA as plain ones, and their units. */

/** A unit as the server names it: its code in UNECE Recommendation 20, as a number (OPC 10000-8, 5.6.3). */
export interface Unit {
  unitId: number;
  text: string;
}
export type Plain = string | number | boolean | Unit;

/** What was read, without the library's types; nothing where it is bad, a list or a structure nobody asked for. */
export function plain(read: { statusCode?: { value: number }; value?: { value?: unknown } | null }): Plain | undefined {
  // The two highest bits of a status say good, uncertain or bad.
  if (((read.statusCode?.value ?? 0) & 0x8000_0000) !== 0) return undefined;
  const value = read.value?.value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value !== 'object' || value === null) return undefined;
  const { unitId, displayName, text } = value as Record<string, unknown>;
  if (typeof unitId === 'number') return { unitId, text: textOf(displayName) ?? '' };
  return typeof text === 'string' ? text : undefined;
}

function textOf(localized: unknown): string | undefined {
  const text = typeof localized === 'object' && localized !== null ? (localized as { text?: unknown }).text : undefined;
  return typeof text === 'string' ? text : undefined;
}

/** `KGM` is kilogram: the characters of the code are the bytes of the number. */
export function unitCode(unitId: number): string {
  const bytes = [unitId >>> 24, unitId >>> 16, unitId >>> 8, unitId].map((byte) => byte & 0xff);
  return String.fromCharCode(...bytes.filter((byte) => byte >= 0x20 && byte < 0x7f));
}

/** Codes of UNECE Recommendation 20, and what one of them is in the unit of the vocabulary. */
const factors: Record<string, Record<string, number>> = {
  kg: { KGM: 1, GRM: 0.001, TNE: 1000, LBR: 0.45359237 },
  rad: { C81: 1, DD: Math.PI / 180 },
  J: { JOU: 1, KJO: 1000, WHR: 3600, KWH: 3_600_000, MWH: 3_600_000_000 },
  V: { VLT: 1, '2Z': 0.001, KVT: 1000 },
  Cel: { CEL: 1 },
};

/** The factor from the server's unit to ours, or nothing where the unit is none of this kind. */
export function factorTo(unit: string, from: Unit): number | undefined {
  const known = factors[unit];
  const code = unitCode(from.unitId);
  return known !== undefined && Object.hasOwn(known, code) ? known[code] : undefined;
}

/**
 * Seconds of an ISO 8601 duration (`P416DT16H`, `PT10000H`); nothing for one in years and months, which are no number
 * of seconds.
 */
export function secondsOf(duration: string): number | undefined {
  const parts =
    /^P(?:(\d{1,9})W)?(?:(\d{1,9}(?:[.,]\d{1,9})?)D)?(?:T(?:(\d{1,9}(?:[.,]\d{1,9})?)H)?(?:(\d{1,9}(?:[.,]\d{1,9})?)M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?$/.exec(
      duration
        .trim()
        .replace(/^P0Y0M/, 'P')
        .replace(/^P0[YM]/, 'P'),
    );
  if (parts === null || parts.slice(1).every((part) => part === undefined)) return undefined;
  const seconds = [604_800, 86_400, 3600, 60, 1];
  return parts.slice(1).reduce((total, part, index) => {
    return total + (part === undefined ? 0 : Number(part.replace(',', '.')) * (seconds[index] ?? 0));
  }, 0);
}
