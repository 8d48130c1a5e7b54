/** Turns values that are about to be signed into words, as their ERC-7730 description says. */
import type { ApprovalField } from '../approval.ts';
import type { Description, FieldDescription } from './descriptions.ts';

/**
 * @param values the message or the call's arguments by name, nested as signed; numbers as number, bigint or decimal text
 * @throws Error where the description names a field that is not there: it then belongs to another version of the contract
 */
export function describeFields({ fields }: Description, values: Readonly<Record<string, unknown>>): ApprovalField[] {
  return fields.map((field) => {
    const signed = at(values, field.path);
    const shown = Array.isArray(signed) ? signed.map((one) => format(one, field)).join(', ') : format(signed, field);
    const raw = Array.isArray(signed) ? signed.map(String).join(', ') : String(signed);
    return { label: field.label, value: shown, ...(shown === raw ? {} : { raw }) };
  });
}

function at(values: Readonly<Record<string, unknown>>, path: string): unknown {
  const found = path
    .split('.')
    .filter((part) => part !== '[]')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], values);
  if (found === undefined) throw new Error(`the description names ${path}, and what is signed has none`);
  return found;
}

function format(value: unknown, { format: as, params }: FieldDescription): string {
  switch (as) {
    case 'date':
      return new Date(Number(value) * 1000).toISOString();
    case 'duration':
      return duration(Number(value));
    case 'unit': {
      const space = params?.base === '%' ? '' : ' ';
      return `${decimal(BigInt(String(value)), params?.decimals ?? 0)}${space}${params?.base ?? ''}`;
    }
    default:
      return String(value);
  }
}

/** A whole number of smallest units with its decimal point, exact. @example decimal(1250n, 2) // '12.5' */
export function decimal(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? '-' : '';
  const digits = (amount < 0n ? -amount : amount).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}

const spans = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

function duration(seconds: number): string {
  const [name, length] = spans.find(([, size]) => seconds >= size && seconds % size === 0) ?? spans[3];
  const count = seconds / length;
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
