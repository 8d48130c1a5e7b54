/** What each asset earned and what is left of it; why it earns or not; and the claim. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { failureFrom } from '#api/client/api.ts';
import type { HeldAsset } from '#domain/portfolio.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Screen } from '../../components/layout/screen.tsx';
import { ApprovalCard } from '../../components/run/approval-card.tsx';
import { StepProgress } from '../../components/run/step-progress.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatDollars } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { AssetEarningsCard } from './asset-earnings.tsx';
import styles from './earnings.module.css';

export function EarningsScreen() {
  const texts = useTexts();
  const of = texts.earnings;
  const api = useApi();
  const { id, view, approval, actions } = useCurrentRun();
  const assets = useQuery({ queryKey: ['portfolio', 'assets', id], queryFn: () => api.portfolio.assets.query() });
  const asked = approval?.step === 'earnings' ? approval : undefined;
  return (
    <Screen title={of.title} lead={of.lead}>
      {asked && id !== undefined && (
        <ApprovalCard key={asked.id} request={asked} onAnswer={(yes) => actions.answer(id, asked.id, yes)} />
      )}
      {view.steps.earnings.record.state === 'running' && <StepProgress steps={['earnings']} />}
      {assets.error && <FailureCard failure={failureFrom(assets.error)} />}
      {assets.isLoading && <p role="status">{texts.states.loading}</p>}
      {assets.data?.length === 0 && (
        <p className={styles.none}>
          {of.none} <Link href="/run">{texts.stage.toRun}</Link>
        </p>
      )}
      {assets.data && assets.data.length > 0 && <Totals assets={assets.data} />}
      {assets.data?.map((asset) => (
        <AssetEarningsCard key={asset.deed.id} asset={asset} />
      ))}
    </Screen>
  );
}

function Totals({ assets }: { assets: readonly HeldAsset[] }) {
  const of = useTexts().earnings;
  const sum = (key: 'paidIn' | 'ownerClaimed' | 'ownerClaimable' | 'outstanding') =>
    assets.reduce((total, { listing }) => total + BigInt(listing?.[key] ?? 0), 0n).toString();
  return (
    <Card title={of.total}>
      <dl className={styles.totals}>
        {(
          [
            [of.paidIn, sum('paidIn')],
            [of.claimed, sum('ownerClaimed')],
            [of.claimable, sum('ownerClaimable')],
            [of.outstanding, sum('outstanding')],
          ] as const
        ).map(([name, amount]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatDollars(amount)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
