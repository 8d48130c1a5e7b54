/** Wire shapes of a run, its steps and its events; held to the domain's types by the compiler. */
import { z } from 'zod';
import type { RunEvent, RunRecord, StepRecord, TransactionRecord } from '#domain/run.ts';
import { stepName } from '#domain/step.ts';
import { approvalShape } from './approval.ts';
import { failureShape } from './failure.ts';

/** Name of a run, as the journal gives it; never a path. */
export const runId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ and -, at most 64');

export const transactionShape = z.object({
  purpose: z.string(),
  hash: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  nonce: z.number().int(),
  state: z.enum(['signed', 'sent', 'included', 'final', 'reverted']),
  block: z.number().int().exactOptional(),
  blockHash: z.string().exactOptional(),
  gasUsed: z.string().exactOptional(),
  fee: z.string().exactOptional(),
}) satisfies z.ZodType<TransactionRecord>;

export const stepShape = z.object({
  name: stepName,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: z.string().exactOptional(),
  finishedAt: z.string().exactOptional(),
  elapsedMs: z.number().exactOptional(),
  figures: z.array(z.object({ label: z.string(), value: z.string() })),
  transactions: z.array(transactionShape),
  failure: failureShape.exactOptional(),
}) satisfies z.ZodType<StepRecord>;

export const runShape = z.object({
  id: runId,
  network: z.string(),
  practice: z.boolean(),
  startedAt: z.string(),
  finishedAt: z.string().exactOptional(),
  steps: z.array(stepShape),
}) satisfies z.ZodType<RunRecord>;

const head = { id: z.number().int().nonnegative(), at: z.string(), run: runId };

export const eventShape = z.discriminatedUnion('type', [
  z.object({ ...head, type: z.literal('step'), step: stepShape }),
  z.object({
    ...head,
    type: z.literal('progress'),
    name: stepName,
    sentence: z.string(),
    fraction: z.number().exactOptional(),
  }),
  z.object({ ...head, type: z.literal('warning'), name: stepName, sentence: z.string() }),
  z.object({ ...head, type: z.literal('approval'), request: approvalShape }),
  z.object({ ...head, type: z.literal('answered'), approval: z.string(), approved: z.boolean() }),
  z.object({ ...head, type: z.literal('finished') }),
  z.object({ ...head, type: z.literal('failed'), failure: failureShape }),
]) satisfies z.ZodType<RunEvent>;
