/** Where the steps of a stage stand: done, at work with its newest sentence, failed or to come. */

import type { StepName } from '#domain/step.ts';
import { stepTitles } from '#domain/step.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatElapsed } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './step-progress.module.css';

export function StepProgress({ steps }: { steps: readonly StepName[] }) {
  const texts = useTexts();
  const { view, phase } = useCurrentRun();
  const now = useNow(phase === 'running');
  return (
    <ul className={styles.steps}>
      {steps.map((name) => {
        const { record, sentence, fraction } = view.steps[name];
        const state = record.state === 'running' && phase !== 'running' ? 'stopped' : record.state;
        const elapsed =
          record.elapsedMs ??
          (state === 'running' && record.startedAt !== undefined ? now - Date.parse(record.startedAt) : undefined);
        return (
          <li key={name} className={styles.step}>
            <span className={`${styles.mark} ${styles[state]}`}>{texts.stepStates[state]}</span>
            <span>
              {texts.stepTitles[name] ?? stepTitles[name]}
              {state === 'running' && sentence && <span className={styles.sentence}> · {sentence}</span>}
            </span>
            <span className={styles.elapsed}>{elapsed === undefined ? '' : formatElapsed(elapsed)}</span>
            {state === 'running' && fraction !== undefined && (
              <progress
                className={styles.bar}
                value={fraction}
                max={1}
                aria-label={texts.stepTitles[name] ?? stepTitles[name]}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
