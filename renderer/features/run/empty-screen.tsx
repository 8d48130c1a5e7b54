/** Before the first run: what will happen, what it costs, how it is undone. */
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import type { RunActions } from '../../lib/use-run-actions.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './run-screen.module.css';

export function EmptyScreen({ network, actions }: { network: string | undefined; actions: RunActions }) {
  const texts = useTexts();
  return (
    <div className={styles.main}>
      <h1>{texts.headline}</h1>
      {actions.failure && <FailureCard failure={actions.failure} />}
      <section className={styles.card} id="steps" tabIndex={-1} aria-labelledby="what-will-happen">
        <h2 id="what-will-happen">{texts.empty.title}</h2>
        <ol className={styles.lines}>
          {texts.empty.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        <div className={styles.reassurance}>
          <p>{texts.empty.undo}</p>
          {network === 'sandbox' && <p>{texts.empty.sandbox}</p>}
        </div>
        <Button primary busy={actions.starting} onPress={() => actions.start(false)}>
          {actions.starting ? texts.starting : texts.startRun}
        </Button>
      </section>
    </div>
  );
}
