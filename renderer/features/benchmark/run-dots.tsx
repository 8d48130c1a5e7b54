/** Each run of a figure as a dot on one line, so that the spread is seen; the sentence below says it in numbers. */
import { formatFigure } from '#domain/number-format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './benchmark.module.css';

export function RunDots({ id, runs, unit }: { id: string; runs: readonly number[]; unit: string }) {
  const of = useTexts().benchmark;
  const [low, high] = [Math.min(...runs), Math.max(...runs)];
  // A twentieth on both sides, so that a steady figure is a cluster in the middle and not a scatter over the whole.
  const room = Math.max(high - low, high * 0.05);
  const at = (value: number) => 50 + ((value - (low + high) / 2) / room) * 90;
  return (
    <svg
      className={styles.dots}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="img"
      aria-labelledby={`dots-${id}`}
    >
      <title id={`dots-${id}`}>{of.range(formatFigure(low, unit), formatFigure(high, unit))}</title>
      <line x1="0" y1="3" x2="100" y2="3" className={styles.axis} />
      {runs.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other name than their order
        <rect key={index} x={at(value) - 0.3} y="0.6" width="0.6" height="4.8" className={styles.dot} />
      ))}
    </svg>
  );
}
