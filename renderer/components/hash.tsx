/** A hash or an address, shortened for the eye, copied whole. */
import { useEffect, useState } from 'react';
import { shortenHash } from '../lib/format.ts';
import { useTexts } from '../lib/use-texts.ts';
import styles from './hash.module.css';
import { Icon } from './icon.tsx';

export function Hash({ value, what }: { value: string; what: string }) {
  const texts = useTexts();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <span className={styles.hash}>
      <code title={value}>{shortenHash(value)}</code>
      <button
        type="button"
        className={styles.copy}
        aria-label={copied ? texts.copied : texts.copyOf(what)}
        onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
      >
        <Icon name={copied ? 'check' : 'copy'} />
      </button>
    </span>
  );
}
