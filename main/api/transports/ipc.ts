/**
 * The API over a {@link Port}. Knows nothing of Electron: the shell hands in a port whose sender it has checked. A text
 * that is no call is dropped; a call that fails is answered with its failure.
 */
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  TRPCError,
} from '@trpc/server';
import { type AnswerMessage, type CallMessage, callMessage, type Port } from '../client/port.ts';
import type { ApiContext } from '../context.ts';
import { appRouter } from '../router.ts';

const maxTextLength = 2 * 1024 * 1024;
const maxOpenCalls = 64;

type Call = Extract<CallMessage, { kind: 'call' }>;

/**
 * Serves the router on a port until the returned function is called, which ends what is still under way. `again` says
 * that this end replaces an earlier one: the page then asks for its open streams again, from the last event it saw.
 */
export function ipcTransport(context: ApiContext, port: Port, options: { again?: boolean } = {}): () => void {
  const open = new Map<number, AbortController>();
  const post = (answer: AnswerMessage) => port.post(JSON.stringify(answer));

  const take = (message: CallMessage) => {
    if (message.kind === 'stop') return open.get(message.id)?.abort();
    if (open.has(message.id)) return;
    if (open.size >= maxOpenCalls) return post({ kind: 'error', id: message.id, error: crowded(context, message) });
    const leaving = new AbortController();
    open.set(message.id, leaving);
    void answer(context, message, leaving.signal, post).finally(() => open.delete(message.id));
  };

  const unlisten = port.listen((text) => {
    const message = readCall(text);
    if (message) take(message);
  });
  if (options.again) post({ kind: 'hello' });
  return () => {
    unlisten();
    for (const leaving of open.values()) leaving.abort();
  };
}

function crowded(ctx: ApiContext, { type, path, input }: Call) {
  const error = new TRPCError({ code: 'BAD_REQUEST', message: `more than ${maxOpenCalls} calls at once` });
  return getTRPCErrorShape({ config: appRouter._def._config, ctx, error, type, path, input });
}

function readCall(text: unknown): CallMessage | undefined {
  if (typeof text !== 'string' || text.length > maxTextLength) return undefined;
  try {
    return callMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function answer(
  context: ApiContext,
  call: Call,
  signal: AbortSignal,
  post: (answer: AnswerMessage) => void,
): Promise<void> {
  const { id, type, path, input } = call;
  try {
    const getRawInput = async () => input;
    const value = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      getRawInput,
      ctx: context,
      signal,
      batchIndex: 0,
    });
    if (type === 'subscription') await pass(id, value as AsyncIterable<unknown>, signal, post);
    else post({ kind: 'result', id, value });
  } catch (thrown) {
    const config = appRouter._def._config;
    const error = getTRPCErrorFromUnknown(thrown);
    if (!signal.aborted)
      post({ kind: 'error', id, error: getTRPCErrorShape({ config, ctx: context, error, input, path, type }) });
  }
}

/** Passes a stream on, one message an event; the number of a tracked event goes along, for the way back in. */
async function pass(
  id: number,
  stream: AsyncIterable<unknown>,
  signal: AbortSignal,
  post: (answer: AnswerMessage) => void,
): Promise<void> {
  const events = stream[Symbol.asyncIterator]();
  const left = new Promise<{ done: true; value: undefined }>((resolve) =>
    signal.addEventListener('abort', () => resolve({ done: true, value: undefined }), { once: true }),
  );
  post({ kind: 'started', id });
  try {
    while (true) {
      const next = await Promise.race([events.next(), left]);
      if (next.done || signal.aborted) break;
      if (isTrackedEnvelope(next.value)) post({ kind: 'event', id, event: next.value[0], value: next.value[1] });
      else post({ kind: 'event', id, value: next.value });
    }
  } finally {
    // Not awaited: a probe that hangs must not hold the end of the call.
    void events.return?.()?.catch(() => {});
  }
  if (!signal.aborted) post({ kind: 'ended', id });
}
