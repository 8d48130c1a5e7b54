/** What the machine can do: each figure with its spread and conditions, against the physical peak where one is known. */
import { useQuery } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import type { BenchmarkFigure } from '#domain/manifest.ts';
import { formatFigure } from '#domain/number-format.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Stage } from '../../components/run/stage.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './benchmark.module.css';
import { RunDots } from './run-dots.tsx';

export function BenchmarkScreen() {
  const texts = useTexts();
  const api = useApi();
  const { id, view } = useCurrentRun();
  const measured = useQuery({
    queryKey: ['runs', id, 'measured', view.steps.benchmark.record.state],
    queryFn: () => api.runs.measured.query({ run: id as string }),
    enabled: id !== undefined,
  });
  const figures = measured.data?.benchmarks ?? [];
  const subjects = [...new Set(figures.map(({ subject }) => subject))];
  return (
    <Stage title={texts.benchmark.title} about={texts.benchmark.about} steps={['benchmark']}>
      {measured.error && <FailureCard failure={failureFrom(measured.error)} />}
      {subjects.map((subject) => (
        <Card key={subject} title={subject}>
          <ul className={styles.figures}>
            {figures
              .filter((figure) => figure.subject === subject)
              .map((figure) => (
                <Figure key={figure.id} figure={figure} />
              ))}
          </ul>
        </Card>
      ))}
    </Stage>
  );
}

function Figure({ figure }: { figure: BenchmarkFigure }) {
  const of = useTexts().benchmark;
  const { id, what, unit, median, spread, runs, peak, sentence, conditions } = figure;
  return (
    <li className={styles.figure}>
      <div className={styles.head}>
        <h3>{what}</h3>
        <span className={styles.value}>{median === undefined ? of.notMeasured : formatFigure(median, unit)}</span>
      </div>
      {sentence && <p className={styles.quiet}>{sentence}</p>}
      {runs.length > 1 && <RunDots id={id} runs={runs} unit={unit} />}
      {peak && (
        <div className={styles.peak}>
          <progress value={Math.min(1, peak.fraction)} max={1} aria-label={of.peak} />
          <span>{of.ofPeak((peak.fraction * 100).toFixed(0), formatFigure(peak.value, peak.unit))}</span>
        </div>
      )}
      {median !== undefined && (
        <p className={styles.quiet}>
          {of.spread(((spread ?? 0) * 100).toFixed(1), runs.length)}
          {peak === undefined && ` ${of.noPeak}`}
        </p>
      )}
      {Object.keys(conditions).length > 0 && (
        <details className={styles.details}>
          <summary>{of.conditions}</summary>
          <dl className={styles.conditions}>
            {Object.entries(conditions).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{String(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}
