/** Client end of the API over a {@link Port}; open streams go on from the last event seen when the far end is new. */
import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../router.ts';
import { type AnswerMessage, answerMessage, type CallMessage, type Port } from './port.ts';

type Call = Extract<CallMessage, { kind: 'call' }>;

interface OpenCall {
  call: Call;
  onAnswer(answer: Exclude<AnswerMessage, { kind: 'hello' }>): void;
  onLost(): void;
}

export function ipcLink(port: Port): TRPCLink<AppRouter> {
  const open = new Map<number, OpenCall>();
  let lastId = 0;
  const post = (message: CallMessage) => port.post(JSON.stringify(message));

  port.listen((text) => {
    const answer = answerMessage.safeParse(JSON.parse(text)).data;
    if (answer?.kind === 'hello') for (const each of [...open.values()]) askAgain(each);
    else if (answer) open.get(answer.id)?.onAnswer(answer);
  });

  // A mutation may have been carried out before its answer was lost: asking again could do it twice.
  const askAgain = (each: OpenCall) => (each.call.type === 'mutation' ? each.onLost() : post(each.call));

  return () =>
    ({ op }) =>
      observable((observer) => {
        const id = ++lastId;
        const call: Call = { kind: 'call', id, type: op.type, path: op.path, input: op.input };
        const close = () => open.delete(id);
        const onAnswer: OpenCall['onAnswer'] = (answer) => {
          switch (answer.kind) {
            case 'result':
              close();
              observer.next({ result: { type: 'data', data: answer.value } });
              return observer.complete();
            case 'error':
              close();
              return observer.error(TRPCClientError.from({ error: answer.error } as never));
            case 'started':
              return observer.next({ result: { type: 'started' } });
            case 'event':
              if (answer.event === undefined) return observer.next({ result: { type: 'data', data: answer.value } });
              call.input = { ...(op.input as object), lastEventId: answer.event };
              return observer.next({ result: { id: answer.event, data: { id: answer.event, data: answer.value } } });
            case 'ended':
              close();
              observer.next({ result: { type: 'stopped' } });
              return observer.complete();
          }
        };
        const onLost = () => {
          close();
          observer.error(TRPCClientError.from(new Error('The program was started anew before it had answered.')));
        };
        const stop = () => {
          if (open.delete(id)) post({ kind: 'stop', id });
        };
        open.set(id, { call, onAnswer, onLost });
        op.signal?.addEventListener('abort', stop, { once: true });
        post(call);
        return stop;
      });
}
