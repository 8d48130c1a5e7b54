/** The receipt on paper: what the owner now has, in the order in which he asks, every number whole. */
import { deedNumber, formatAmount, formatMoment, grouped } from '#domain/number-format.ts';
import type { Receipt } from '#domain/receipt.ts';
import { plain, styled, type Terminal } from './terminal.ts';

export function receiptText(receipt: Receipt, terminal: Terminal): string {
  const rows: [string, string][] = [
    ['asset', receipt.asset.name],
    ['asset key', receipt.asset.key],
    ['network', `${receipt.network.name}, chain ${receipt.network.chainId}`],
    ['owner', receipt.owner],
    ['machine', receipt.machine],
    ['manifest root', receipt.manifestRoot],
    [
      'attested',
      `${receipt.attestation.kinds.join(', ')} by ${receipt.attestation.validators.length} validators, until ${formatMoment(receipt.attestation.validUntil)}`,
    ],
    ['deed', deedNumber(receipt.deed.id)],
    ['', `${receipt.deed.state}, ERC-721 at ${receipt.deed.contract}`],
    ['capacity', `${formatAmount(receipt.capacity.minted, 18)} ${receipt.capacity.symbol}`],
    ['', `ERC-20 at ${receipt.capacity.token}`],
    ['listing', `${receipt.listing.state}, pool ${receipt.listing.pool}`],
    ['', `deal ${receipt.listing.deal}`],
    ['advance', `${formatAmount(receipt.listing.advanced, 18)} AID`],
    [
      'earnings',
      `${formatAmount(receipt.earnings.paid, 18)} AID paid in for epoch ${receipt.earnings.epoch}, ${formatAmount(receipt.earnings.ownerClaimed, 18)} AID claimed`,
    ],
    [
      'gas',
      `${grouped(receipt.gas.used)} in ${receipt.run.steps.reduce((sum, { transactions }) => sum + transactions.length, 0)} transactions, ${formatAmount(receipt.gas.fee, 18)} ETH`,
    ],
  ];
  const lines = rows.map(([label, value]) => `  ${styled(terminal, 'dim', label.padEnd(14))} ${plain(value)}`);
  const title = receipt.practice ? 'Receipt — PRACTICE: a recorded machine, stands for no hardware' : 'Receipt';
  return [styled(terminal, 'bold', title), ...lines].join('\n');
}
