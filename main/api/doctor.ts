/** What a run needs, looked at before it is started. */
import { z } from 'zod';
import type { DoctorCheck } from '#domain/doctor.ts';
import { procedure, router } from './procedure.ts';

export const doctorShape = z.object({
  id: z.string(),
  level: z.enum(['good', 'warn', 'bad']),
  what: z.string(),
  found: z.string(),
  mend: z.string().exactOptional(),
}) satisfies z.ZodType<DoctorCheck>;

export const doctor = router({
  examine: procedure.output(z.array(doctorShape)).query(({ ctx }) => ctx.doctor()),
});
