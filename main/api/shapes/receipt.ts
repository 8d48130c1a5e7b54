/** Wire shape of the receipt; the published format is docs/specs/receipt.md. */
import { z } from 'zod';
import type { Receipt } from '#domain/receipt.ts';
import { runShape } from './run.ts';

const text = z.string();

export const receiptShape = z.object({
  type: z.literal('gaib.onboarding-receipt'),
  version: z.literal(1),
  practice: z.boolean(),
  network: z.object({ name: text, chainId: z.number(), genesis: text }),
  asset: z.object({ key: text, kind: text, name: text, identityScheme: text }),
  owner: text,
  machine: text,
  manifestRoot: text,
  deed: z.object({ id: text, state: text, contract: text }),
  capacity: z.object({ token: text, symbol: text, minted: text, unit: text }),
  attestation: z.object({ validators: z.array(text), epoch: z.number(), validUntil: text, kinds: z.array(text) }),
  listing: z.object({ pool: text, deal: text, state: text, principal: text, advanced: text }),
  earnings: z.object({
    epoch: z.number(),
    paid: text,
    waterfall: z.array(z.object({ name: text, amount: text })),
    ownerClaimed: text,
  }),
  gas: z.object({ used: text, fee: text }),
  run: runShape,
}) satisfies z.ZodType<Receipt>;
