/** One asset: its state and why, the names it can be told by, what the sources disagree on, and all facts on demand. */
import type { Asset } from '#domain/asset.ts';
import type { Fact } from '#domain/fact.ts';
import { Table } from '../../components/layout/table.tsx';
import { formatFact } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './machines.module.css';

export function AssetCard({ asset }: { asset: Asset }) {
  const texts = useTexts();
  const of = texts.machines;
  return (
    <article className={styles.asset}>
      <div className={styles.head}>
        <h3>{asset.name}</h3>
        <span className={`${styles.state} ${styles[asset.state]}`}>{of.states[asset.state]}</span>
      </div>
      <p className={styles.line}>
        {asset.identity ? of.knownBy(asset.identity.scheme, tail(asset.identity.value)) : of.noName} ·{' '}
        {of.verification[asset.verification]} · {of.sources(asset.sources)}
      </p>
      {asset.reasons.length > 0 && (
        <ul className={styles.reasons}>
          {asset.reasons.map(({ code, sentence, mend }) => (
            <li key={`${code} ${sentence}`}>
              {sentence}
              {mend && <span className={styles.mend}> {mend}</span>}
            </li>
          ))}
        </ul>
      )}
      {asset.disagreements.length > 0 && (
        <ul className={styles.disagreements}>
          {asset.disagreements.map(({ name, said }) => (
            <li key={name}>
              <strong>{of.disagree(name)}</strong>{' '}
              {said.map(({ source, value, unit }) => `${source}: ${formatFact(value, unit)}`).join(' · ')}
            </li>
          ))}
        </ul>
      )}
      <details className={styles.details}>
        <summary>{of.facts(asset.facts.length)}</summary>
        <Table<Fact>
          caption={of.facts(asset.facts.length)}
          rows={asset.facts}
          keyOf={({ name, source, value }) => `${name} ${source} ${value}`}
          columns={[
            { name: of.fact, cell: ({ name }) => name },
            { name: of.value, cell: ({ value, unit }) => formatFact(value, unit) },
            { name: of.source, cell: ({ source }) => source },
            { name: of.trust, cell: ({ trust }) => of.trusts[trust] },
          ]}
        />
      </details>
    </article>
  );
}

/** The last six characters tell two cards apart, and no more of a serial need be on a screen. */
const tail = (value: string) => (value.length > 8 ? `…${value.slice(-6)}` : value);
