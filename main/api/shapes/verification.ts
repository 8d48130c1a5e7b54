/** Wire shape of what verify looked at. */
import { z } from 'zod';
import type { Verification } from '#domain/verification.ts';
import { failureShape } from './failure.ts';

export const verificationShape = z.object({
  subject: z.string(),
  practice: z.boolean(),
  holds: z.boolean(),
  checks: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      outcome: z.enum(['holds', 'fails', 'skipped']),
      seen: z.string().exactOptional(),
      failure: failureShape.exactOptional(),
    }),
  ),
}) satisfies z.ZodType<Verification>;
