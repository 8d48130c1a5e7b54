/**
 * A port: two ends that pass each other texts, and the records those texts hold. Electron's IPC is one, a pair in
 * memory another. Texts and not objects, so that every way serialises alike.
 */
import { z } from 'zod';

export interface Port {
  post(text: string): void;
  /** Calls back for each text that comes; the result ends it. */
  listen(onText: (text: string) => void): () => void;
}

const id = z.number().int().nonnegative();

/** From the page: one call, or the end of one. */
export const callMessage = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('call'),
    id,
    type: z.enum(['query', 'mutation', 'subscription']),
    path: z.string().max(100),
    input: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal('stop'), id }),
]);
export type CallMessage = z.infer<typeof callMessage>;

/** To the page. `hello` says that this end is new: streams are to be asked for again, from the last event seen. */
export const answerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello') }),
  z.object({ kind: z.literal('result'), id, value: z.unknown().optional() }),
  z.object({ kind: z.literal('error'), id, error: z.unknown().optional() }),
  z.object({ kind: z.literal('started'), id }),
  z.object({ kind: z.literal('event'), id, event: z.string().optional(), value: z.unknown().optional() }),
  z.object({ kind: z.literal('ended'), id }),
]);
export type AnswerMessage = z.infer<typeof answerMessage>;

/** Two ends in memory; texts arrive in order, each in a microtask of its own. */
export function portPair(): [Port, Port] {
  const listeners: [Set<(text: string) => void>, Set<(text: string) => void>] = [new Set(), new Set()];
  const end = (own: 0 | 1): Port => ({
    post: (text) => queueMicrotask(() => listeners[own === 0 ? 1 : 0].forEach((onText) => void onText(text))),
    listen: (onText) => {
      listeners[own].add(onText);
      return () => listeners[own].delete(onText);
    },
  });
  return [end(0), end(1)];
}
