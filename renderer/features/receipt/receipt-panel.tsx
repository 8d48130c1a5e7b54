/** What the owner holds at the end, each figure as it was read back from the chain. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { failureFrom } from '#api/client/api.ts';
import { manifestFile } from '#domain/manifest.ts';
import { deedNumber, formatAmount } from '#domain/number-format.ts';
import type { Receipt } from '#domain/receipt.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { Hash } from '../../components/hash.tsx';
import { Icon } from '../../components/icon.tsx';
import { useApi } from '../../lib/api-context.ts';
import { formatCount, formatDay, formatDollars, formatFee } from '../../lib/format.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './receipt-panel.module.css';
import { Waterfall } from './waterfall.tsx';

export function ReceiptPanel({ run }: { run: string }) {
  const api = useApi();
  const { data: receipt, error } = useQuery({
    queryKey: ['runs', run, 'receipt'],
    queryFn: () => api.runs.receipt.query({ run }),
  });
  if (error) return <FailureCard failure={failureFrom(error)} />;
  if (!receipt) return null;
  return <ReceiptView receipt={receipt} manifest={<ManifestButton run={run} />} />;
}

export function ReceiptView({ receipt, manifest }: { receipt: Receipt; manifest?: ReactNode }) {
  const texts = useTexts();
  const { deed, capacity, attestation, listing, earnings, gas } = receipt;
  const of = texts.receipt;
  return (
    <section className={styles.panel} aria-labelledby="receipt">
      <div className={styles.lead}>
        <Icon name="check" />
        <div>
          <h2 id="receipt">{of.title}</h2>
          <p>{of.lead(receipt.asset.name)}</p>
        </div>
      </div>
      {receipt.practice && <p className={styles.practice}>{of.practice}</p>}
      <div className={styles.papers}>
        <Paper name={of.deed} value={<Identifier value={deed.id} what={of.deed} />}>
          {deed.state} · {of.contract} <Hash value={deed.contract} what={of.contract} />
        </Paper>
        <Paper name={of.capacity} value={`${formatUnits(capacity.minted)} ${capacity.unit}`}>
          {capacity.symbol} · {of.token} <Hash value={capacity.token} what={of.token} />
        </Paper>
        <Paper name={of.attestation} value={of.signedBy(attestation.validators.length)}>
          {attestation.kinds.join(', ')}, {of.validUntil(formatDay(attestation.validUntil))}
        </Paper>
        <Paper name={of.listing} value={formatDollars(listing.principal)}>
          {listing.state} · {of.deal} <Hash value={listing.deal} what={of.deal} /> · {of.pool}{' '}
          <Hash value={listing.pool} what={of.pool} />
        </Paper>
        <Paper name={of.advance} value={formatDollars(listing.advanced)}>
          {of.ofPrincipal(formatDollars(listing.principal))}
        </Paper>
        <Paper name={of.owner} value={<Hash value={receipt.owner} what={of.owner} />}>
          {of.root} <Hash value={receipt.manifestRoot} what={of.root} />
        </Paper>
      </div>
      <div className={styles.earnings}>
        <h3>{of.earnings(earnings.epoch)}</h3>
        <p>{of.paid(formatDollars(earnings.paid))}</p>
        <Waterfall legs={earnings.waterfall} />
      </div>
      <dl className={styles.sums}>
        <div>
          <dt>{of.claimed}</dt>
          <dd>{formatDollars(earnings.ownerClaimed)}</dd>
        </div>
        <div>
          <dt>{of.gas}</dt>
          <dd>
            {formatCount(gas.used)} ({formatFee(gas.fee)})
          </dd>
        </div>
      </dl>
      <div className={styles.actions}>
        {manifest}
        <Button onPress={() => saveFile('receipt.json', `${JSON.stringify(receipt, null, 2)}\n`)}>
          <Icon name="save" />
          {of.downloadReceipt}
        </Button>
      </div>
    </section>
  );
}

/** The file must be the very bytes that were signed, so it is written by the same function as the terminal's. */
function ManifestButton({ run }: { run: string }) {
  const texts = useTexts();
  const api = useApi();
  const { data: manifest } = useQuery({
    queryKey: ['runs', run, 'manifest'],
    queryFn: () => api.runs.manifest.query({ run }),
  });
  if (!manifest) return null;
  return (
    <Button onPress={() => saveFile('manifest.json', manifestFile(manifest))}>
      <Icon name="save" />
      {texts.receipt.downloadManifest}
    </Button>
  );
}

/** Capacity has 18 decimals: one token is one unit for one hour. */
function formatUnits(minted: string): string {
  return /^\d+$/.test(minted) ? formatAmount(minted, 18) : minted;
}

function Identifier({ value, what }: { value: string; what: string }) {
  return value.length > 20 ? <Hash value={deedNumber(value)} what={what} /> : `#${value}`;
}

function Paper({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.paper}>
      <h3>{name}</h3>
      <div className={styles.value}>{value}</div>
      <div className={styles.detail}>{children}</div>
    </div>
  );
}
