/** The ten steps, top to bottom, each with all it has told. */
import type { Figure, TransactionRecord } from '#domain/run.ts';
import { stepNames, stepTitles } from '#domain/step.ts';
import { Hash } from '../../components/hash.tsx';
import { Icon } from '../../components/icon.tsx';
import { formatCount, formatElapsed, isHash } from '../../lib/format.ts';
import type { Phase, RunView, StepView } from '../../lib/run-view.ts';
import { useTexts } from '../../lib/use-texts.ts';
import type { Texts } from '../../texts/english.ts';
import styles from './timeline.module.css';

interface TimelineProps {
  view: RunView;
  phase: Phase;
  now: number;
}

type ShownState = keyof Texts['stepStates'];

export function Timeline({ view, phase, now }: TimelineProps) {
  const texts = useTexts();
  return (
    <ol className={styles.steps}>
      {stepNames.map((name, index) => {
        const step = view.steps[name];
        return (
          <Step
            key={name}
            number={index + 1}
            title={texts.stepTitles[name] ?? stepTitles[name]}
            step={step}
            state={shownState(step, phase)}
            now={now}
          />
        );
      })}
    </ol>
  );
}

function shownState({ record: { state, failure } }: StepView, phase: Phase): ShownState {
  if (state === 'running' && phase !== 'running') return 'stopped';
  if (state === 'failed' && failure?.code === 'run.cancelled') return 'stopped';
  return state;
}

interface StepProps {
  number: number;
  title: string;
  step: StepView;
  state: ShownState;
  now: number;
}

function Step({ number, title, step, state, now }: StepProps) {
  const texts = useTexts();
  const { record, sentence, fraction, warnings } = step;
  const elapsed = elapsedOf(step, state, now);
  return (
    <li className={`${styles.step} ${styles[state]}`} aria-current={state === 'running' ? 'step' : undefined}>
      <span className={styles.mark} aria-hidden="true">
        <Mark state={state} number={number} />
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <h3>{title}</h3>
          <span className="visually-hidden">{texts.stepStates[state]}</span>
          {elapsed !== undefined && <span className={styles.elapsed}>{formatElapsed(elapsed)}</span>}
        </div>
        {state === 'running' && sentence && <p className={styles.sentence}>{sentence}</p>}
        {state === 'running' && fraction !== undefined && (
          <progress className={styles.progress} value={fraction} max={1} aria-label={title} />
        )}
        {record.failure && <p className={styles.sentence}>{record.failure.what}</p>}
        {record.figures.length > 0 && <Figures figures={record.figures} />}
        {warnings.length > 0 && (
          <ul className={styles.warnings}>
            {warnings.map((warning) => (
              <li key={warning}>
                <Icon name="alert" />
                <span>
                  <span className="visually-hidden">{texts.warning}: </span>
                  {warning}
                </span>
              </li>
            ))}
          </ul>
        )}
        {record.transactions.length > 0 && (
          <ul className={styles.transactions} aria-label={texts.transactions}>
            {record.transactions.map((transaction) => (
              <Transaction key={transaction.purpose} transaction={transaction} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

function elapsedOf({ record }: StepView, state: ShownState, now: number): number | undefined {
  if (record.elapsedMs !== undefined) return record.elapsedMs;
  if (state !== 'running' || record.startedAt === undefined) return undefined;
  return now - Date.parse(record.startedAt);
}

function Mark({ state, number }: { state: ShownState; number: number }) {
  if (state === 'done') return <Icon name="check" />;
  if (state === 'failed') return <Icon name="cross" />;
  if (state === 'stopped') return <Icon name="pause" />;
  return number;
}

function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ label, value }) => (
        <div key={`${label} ${value}`}>
          <dt>{label.trim()}</dt>
          <dd>{isHash(value) ? <Hash value={value} what={label.trim()} /> : value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Transaction({ transaction }: { transaction: TransactionRecord }) {
  const texts = useTexts();
  const { purpose, hash, state, block, gasUsed } = transaction;
  return (
    <li className={styles.transaction}>
      <span className={styles.purpose}>{purpose}</span>
      <Hash value={hash} what={purpose} />
      <span className={`${styles.state} ${styles[state]}`}>{texts.transactionStates[state]}</span>
      <span className={styles.cost}>
        {[block !== undefined && texts.block(block), gasUsed !== undefined && texts.gasOf(formatCount(gasUsed))]
          .filter(Boolean)
          .join(', ')}
      </span>
    </li>
  );
}
