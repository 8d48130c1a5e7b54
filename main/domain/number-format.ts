/** Numbers as people read them: four significant digits, SI prefixes, exact token amounts. */

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;

/** Units that take an SI prefix, and how they are written; any other unit is printed as it is. */
function prefixable(unit: string): string | undefined {
  const counted = /^\{(\w+)\}\/s$/.exec(unit);
  if (counted) return `${counted[1]}/s`;
  if (unit === 'By' || unit === 'By/s') return unit.replace('By', 'B');
  return ['Hz', 'W', 'J', '/s'].includes(unit) ? unit : undefined;
}

/** @example formatFigure(12_345_678_901, 'By/s') // '12.35 GB/s' */
export function formatFigure(value: number, unit: string): string {
  if (unit === '1' || unit === '') return significant(value);
  const shown = prefixable(unit);
  if (shown === undefined || !Number.isFinite(value)) return `${significant(value)} ${unit}`.trimEnd();
  let [scaledValue, step] = [value, 0];
  while (Math.abs(scaledValue) >= 1000 && step < prefixes.length - 1) {
    scaledValue /= 1000;
    step += 1;
  }
  return `${significant(scaledValue)} ${prefixes[step]}${shown}`;
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
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const fraction = decimals === 0 ? '' : digits.slice(-decimals).slice(0, 6).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}
