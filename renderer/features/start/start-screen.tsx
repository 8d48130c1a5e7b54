/** Where an owner begins: what this does, on which network, with which key; and on to the run. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { failureFrom } from '#api/client/api.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { KeyPanel } from './key-panel.tsx';
import styles from './start-screen.module.css';

export function StartScreen() {
  const texts = useTexts();
  const api = useApi();
  const key = useQuery({ queryKey: ['owner-key'], queryFn: () => api.ownerKey.state.query() });
  const runs = useQuery({ queryKey: ['runs', 'list'], queryFn: () => api.runs.list.query() });
  const product = useQuery({ queryKey: ['product'], queryFn: () => api.product.get.query() });
  const hasKey = key.data?.address != null;
  return (
    <Screen title={texts.headline} lead={texts.start.lead}>
      <div className={styles.columns}>
        <Card title={texts.empty.title}>
          <ol className={styles.lines}>
            {texts.empty.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
          <p className={styles.quiet}>{texts.empty.undo}</p>
        </Card>
        <Card title={texts.start.network}>
          <label className={styles.network}>
            <input type="radio" name="network" checked readOnly />
            <span>
              <strong>{texts.start.sandbox}</strong>
              <span className={styles.quiet}>{texts.empty.sandbox}</span>
            </span>
          </label>
          {product.data && <p className={styles.quiet}>{texts.home(product.data.home)}</p>}
        </Card>
      </div>
      {key.error && <FailureCard failure={failureFrom(key.error)} />}
      {key.data && <KeyPanel state={key.data} />}
      {hasKey && (
        <div className={styles.onward}>
          <Link href="/run" className={styles.primary}>
            {(runs.data?.length ?? 0) === 0 ? texts.start.onboard : texts.start.toRun}
          </Link>
        </div>
      )}
    </Screen>
  );
}
