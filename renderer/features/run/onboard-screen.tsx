/** The run of this machine, step by step; the one that the address names is chosen. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'wouter';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { EmptyScreen } from './empty-screen.tsx';
import styles from './run-screen.module.css';
import { RunScreen } from './run-screen.tsx';

export function OnboardScreen() {
  const api = useApi();
  const { run: named } = useParams<{ run?: string }>();
  const { id, known, actions, choose } = useCurrentRun();
  const product = useQuery({ queryKey: ['product'], queryFn: () => api.product.get.query() });
  useEffect(() => {
    if (named !== undefined) choose(named);
  }, [named, choose]);
  return (
    <div className={styles.layout}>
      {id !== undefined && <RunScreen run={id} />}
      {id === undefined && known && <EmptyScreen network={product.data?.network} actions={actions} />}
    </div>
  );
}
