/** What goes out when an owner asks for help. */
import { z } from 'zod';
import type { Diagnostics } from '#domain/diagnostics.ts';
import { procedure, router } from './procedure.ts';
import { runShape } from './shapes/run.ts';

const text = z.string();

const diagnosticsShape = z.object({
  program: z.object({ version: text, node: text }),
  system: z.object({ platform: text, release: text, arch: text, memoryBytes: z.number() }),
  home: z.object({ folder: text, freeBytes: z.number().nullable() }),
  keys: z.object({ owner: text.nullable() }),
  runs: z.array(runShape),
  logs: z.record(text, text),
}) satisfies z.ZodType<Diagnostics>;

export const diagnostics = router({
  get: procedure.output(diagnosticsShape).query(({ ctx }) => ctx.diagnostics()),
});
