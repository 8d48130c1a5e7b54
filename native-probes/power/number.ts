/** Numbers as power systems write them: `032.0`, `3.00`, `9.3 Percent Load Capacity`. */

/** The number at the start of the text, or undefined where there is none. Never NaN, never infinite. */
export function leadingNumber(text: string): number | undefined {
  const match = /^\s*([+-]?\d{1,15}(?:\.\d{1,9})?)(?![\d.])/.exec(text);
  if (!match) return undefined;
  const value = Number(match[1]);
  return Number.isFinite(value) ? value : undefined;
}

/** `value` times `factor`, without the dust of binary fractions (0.1 × 3 is 0.3). */
export function scaled(value: number, factor: number): number {
  return factor === 1 ? value : Number((value * factor).toPrecision(12));
}
