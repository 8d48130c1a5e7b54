/** The deed and the capacity: as they will be, as they are, and what each transaction was. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { failureFrom } from '#api/client/api.ts';
import { deedNumber, formatAmount } from '#domain/number-format.ts';
import type { HeldAsset } from '#domain/portfolio.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Hash } from '../../components/hash.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Facts } from '../../components/layout/facts.tsx';
import { Stage } from '../../components/run/stage.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatFee, formatSeconds } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './tokenize.module.css';

export function TokenizeScreen() {
  const texts = useTexts();
  const api = useApi();
  const { id, view } = useCurrentRun();
  const isMinted = view.steps.deed.record.state === 'done';
  const assets = useQuery({
    queryKey: ['portfolio', 'assets', id],
    queryFn: () => api.portfolio.assets.query(),
    enabled: isMinted,
  });
  const own = assets.data?.find(({ run }) => run === id);
  const transactions = (['deed', 'capacity'] as const).flatMap((name) => view.steps[name].record.transactions);
  return (
    <Stage title={texts.tokenize.title} about={texts.tokenize.about} steps={['deed', 'capacity']}>
      {assets.error && <FailureCard failure={failureFrom(assets.error)} />}
      {own && <DeedCard asset={own} />}
      {transactions.length > 0 && (
        <Card
          title={texts.transactions}
          aside={
            <Link href="/activity" className={styles.aside}>
              {texts.tokenize.explorer}
            </Link>
          }
        >
          <Facts
            rows={transactions.map(({ purpose, hash, state, fee }) => [
              purpose,
              <span key={hash}>
                <Hash value={hash} what={purpose} /> · {texts.transactionStates[state]}
                {fee !== undefined && ` · ${formatFee(fee)}`}
              </span>,
            ])}
          />
        </Card>
      )}
    </Stage>
  );
}

function DeedCard({ asset }: { asset: HeldAsset }) {
  const of = useTexts().tokenize;
  const { deed, capacity } = asset;
  return (
    <div className={styles.columns}>
      <section className={styles.deed} aria-labelledby="deed">
        <p className={styles.kicker}>{of.deed}</p>
        <h2 id="deed">{asset.name}</h2>
        <p className={styles.number}>{deedNumber(deed.id)}</p>
        {asset.practice && <p className={styles.practice}>{of.practice}</p>}
        <Facts
          rows={[
            [of.state, of.states[deed.state as keyof typeof of.states] ?? deed.state],
            [of.asset, <Hash key="key" value={deed.assetKey} what={of.asset} />],
            [of.manifest, <Hash key="root" value={deed.manifestRoot} what={of.manifest} />],
            [of.machine, <Hash key="machine" value={deed.machine} what={of.machine} />],
            [of.attestedUntil, asset.attestedUntil === null ? of.unattested : formatSeconds(asset.attestedUntil)],
          ]}
        />
      </section>
      {capacity && (
        <Card title={of.capacity}>
          <p className={styles.amount}>
            {formatAmount(capacity.minted, 18)} {capacity.symbol}
          </p>
          <Facts
            rows={[
              [of.token, <Hash key="token" value={capacity.token} what={of.token} />],
              [of.term, of.hours(capacity.termHours)],
            ]}
          />
        </Card>
      )}
    </div>
  );
}
