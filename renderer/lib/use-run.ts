/** Follows one run: its events so far, then each as it comes, across a lost connection and across "go on". */
import { useEffect, useReducer } from 'react';
import { failureFrom } from '#api/client/api.ts';
import type { Failure } from '#domain/failures/failure.ts';
import type { RunEvent } from '#domain/run.ts';
import { useApi } from './api-context.ts';
import { emptyRun, foldEvent, type RunView } from './run-view.ts';

export interface FollowedRun {
  view: RunView;
  /** Whether the stream is open. */
  live: boolean;
  /** Whether the stream was lost and is being asked for again. */
  lost: boolean;
  failure?: Failure;
}

type Change =
  | { type: 'opened'; run: string }
  | { type: 'event'; event: RunEvent }
  | { type: 'connection'; lost: boolean }
  | { type: 'ended'; failure?: Failure };

interface State extends FollowedRun {
  run: string | undefined;
}

const start: State = { run: undefined, view: emptyRun, live: false, lost: false };

export function reduceFollowed(state: State, change: Change): State {
  const { failure: _, ...calm } = state;
  switch (change.type) {
    case 'opened':
      return { run: change.run, view: state.run === change.run ? state.view : emptyRun, live: true, lost: false };
    case 'event':
      return { ...calm, lost: false, view: foldEvent(state.view, change.event) };
    case 'connection':
      return { ...state, lost: change.lost };
    case 'ended':
      return { ...calm, live: false, lost: false, ...(change.failure ? { failure: change.failure } : {}) };
  }
}

/** `stream` names the opening: another name opens the stream again, as "go on" asks. */
export function useRun(run: string | undefined, stream: string): FollowedRun {
  const api = useApi();
  const [state, change] = useReducer(reduceFollowed, start);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another name is what opens the stream again
  useEffect(() => {
    if (run === undefined) return;
    change({ type: 'opened', run });
    const subscription = api.runs.events.subscribe(
      { run },
      {
        onData: ({ data }) => change({ type: 'event', event: data }),
        onComplete: () => change({ type: 'ended' }),
        onError: (error) => change({ type: 'ended', failure: failureFrom(error) }),
        onConnectionStateChange: ({ state, error }) =>
          change({ type: 'connection', lost: state === 'connecting' && error !== null }),
      },
    );
    return () => subscription.unsubscribe();
  }, [api, run, stream]);
  return state.run === run ? state : { ...start, live: run !== undefined };
}
