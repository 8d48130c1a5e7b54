/** What the owner set. */
import { z } from 'zod';
import { settings as shape } from '#domain/settings.ts';
import { procedure, router } from './procedure.ts';

export const settings = router({
  get: procedure.output(shape).query(({ ctx }) => ctx.settings.get()),
  set: procedure
    .input(shape)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.settings.set(input)),
});
