/** What this program is and which network it works on. */
import { z } from 'zod';
import { procedure, router } from './procedure.ts';

const productShape = z.object({
  version: z.string(),
  network: z.string(),
  chainId: z.number().int().nullable(),
  practice: z.boolean(),
  home: z.string(),
});

export const product = router({
  get: procedure.output(productShape).query(({ ctx }) => ctx.product()),
});
