/** One asset: its links from hardware to payout, its epochs, and what is left once power and gas are paid. */
import { useQuery } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import type { AssetEarnings, EarningLink, HeldAsset, Payment } from '#domain/portfolio.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { Icon } from '../../components/icon.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Facts } from '../../components/layout/facts.tsx';
import { Table } from '../../components/layout/table.tsx';
import { DeedActs } from '../../components/run/deed-acts.tsx';
import { useApi } from '../../lib/api-context.ts';
import { formatBps, formatDollars, formatPrice, formatSeconds } from '../../lib/format.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './earnings.module.css';
import { earningsCsv } from './earnings-csv.ts';

export function AssetEarningsCard({ asset }: { asset: HeldAsset }) {
  const texts = useTexts();
  const of = texts.earnings;
  const api = useApi();
  const deed = asset.deed.id;
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => api.settings.get.query() });
  const { tariff = null, etherPrice = null } = settings.data ?? {};
  const earnings = useQuery({
    queryKey: ['portfolio', 'earnings', deed, tariff, etherPrice],
    queryFn: () => api.portfolio.earnings.query({ deed, tariff, etherPrice }),
    enabled: settings.data !== undefined,
  });
  const claimable = BigInt(asset.listing?.ownerClaimable ?? 0);
  return (
    <Card title={asset.name} aside={asset.practice && <span className={styles.practice}>{texts.practice}</span>}>
      {earnings.error && <FailureCard failure={failureFrom(earnings.error)} />}
      {earnings.data && (
        <div className={styles.asset}>
          <Links links={earnings.data.links} />
          <Net earnings={earnings.data} />
          {earnings.data.payments.length > 0 && <Epochs payments={earnings.data.payments} />}
          <div className={styles.actions}>
            <DeedActs deed={deed} acts={claimable > 0n ? ['claim'] : []} />
            {earnings.data.payments.length > 0 && (
              <Button onPress={() => saveFile('earnings.csv', earningsCsv(asset, earnings.data))}>
                <Icon name="save" />
                {of.csv}
              </Button>
            )}
          </div>
        </div>
      )}
    </Card>
  );
}

function Links({ links }: { links: readonly EarningLink[] }) {
  const of = useTexts().earnings;
  return (
    <section aria-label={of.why}>
      <h3>{of.why}</h3>
      <ol className={styles.links}>
        {links.map(({ name, state, found, mend }) => (
          <li key={name} className={styles[state]}>
            <span className={styles.mark}>
              <Icon name={state === 'holds' ? 'check' : state === 'broken' ? 'cross' : 'pause'} />
              <span className="visually-hidden">{of.linkStates[state]}</span>
            </span>
            <strong>{of.links[name]}</strong>
            <span>
              {found}
              {mend && <span className={styles.mend}> {mend}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Net({ earnings: { net } }: { earnings: AssetEarnings }) {
  const of = useTexts().earnings;
  const range = (low: number | null, high: number | null) =>
    low === null || high === null
      ? of.unknown
      : low === high
        ? formatPrice(low)
        : of.range(formatPrice(low), formatPrice(high));
  return (
    <section aria-label={of.net}>
      <h3>{of.net}</h3>
      <Facts
        rows={[
          [of.earned, formatPrice(net.earned)],
          [of.power, range(net.powerLow, net.powerHigh)],
          [of.gas, net.gas === null ? of.unknown : formatPrice(net.gas)],
          [of.left, <strong key="left">{range(net.netLow, net.netHigh)}</strong>],
        ]}
      />
      {net.missing.length > 0 && <p className={styles.quiet}>{net.missing.join(' ')}</p>}
    </section>
  );
}

function Epochs({ payments }: { payments: readonly Payment[] }) {
  const of = useTexts().earnings;
  const toOwner = ({ legs }: Payment) => legs.find(({ name }) => name === 'owner')?.amount ?? '0';
  return (
    <Table<Payment>
      caption={of.epochs}
      rows={payments}
      keyOf={({ transaction, epoch }) => `${transaction} ${epoch}`}
      columns={[
        { name: of.epoch, cell: ({ epoch }) => epoch },
        { name: of.when, cell: ({ at }) => formatSeconds(at) },
        { name: of.factor, isNumber: true, cell: ({ factorBps }) => formatBps(factorBps) },
        { name: of.paidIn, isNumber: true, cell: ({ amount }) => formatDollars(amount) },
        { name: of.toOwner, isNumber: true, cell: (payment) => formatDollars(toOwner(payment)) },
      ]}
    />
  );
}
