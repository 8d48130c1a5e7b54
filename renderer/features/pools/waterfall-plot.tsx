/** Each instalment as a column, shared out from the bottom up in the order of the waterfall. The table beside it says the same. */
import type { PlannedPayment } from '#domain/portfolio.ts';
import { formatDollars } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './pools.module.css';

const [width, height] = [720, 220];

export function WaterfallPlot({ payments }: { payments: readonly PlannedPayment[] }) {
  const of = useTexts().list;
  const names = [...new Set(payments.flatMap(({ legs }) => legs.map(({ name }) => name)))];
  const most = payments.reduce((top, { amount }) => Math.max(top, Number(amount)), 1);
  const step = width / Math.max(1, payments.length);
  return (
    <figure className={styles.plot}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={of.plotLabel(payments.length)}>
        {payments.map(({ number, legs }) => {
          let top = height;
          return legs
            .filter(({ amount }) => !amount.startsWith('-'))
            .map(({ name, amount }) => {
              const size = (Number(amount) / most) * (height - 8);
              top -= size;
              return (
                <rect
                  key={`${number} ${name}`}
                  className={styles[`leg${names.indexOf(name) % 8}`]}
                  x={(number - 1) * step + 4}
                  y={top}
                  width={step - 8}
                  height={Math.max(0.5, size - 0.5)}
                >
                  <title>{`${number}. ${name}: ${formatDollars(amount)}`}</title>
                </rect>
              );
            });
        })}
        <line x1="0" y1={height} x2={width} y2={height} className={styles.axis} />
      </svg>
      <figcaption>
        <ul className={styles.legend}>
          {names.map((name, index) => (
            <li key={name}>
              <svg viewBox="0 0 10 10" width="12" height="12" aria-hidden="true">
                <rect width="10" height="10" rx="2" className={styles[`leg${index % 8}`]} />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
