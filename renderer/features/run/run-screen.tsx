/** The first page: one run, live, with what can be done about it. */
import { useState } from 'react';
import type { Failure } from '#domain/failures/failure.ts';
import { stepNames, stepTitles } from '#domain/step.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { ApprovalCard } from '../../components/run/approval-card.tsx';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatCount, formatElapsed, formatFee } from '../../lib/format.ts';
import { currentStep, type Phase, type RunView, totalsOf } from '../../lib/run-view.ts';
import { useNow } from '../../lib/use-now.ts';
import type { RunActions } from '../../lib/use-run-actions.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { ReceiptPanel } from '../receipt/receipt-panel.tsx';
import styles from './run-screen.module.css';
import { Timeline } from './timeline.tsx';

export function RunScreen({ run }: { run: string }) {
  const texts = useTexts();
  const { view, phase, lost, failure, approval: asked, actions } = useCurrentRun();
  const now = useNow(phase === 'running');
  const shown = actions.failure ?? failure ?? failureOfEnd(view, phase);
  return (
    <>
      <div className={styles.main}>
        <div className={styles.title}>
          <div>
            <h1>{texts.headline}</h1>
            <Status view={view} phase={phase} />
          </div>
          <Actions run={run} phase={phase} actions={actions} failed={shown !== undefined} />
        </div>
        {lost && (
          <p className={styles.offline} role="status">
            {texts.offline}
          </p>
        )}
        {shown && (
          <FailureCard
            failure={shown}
            note={texts.failure.kept}
            action={
              <Button primary busy={actions.starting} onPress={() => actions.start(false)}>
                {actions.starting ? texts.starting : texts.goOn}
              </Button>
            }
          />
        )}
        {asked && (
          <ApprovalCard
            key={asked.id}
            request={asked}
            onAnswer={(approved) => actions.answer(run, asked.id, approved)}
          />
        )}
        {phase === 'finished' && <ReceiptPanel run={run} />}
        <section className={styles.card} id="steps" tabIndex={-1} aria-label={texts.steps}>
          <Timeline view={view} phase={phase} now={now} />
        </section>
      </div>
      <aside className={styles.side}>
        <ThisRun view={view} phase={phase} />
      </aside>
    </>
  );
}

function failureOfEnd({ end }: RunView, phase: Phase): Failure | undefined {
  return phase === 'failed' && end && !end.finished ? end.failure : undefined;
}

/** Read out politely as the run goes on: the step and its newest sentence. */
function Status({ view, phase }: { view: RunView; phase: Phase }) {
  const texts = useTexts();
  const name = currentStep(view);
  const step =
    name && texts.atStep(stepNames.indexOf(name) + 1, stepNames.length, texts.stepTitles[name] ?? stepTitles[name]);
  const sentence = name && view.steps[name].sentence;
  return (
    <p className={styles.status} aria-live="polite">
      {texts.states[phase]}
      {step && phase !== 'finished' && phase !== 'loading' && ` · ${step}`}
      {phase === 'running' && sentence && <span className="visually-hidden">. {sentence}</span>}
    </p>
  );
}

interface ActionsProps {
  run: string;
  phase: Phase;
  actions: RunActions;
  /** Whether a failure is shown, with the way on from it. */
  failed: boolean;
}

function Actions({ run, phase, actions, failed }: ActionsProps) {
  const texts = useTexts();
  const [stopping, setStopping] = useState(false);
  const stop = () => {
    setStopping(true);
    void actions.stop(run).finally(() => setStopping(false));
  };
  if (phase === 'loading') return null;
  if (phase === 'running')
    return (
      <Button busy={stopping} onPress={stop}>
        {stopping ? texts.stopping : texts.stop}
      </Button>
    );
  return (
    <div className={styles.actions}>
      <Button busy={actions.starting} onPress={() => actions.start(true)}>
        {texts.startFresh}
      </Button>
      {phase === 'stopped' && !failed && (
        <Button primary busy={actions.starting} onPress={() => actions.start(false)}>
          {actions.starting ? texts.starting : texts.goOn}
        </Button>
      )}
    </div>
  );
}

function ThisRun({ view, phase }: { view: RunView; phase: Phase }) {
  const texts = useTexts();
  const { stepsDone, elapsedMs, gasUsed, fee } = totalsOf(view);
  return (
    <section className={styles.card} aria-labelledby="this-run">
      <h2 id="this-run">{texts.thisRun}</h2>
      <dl className={styles.totals}>
        <dt>{texts.stepsDone}</dt>
        <dd>
          {stepsDone} / {stepNames.length}
        </dd>
        <dt>{texts.elapsed}</dt>
        <dd>{formatElapsed(elapsedMs)}</dd>
        <dt>{texts.gas}</dt>
        <dd>{formatCount(gasUsed)}</dd>
        <dt>{texts.fees}</dt>
        <dd>{formatFee(fee)}</dd>
      </dl>
      {phase === 'stopped' && <p className={styles.note}>{texts.failure.kept}</p>}
    </section>
  );
}
