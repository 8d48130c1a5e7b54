/** The pools side by side, what a listing would pay, and the deed's own listing with what can be done about it. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureFrom } from '#api/client/api.ts';
import type { Pool } from '#domain/portfolio.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Hash } from '../../components/hash.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Table } from '../../components/layout/table.tsx';
import { Stage } from '../../components/run/stage.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatBps, formatDollars } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Calculator } from './calculator.tsx';
import { ListingCard } from './listing-card.tsx';

export function ListScreen() {
  const texts = useTexts();
  const of = texts.list;
  const api = useApi();
  const { id, view } = useCurrentRun();
  const [chosen, setChosen] = useState<string>();
  const hasChain = view.steps.settlement.record.state === 'done';
  const pools = useQuery({
    queryKey: ['portfolio', 'pools'],
    queryFn: () => api.portfolio.pools.query(),
    enabled: hasChain,
  });
  const assets = useQuery({
    queryKey: ['portfolio', 'assets', id],
    queryFn: () => api.portfolio.assets.query(),
    enabled: view.steps.deed.record.state === 'done',
  });
  const manifest = useQuery({
    queryKey: ['runs', id, 'manifest'],
    queryFn: () => api.runs.manifest.query({ run: id as string }),
    enabled: id !== undefined && view.steps.manifest.record.state === 'done',
  });
  const pool = pools.data?.find(({ address }) => address === chosen) ?? pools.data?.[0];
  const own = assets.data?.find(({ run }) => run === id);
  return (
    <Stage title={of.title} about={of.about} steps={['listing', 'advance']}>
      {pools.error && <FailureCard failure={failureFrom(pools.error)} />}
      {pools.data && (
        <Card title={of.pools}>
          <Table<Pool>
            caption={of.pools}
            rows={pools.data}
            keyOf={({ address }) => address}
            columns={[
              {
                name: of.pool,
                cell: ({ address, name }) => (
                  <label>
                    <input
                      type="radio"
                      name="pool"
                      checked={address === pool?.address}
                      onChange={() => setChosen(address)}
                    />{' '}
                    {name} <Hash value={address} what={name} />
                  </label>
                ),
              },
              { name: of.assetsIn, isNumber: true, cell: ({ depositNav }) => formatDollars(depositNav) },
              { name: of.cash, isNumber: true, cell: ({ cash }) => formatDollars(cash) },
              { name: of.use, isNumber: true, cell: ({ utilisationBps }) => formatBps(utilisationBps) },
              { name: of.rate, isNumber: true, cell: ({ lentAtBps }) => rateOr(lentAtBps, of.noDeals) },
              {
                name: of.advanceRate,
                isNumber: true,
                cell: ({ advanceRateBps }) => rateOr(advanceRateBps, of.noDeals),
              },
              { name: of.health, cell: ({ deals }) => of.healthOf(deals.length, deals.filter(isLate).length) },
            ]}
          />
        </Card>
      )}
      {own && <ListingCard asset={own} />}
      {pool && <Calculator pool={pool} units={manifest.data?.manifest.capacity.units ?? 1} />}
    </Stage>
  );
}

const rateOr = (bps: number | null, none: string) => (bps === null ? none : formatBps(bps));
const isLate = ({ overdue, delinquentSince }: Pool['deals'][number]) =>
  delinquentSince !== null || BigInt(overdue) > 0n;
