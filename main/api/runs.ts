/** Runs: start, stop, look at, follow. */
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { fail } from '#domain/failures/failure.ts';
import { signedManifest } from '#domain/manifest.ts';
import type { ApiContext } from './context.ts';
import { refusing } from './failure-shape.ts';
import { procedure, router } from './procedure.ts';
import { measuredShape } from './shapes/measured.ts';
import { receiptShape } from './shapes/receipt.ts';
import { eventShape, runId, runShape } from './shapes/run.ts';

const ofRun = z.strictObject({ run: runId });

/** The event's number as the stream carries it; a client that comes back names the last one it saw. */
const eventNumber = z.string().regex(/^\d{1,15}$/, 'a decimal number');

export const runs = router({
  start: procedure
    .input(
      z.strictObject({
        fresh: z.boolean().default(false),
        /** `each`: the run waits for an answer before every signature of the owner's key. */
        approve: z.enum(['all', 'each']).default('all'),
      }),
    )
    .output(ofRun)
    .mutation(({ ctx, input }) => ctx.onboarding.start(input)),

  cancel: procedure
    .input(ofRun)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.onboarding.cancel(input.run)),

  /** The owner's answer to what a run asks; an answer to a question that is not asked any more changes nothing. */
  answer: procedure
    .input(z.strictObject({ run: runId, approval: z.string().min(1).max(200), approved: z.boolean() }))
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.onboarding.answer(input)),

  get: procedure
    .input(ofRun)
    .output(runShape)
    .query(async ({ ctx, input }) => (await ctx.onboarding.run(input.run)) ?? unknownRun(input.run)),

  list: procedure.output(z.array(runShape)).query(({ ctx }) => ctx.onboarding.runs()),

  /** The run at work now, here or in another program on the same home; null when none is. */
  active: procedure.output(runId.nullable()).query(async ({ ctx }) => (await ctx.onboarding.active()) ?? null),

  /** Every event since the last one seen, then each new one; ends with the run. */
  events: procedure
    .input(z.strictObject({ run: runId, lastEventId: eventNumber.nullish() }))
    .subscription(({ ctx, input, signal }) =>
      refusing(eventsOf(ctx, input.run, Number(input.lastEventId ?? 0), signal ?? neverAborted())),
    ),

  manifest: procedure
    .input(ofRun)
    .output(signedManifest.nullable())
    .query(async ({ ctx, input }) => (await ctx.onboarding.manifest(input.run)) ?? null),

  statements: procedure
    .input(ofRun)
    .output(z.array(z.object({ signer: z.string(), evidence: z.record(z.string(), z.unknown()) })).nullable())
    .query(async ({ ctx, input }) => (await ctx.onboarding.statements(input.run)) ?? null),

  measured: procedure
    .input(ofRun)
    .output(measuredShape.nullable())
    .query(async ({ ctx, input }) => (await ctx.onboarding.measured(input.run)) ?? null),

  receipt: procedure
    .input(ofRun)
    .output(receiptShape.nullable())
    .query(async ({ ctx, input }) => (await ctx.onboarding.receipt(input.run)) ?? null),
});

async function* eventsOf(context: ApiContext, run: string, after: number, signal: AbortSignal) {
  if (!(await context.onboarding.run(run))) unknownRun(run);
  for await (const event of context.onboarding.events(run, after, signal))
    yield tracked(String(event.id), eventShape.parse(event));
}

function unknownRun(run: string): never {
  return fail('run.unknown', { subject: run });
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
