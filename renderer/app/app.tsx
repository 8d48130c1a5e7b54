/** The page: header, the chosen run, the list of runs. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureFrom } from '#api/client/api.ts';
import { FailureCard } from '../components/failure-card.tsx';
import { Header } from '../components/header.tsx';
import { EmptyScreen } from '../features/run/empty-screen.tsx';
import styles from '../features/run/run-screen.module.css';
import { RunScreen } from '../features/run/run-screen.tsx';
import { useRunActions } from '../features/run/use-run-actions.ts';
import { RunList } from '../features/runs/run-list.tsx';
import { LockedScreen } from '../features/session/locked-screen.tsx';
import { ApiProvider, useApi } from '../lib/api-context.ts';
import { texts } from '../texts/english.ts';
import type { Connection } from './connect.ts';

export function App({ connection }: { connection: Connection }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 2000 } } }));
  if ('failure' in connection)
    return (
      <>
        <Header />
        <main className={styles.layout}>
          <LockedScreen failure={connection.failure} />
        </main>
      </>
    );
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider value={connection.api}>
        <Page />
      </ApiProvider>
    </QueryClientProvider>
  );
}

function Page() {
  const api = useApi();
  const [chosen, setChosen] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  const product = useQuery({ queryKey: ['product'], queryFn: () => api.product.get.query() });
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
  const shown = chosen ?? active.data ?? newestOf(runs.data);
  // A run that another program starts is followed from the moment it is seen.
  const stream = `${attempt} ${active.data === shown ? 'at work' : 'at rest'}`;
  const list = (
    <section className={styles.card} aria-labelledby="runs">
      <h2 id="runs">{texts.earlierRuns}</h2>
      <RunList runs={runs.data ?? []} active={active.data ?? null} chosen={shown} onChoose={setChosen} />
    </section>
  );
  return (
    <>
      <Header product={product.data} />
      <main className={styles.layout}>
        {runs.error && <FailureCard failure={failureFrom(runs.error)} />}
        {shown !== undefined && <RunScreen run={shown} stream={stream} actions={actions} beside={list} />}
        {shown === undefined && runs.data && (
          <>
            <EmptyScreen network={product.data?.network} actions={actions} />
            <aside className={styles.side}>{list}</aside>
          </>
        )}
      </main>
    </>
  );
}

function newestOf(runs: { id: string; startedAt: string }[] | undefined): string | undefined {
  return runs?.reduce<{ id: string; startedAt: string } | undefined>(
    (newest, run) => (newest && newest.startedAt > run.startedAt ? newest : run),
    undefined,
  )?.id;
}
