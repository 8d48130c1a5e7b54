/** The payments of an asset as CSV (RFC 4180) for an accountant: one row for each leg, and for each claim. */
import type { AssetEarnings, HeldAsset } from '#domain/portfolio.ts';

const head = ['date', 'epoch', 'kind', 'leg', 'amount', 'currency', 'deed', 'asset', 'transaction'];

export function earningsCsv({ deed, name }: HeldAsset, { payments, claims }: AssetEarnings): string {
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  const rows = [
    ...payments.flatMap((payment) =>
      payment.legs.map((leg) => [
        at(payment.at),
        payment.epoch,
        'payment',
        leg.name,
        exact(leg.amount),
        'AID',
        deed.id,
        name,
        payment.transaction,
      ]),
    ),
    ...claims.map((claim) => [
      at(claim.at),
      '',
      'claim',
      '',
      exact(claim.amount),
      'AID',
      deed.id,
      name,
      claim.transaction,
    ]),
  ];
  return [head, ...rows]
    .map((row) => row.map((cell) => quoted(String(cell))).join(','))
    .join('\r\n')
    .concat('\r\n');
}

/** All eighteen decimals, with a point: an accountant adds them up. */
function exact(amount: string): string {
  const isNegative = amount.startsWith('-');
  const digits = amount.replace('-', '').padStart(19, '0');
  return `${isNegative ? '-' : ''}${digits.slice(0, -18)}.${digits.slice(-18)}`;
}

/** A cell that a spreadsheet would take for a formula is kept a text by a leading apostrophe. */
function quoted(cell: string): string {
  const safe = /^[=+@\t\r]/.test(cell) || /^-[^0-9.]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
