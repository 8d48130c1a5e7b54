/** What the owner is asked to sign, as the terminal shows it. */
import type { ApprovalRequest } from '#domain/approval.ts';
import { decimal } from '#domain/clear-signing/describe.ts';
import { plain } from './terminal.ts';

export function approvalText({ fields, contract, call, cost, undo }: ApprovalRequest): string {
  const rows: [string, string][] = [
    ...fields.map(({ label, value }): [string, string] => [label, value]),
    ['contract', `${contract.name} at ${contract.address}, chain ${contract.chainId}`],
    [cost === undefined ? 'message' : 'call', call],
    ['cost', cost === undefined ? 'nothing' : `at most ${decimal(BigInt(cost.most), 18)} ETH, simulated just now`],
    ['afterwards', undo],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${plain(value)}`).join('\n');
}
