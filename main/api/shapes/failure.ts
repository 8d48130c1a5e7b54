/** Wire shape of a failure. */
import { z } from 'zod';
import { catalogue, type FailureCode } from '#domain/failures/catalogue.ts';
import type { Failure } from '#domain/failures/failure.ts';

const codes = Object.keys(catalogue) as [FailureCode, ...FailureCode[]];

export const failureShape = z.object({
  code: z.enum(codes),
  subject: z.string().exactOptional(),
  what: z.string(),
  expected: z.string().exactOptional(),
  found: z.string().exactOptional(),
  mend: z.string(),
  exit: z.number().int(),
}) satisfies z.ZodType<Failure>;
