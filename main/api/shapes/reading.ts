/** Wire shape of what a probe said. */
import { z } from 'zod';
import { trust } from '#domain/fact.ts';
import { identityScheme } from '#domain/identity.ts';
import { type ProbeReading, readingOutcomes } from '#domain/reading.ts';

const problem = z.object({
  code: z.string(),
  field: z.string().exactOptional(),
  sentence: z.string(),
  raw: z.string().exactOptional(),
});

const observed = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  unit: z.string().exactOptional(),
  trust,
  raw: z.string().exactOptional(),
});

export const readingShape = z.object({
  probe: z.string(),
  startedAt: z.string(),
  elapsedMs: z.number(),
  outcome: z.enum(readingOutcomes),
  sentence: z.string().exactOptional(),
  devices: z.array(
    z.object({
      kind: z.enum(['host', 'gpu', 'accelerator', 'robot', 'power', 'network']),
      locator: z.string(),
      name: z.string(),
      identity: z.array(z.object({ scheme: identityScheme, value: z.string(), trust })),
      observations: z.array(observed),
      problems: z.array(problem),
    }),
  ),
  problems: z.array(problem),
  recording: z.string().exactOptional(),
  target: z.string().exactOptional(),
  contacted: z.array(z.string()).exactOptional(),
}) satisfies z.ZodType<ProbeReading>;
