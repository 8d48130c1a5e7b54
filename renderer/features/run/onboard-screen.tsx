/** The run of this machine: the one chosen in the address, else the one at work, else the newest. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'wouter';
import { failureFrom } from '#api/client/api.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { useApi } from '../../lib/api-context.ts';
import { newestOf } from '../../lib/newest-run.ts';
import { EmptyScreen } from './empty-screen.tsx';
import styles from './run-screen.module.css';
import { RunScreen } from './run-screen.tsx';
import { useRunActions } from './use-run-actions.ts';

export function OnboardScreen() {
  const api = useApi();
  const { run: chosen } = useParams<{ run?: string }>();
  const [attempt, setAttempt] = useState(0);
  const [started, setStarted] = useState<string>();
  const product = useQuery({ queryKey: ['product'], queryFn: () => api.product.get.query() });
  const runs = useQuery({ queryKey: ['runs', 'list'], queryFn: () => api.runs.list.query(), refetchInterval: 5000 });
  const active = useQuery({
    queryKey: ['runs', 'active'],
    queryFn: () => api.runs.active.query(),
    refetchInterval: 5000,
  });
  const actions = useRunActions((run) => {
    setStarted(run);
    setAttempt((before) => before + 1);
  });
  const shown = started ?? chosen ?? active.data ?? newestOf(runs.data);
  // A run that another program starts is followed from the moment it is seen.
  const stream = `${attempt} ${active.data === shown ? 'at work' : 'at rest'}`;
  return (
    <div className={styles.layout}>
      {runs.error && <FailureCard failure={failureFrom(runs.error)} />}
      {shown !== undefined && <RunScreen run={shown} stream={stream} actions={actions} />}
      {shown === undefined && runs.data && <EmptyScreen network={product.data?.network} actions={actions} />}
    </div>
  );
}
