/** Who was paid, in order, as bars and as words: the bar says nothing that the text beside it does not. */
import { formatDollars } from '../../lib/format.ts';
import styles from './receipt-panel.module.css';

export function Waterfall({ legs }: { legs: { name: string; amount: string }[] }) {
  const weights = legs.map(({ amount }) => Number.parseFloat(amount.replaceAll(',', '')) || 0);
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return (
    <ol className={styles.legs}>
      {legs.map(({ name, amount }, index) => (
        <li key={name} className={styles.leg}>
          <span>{name}</span>
          <progress className={styles.bar} value={weights[index] ?? 0} max={total} aria-hidden="true" />
          <span className={styles.amount}>{formatDollars(amount)}</span>
        </li>
      ))}
    </ol>
  );
}
