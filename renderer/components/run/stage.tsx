/**
 * A stage on the way: what happens here and what it costs, what the run waits for the owner to sign in it, and what has
 * come of it. Where the run has not come so far, it says so and leads there.
 */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { StepName } from '#domain/step.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { useTexts } from '../../lib/use-texts.ts';
import { FailureCard } from '../failure-card.tsx';
import { Screen } from '../layout/screen.tsx';
import { ApprovalCard } from './approval-card.tsx';
import styles from './stage.module.css';
import { StepProgress } from './step-progress.tsx';

interface StageProps {
  title: string;
  /** What happens, what it costs, what can go wrong, how it is undone. */
  about: readonly string[];
  steps: readonly StepName[];
  children: ReactNode;
}

export function Stage({ title, about, steps, children }: StageProps) {
  const texts = useTexts();
  const { id, known, view, approval, actions } = useCurrentRun();
  const asked = approval !== undefined && steps.includes(approval.step) ? approval : undefined;
  const failure = steps.map((name) => view.steps[name].record.failure).find((found) => found !== undefined);
  const isAhead = steps.every((name) => view.steps[name].record.state === 'waiting');
  return (
    <Screen title={title}>
      <ul className={styles.about}>
        {about.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {failure && failure.code !== 'run.cancelled' && (
        <FailureCard failure={failure} action={<Link href="/run">{texts.stage.toRun}</Link>} />
      )}
      {asked && id !== undefined && (
        <ApprovalCard key={asked.id} request={asked} onAnswer={(approved) => actions.answer(id, asked.id, approved)} />
      )}
      {known && isAhead && (
        <p className={styles.ahead}>
          {id === undefined ? texts.stage.noRun : texts.stage.ahead} <Link href="/run">{texts.stage.toRun}</Link>
        </p>
      )}
      {!isAhead && <StepProgress steps={steps} />}
      {children}
    </Screen>
  );
}
