/** Every run of this home and every transaction in it; one that was stopped is gone on with on its own screen. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { failureFrom } from '#api/client/api.ts';
import type { RunRecord, TransactionRecord } from '#domain/run.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Hash } from '../../components/hash.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { Table } from '../../components/layout/table.tsx';
import { useApi } from '../../lib/api-context.ts';
import { formatCount, formatFee, formatInstant } from '../../lib/format.ts';
import { phaseOfRecord } from '../../lib/run-view.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './activity-screen.module.css';

export function ActivityScreen() {
  const texts = useTexts();
  const api = useApi();
  const runs = useQuery({ queryKey: ['runs', 'list'], queryFn: () => api.runs.list.query(), refetchInterval: 5000 });
  const active = useQuery({ queryKey: ['runs', 'active'], queryFn: () => api.runs.active.query() });
  const newestFirst = [...(runs.data ?? [])].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return (
    <Screen title={texts.activity.title} lead={texts.activity.lead}>
      {runs.error && <FailureCard failure={failureFrom(runs.error)} />}
      {runs.data?.length === 0 && (
        <p>
          {texts.noRuns} <Link href="/run">{texts.start.onboard}</Link>
        </p>
      )}
      {newestFirst.map((run) => (
        <Run key={run.id} run={run} active={active.data ?? null} />
      ))}
    </Screen>
  );
}

function Run({ run, active }: { run: RunRecord; active: string | null }) {
  const texts = useTexts();
  const phase = phaseOfRecord(run, active);
  const transactions = run.steps.flatMap((step) => step.transactions);
  return (
    <Card
      title={formatInstant(run.startedAt)}
      aside={
        <span className={styles.aside}>
          {run.practice && <span className={styles.practice}>{texts.practice}</span>}
          <span className={styles[phase]}>{texts.states[phase]}</span>
          <Link href={`/run/${run.id}`}>
            {phase === 'stopped' || phase === 'failed' ? texts.goOn : texts.activity.open}
          </Link>
        </span>
      }
    >
      {transactions.length === 0 ? (
        <p className={styles.quiet}>{texts.activity.none}</p>
      ) : (
        <Table<TransactionRecord>
          caption={texts.transactions}
          rows={transactions}
          keyOf={({ hash }) => hash}
          columns={[
            { name: texts.activity.purpose, cell: ({ purpose }) => purpose },
            { name: texts.activity.transaction, cell: ({ hash, purpose }) => <Hash value={hash} what={purpose} /> },
            { name: texts.activity.state, cell: ({ state }) => texts.transactionStates[state] },
            { name: texts.gas, isNumber: true, cell: ({ gasUsed }) => gasUsed && formatCount(gasUsed) },
            { name: texts.fees, isNumber: true, cell: ({ fee }) => fee && formatFee(fee) },
          ]}
        />
      )}
    </Card>
  );
}
