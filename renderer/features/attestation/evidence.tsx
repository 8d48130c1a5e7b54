/** What one validator saw and measured: figures in words, everything that is no figure as it was hashed. */
import type { ReactNode } from 'react';
import { Hash } from '../../components/hash.tsx';
import { Facts } from '../../components/layout/facts.tsx';
import { formatCount, isHash } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './attestation.module.css';

export function Evidence({ evidence }: { evidence: Readonly<Record<string, unknown>> }) {
  const of = useTexts().attestation;
  const entries = Object.entries(evidence);
  const figures = entries.filter(([, value]) => typeof value !== 'object' || value === null);
  const parts = entries.filter(([, value]) => typeof value === 'object' && value !== null);
  return (
    <>
      <Facts rows={figures.map(([name, value]) => [of.evidence[name] ?? name, shown(name, value)])} />
      {parts.map(([name, value]) => (
        <details key={name} className={styles.part}>
          <summary>{name === 'commitment' ? of.commitment : (of.evidence[name] ?? name)}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
        </details>
      ))}
    </>
  );

  function shown(name: string, value: unknown): ReactNode {
    const text = String(value);
    if (isHash(text)) return <Hash value={text} what={of.evidence[name] ?? name} />;
    if (name.endsWith('Ms')) return of.milliseconds(text);
    if (name.endsWith('Km')) return of.kilometres(text);
    return /^\d+$/.test(text) ? formatCount(text) : text;
  }
}
