/** Checks a manifest or a deed again, from the manifest and the chain alone. */
import { z } from 'zod';
import { manifestLimit } from '#domain/manifest.ts';
import { procedure, router } from './procedure.ts';
import { verificationShape } from './shapes/verification.ts';

const subject = z.union([
  z.strictObject({
    manifest: z.string().max(manifestLimit),
    name: z.string().max(4_096).optional().describe('What its failures call it: a path'),
  }),
  z.strictObject({ deed: z.string().min(1).max(100) }),
]);

export const verification = router({
  /** A mutation only so that a manifest travels in a body and not in an address; it changes nothing. */
  verify: procedure
    .input(subject)
    .output(verificationShape)
    .mutation(({ ctx, input }) => ctx.verify(input)),
});
