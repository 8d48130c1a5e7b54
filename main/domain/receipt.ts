/** The receipt of a finished run: every step with its figures, transactions, gas and time. Format: docs/specs/receipt.md. */
import type { RunRecord } from './run.ts';

export interface Receipt {
  type: 'gaib.onboarding-receipt';
  version: 1;
  practice: boolean;
  network: { name: string; chainId: number; genesis: string };
  asset: { key: string; kind: string; name: string; identityScheme: string };
  owner: string;
  machine: string;
  manifestRoot: string;
  deed: { id: string; state: string; contract: string };
  capacity: { token: string; symbol: string; minted: string; unit: string };
  attestation: { validators: string[]; epoch: number; validUntil: string; kinds: string[] };
  listing: { pool: string; deal: string; state: string; principal: string; advanced: string };
  earnings: { epoch: number; paid: string; waterfall: { name: string; amount: string }[]; ownerClaimed: string };
  /** Sum over the owner's transactions. */
  gas: { used: string; fee: string };
  run: RunRecord;
}
