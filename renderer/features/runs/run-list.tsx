/** Every run of this journal, the newest first. */
import type { RunRecord } from '#domain/run.ts';
import { formatInstant } from '../../lib/format.ts';
import { phaseOfRecord } from '../../lib/run-view.ts';
import { texts } from '../../texts/english.ts';
import styles from './run-list.module.css';

interface RunListProps {
  runs: RunRecord[];
  active: string | null;
  chosen: string | undefined;
  onChoose(run: string): void;
}

export function RunList({ runs, active, chosen, onChoose }: RunListProps) {
  if (runs.length === 0) return <p>{texts.noRuns}</p>;
  const newestFirst = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return (
    <ul className={styles.list}>
      {newestFirst.map((run) => {
        const phase = phaseOfRecord(run, active);
        return (
          <li key={run.id}>
            <button
              type="button"
              className={styles.run}
              aria-current={run.id === chosen}
              onClick={() => onChoose(run.id)}
            >
              <span className={styles.when}>{formatInstant(run.startedAt)}</span>
              <span className={`${styles.phase} ${styles[phase]}`}>{texts.states[phase]}</span>
              <span className={styles.name}>{run.practice ? `${run.id} · ${texts.practice}` : run.id}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
