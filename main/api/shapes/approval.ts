/** Wire shape of what the owner is asked before a signature. */
import { z } from 'zod';
import type { ApprovalRequest } from '#domain/approval.ts';
import { stepName } from '#domain/step.ts';

const text = z.string();

export const approvalShape = z.object({
  id: text,
  step: stepName,
  kind: z.enum(['message', 'transaction']),
  intent: text,
  undo: text,
  contract: z.object({ name: text, address: text, chainId: z.number().int() }),
  call: text,
  fields: z.array(z.object({ label: text, value: text, raw: text.exactOptional() })),
  cost: z.object({ gasLimit: text, maxFeePerGas: text, most: text, value: text }).exactOptional(),
}) satisfies z.ZodType<ApprovalRequest>;
