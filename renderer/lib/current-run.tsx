/**
 * The run the owner is led through: the one started or chosen here, else the one at work, else the newest. It is followed
 * once, above all screens, so that every screen shows the same and none loses its place.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { ApprovalRequest } from '#domain/approval.ts';
import type { Failure } from '#domain/failures/failure.ts';
import { useApi } from './api-context.ts';
import { newestOf } from './newest-run.ts';
import { emptyRun, type Phase, pendingApproval, phaseOf, type RunView, totalsOf } from './run-view.ts';
import { useRun } from './use-run.ts';
import { type RunActions, useRunActions } from './use-run-actions.ts';

export interface CurrentRun {
  /** Undefined while there is none. */
  id: string | undefined;
  view: RunView;
  phase: Phase;
  lost: boolean;
  failure: Failure | undefined;
  approval: ApprovalRequest | undefined;
  actions: RunActions;
  choose(run: string): void;
  /** Whether it is known yet that there is a run or none. */
  known: boolean;
}

const context = createContext<CurrentRun | undefined>(undefined);

export function useCurrentRun(): CurrentRun {
  const run = useContext(context);
  if (!run) throw new Error('no run around this component');
  return run;
}

export function CurrentRunProvider({ children }: { children: ReactNode }) {
  const api = useApi();
  const queries = useQueryClient();
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState<string>();
  const runs = useQuery({ queryKey: ['runs', 'list'], queryFn: () => api.runs.list.query(), refetchInterval: 5000 });
  const active = useQuery({
    queryKey: ['runs', 'active'],
    queryFn: () => api.runs.active.query(),
    refetchInterval: 5000,
  });
  const actions = useRunActions((run) => {
    setChosen(run);
    setAttempt((before) => before + 1);
  });
  const id = chosen ?? active.data ?? newestOf(runs.data);
  // A run that another program starts is followed from the moment it is seen.
  const followed = useRun(id, `${attempt} ${active.data === id ? 'at work' : 'at rest'}`);
  const view = id === undefined ? emptyRun : followed.view;
  const phase = phaseOf(view, followed.live);
  const { stepsDone } = totalsOf(view);
  // The list says where runs stand, and the chain changes with each step: both are asked for again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: phase and steps are what renews them
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['runs'] });
    void queries.invalidateQueries({ queryKey: ['portfolio'] });
  }, [queries, phase, stepsDone]);
  const value: CurrentRun = {
    id,
    view,
    phase,
    lost: followed.lost,
    failure: followed.failure,
    approval: phase === 'running' ? pendingApproval(view) : undefined,
    actions,
    choose: setChosen,
    known: id !== undefined || (runs.data !== undefined && active.data !== undefined),
  };
  return <context.Provider value={value}>{children}</context.Provider>;
}
