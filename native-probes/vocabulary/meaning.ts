/** How a fact's name is described, and the kinds of value there are. */

export interface Meaning {
  what: string;
  kind: 'text' | 'number' | 'flag';
  /** UCUM code; numbers only. */
  unit?: string;
  min?: number;
  max?: number;
}

export const text = (what: string): Meaning => ({ what, kind: 'text' });
export const flag = (what: string): Meaning => ({ what, kind: 'flag' });

/** A number in a UCUM unit, from `min` to `max`. */
export const quantity = (what: string, unit: string, min: number, max: number): Meaning => ({
  what,
  kind: 'number',
  unit,
  min,
  max,
});
export const count = (what: string): Meaning => quantity(what, '1', 0, Number.MAX_SAFE_INTEGER);
export const bytes = (what: string): Meaning => quantity(what, 'By', 0, Number.MAX_SAFE_INTEGER);
export const joules = (what: string): Meaning => quantity(what, 'J', 0, Number.MAX_SAFE_INTEGER);
export const watts = (what: string): Meaning => quantity(what, 'W', 0, 1e6);
export const hertz = (what: string): Meaning => quantity(what, 'Hz', 0, 1e12);
export const celsius = (what: string): Meaning => quantity(what, 'Cel', -100, 300);
export const percent = (what: string): Meaning => quantity(what, '%', 0, 100);
export const bitsPerSecond = (what: string): Meaning => quantity(what, 'bit/s', 1, 1e14);
