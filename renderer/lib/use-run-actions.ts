/** Start, go on and stop; and the failure of the last of them. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import type { Failure } from '#domain/failures/failure.ts';
import { useApi } from './api-context.ts';

export interface RunActions {
  starting: boolean;
  failure?: Failure;
  start(fresh: boolean): void;
  stop(run: string): Promise<void>;
  /** @throws what the API throws */
  answer(run: string, approval: string, approved: boolean): Promise<void>;
}

export function useRunActions(onStarted: (run: string) => void): RunActions {
  const api = useApi();
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ['runs'] });
  const starting = useMutation({
    mutationFn: (fresh: boolean) => api.runs.start.mutate({ fresh, approve: 'each' }),
    onSuccess: ({ run }) => onStarted(run),
    onSettled: again,
  });
  const stopping = useMutation({
    mutationFn: (run: string) => api.runs.cancel.mutate({ run }),
    onSettled: again,
  });
  const error = starting.error ?? stopping.error;
  return {
    starting: starting.isPending,
    ...(error ? { failure: failureFrom(error) } : {}),
    answer: (run, approval, approved) => api.runs.answer.mutate({ run, approval, approved }),
    start: (fresh) => starting.mutate(fresh),
    // The failure is shown on the page; whoever waits only wants to know that it is over.
    stop: (run) => stopping.mutateAsync(run).catch(() => {}),
  };
}
