/** The first page: one run, live, with what can be done about it. */
import { type ReactNode, useState } from 'react';
import type { Failure } from '#domain/failures/failure.ts';
import { stepNames, stepTitles } from '#domain/run.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { formatCount, formatElapsed, formatFee } from '../../lib/format.ts';
import { currentStep, type Phase, phaseOf, type RunView, totalsOf } from '../../lib/run-view.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRun } from '../../lib/use-run.ts';
import { texts } from '../../texts/english.ts';
import { ReceiptPanel } from '../receipt/receipt-panel.tsx';
import styles from './run-screen.module.css';
import { Timeline } from './timeline.tsx';
import type { RunActions } from './use-run-actions.ts';

interface RunScreenProps {
  run: string;
  /** Names the stream: another name opens it again. */
  stream: string;
  actions: RunActions;
  /** What stands below this run's card. */
  beside: ReactNode;
}

export function RunScreen({ run, stream, actions, beside }: RunScreenProps) {
  const { view, live, lost, failure } = useRun(run, stream);
  const phase = phaseOf(view, live);
  const now = useNow(phase === 'running');
  const shown = actions.failure ?? failure ?? failureOfEnd(view, phase);
  return (
    <>
      <div className={styles.main}>
        <div className={styles.title}>
          <h1>{texts.headline}</h1>
          <Status view={view} phase={phase} />
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
        {phase === 'finished' && <ReceiptPanel run={run} />}
        <section className={styles.card} id="steps" tabIndex={-1} aria-label={texts.steps}>
          <Timeline view={view} phase={phase} now={now} />
        </section>
      </div>
      <aside className={styles.side}>
        <ThisRun run={run} view={view} phase={phase} actions={actions} failed={shown !== undefined} />
        {beside}
      </aside>
    </>
  );
}

function failureOfEnd({ end }: RunView, phase: Phase): Failure | undefined {
  return phase === 'failed' && end && !end.finished ? end.failure : undefined;
}

/** Read out politely as the run goes on: the step and its newest sentence. */
function Status({ view, phase }: { view: RunView; phase: Phase }) {
  const name = currentStep(view);
  const step = name && texts.atStep(stepNames.indexOf(name) + 1, stepNames.length, stepTitles[name]);
  const sentence = name && view.steps[name].sentence;
  return (
    <p className={styles.status} aria-live="polite">
      {texts.states[phase]}
      {step && phase !== 'finished' && phase !== 'loading' && ` · ${step}`}
      {phase === 'running' && sentence && <span className="visually-hidden">. {sentence}</span>}
    </p>
  );
}

interface ThisRunProps {
  run: string;
  view: RunView;
  phase: Phase;
  actions: RunActions;
  failed: boolean;
}

function ThisRun({ run, view, phase, actions, failed }: ThisRunProps) {
  const { stepsDone, elapsedMs, gasUsed, fee } = totalsOf(view);
  const [stopping, setStopping] = useState(false);
  const isRunning = phase === 'running' || phase === 'loading';
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
      <div className={styles.actions}>
        {isRunning && (
          <Button
            busy={stopping}
            onPress={() => {
              setStopping(true);
              void actions.stop(run).finally(() => setStopping(false));
            }}
          >
            {stopping ? texts.stopping : texts.stop}
          </Button>
        )}
        {phase === 'stopped' && !failed && (
          <Button primary busy={actions.starting} onPress={() => actions.start(false)}>
            {actions.starting ? texts.starting : texts.goOn}
          </Button>
        )}
        {!isRunning && phase !== 'stopped' && (
          <Button busy={actions.starting} onPress={() => actions.start(true)}>
            {actions.starting ? texts.starting : texts.startFresh}
          </Button>
        )}
      </div>
      {phase === 'stopped' && <p className={styles.note}>{texts.failure.kept}</p>}
    </section>
  );
}
