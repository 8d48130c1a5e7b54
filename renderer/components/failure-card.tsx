/** What happened, what was expected, what was found, what to do: the same object that the terminal prints. */
import type { ReactNode } from 'react';
import type { Failure } from '#domain/failures/failure.ts';
import { useTexts } from '../lib/use-texts.ts';
import styles from './failure-card.module.css';
import { Icon } from './icon.tsx';

interface FailureCardProps {
  failure: Failure;
  /** What leads on; without it the mend alone does. */
  action?: ReactNode;
  note?: string;
}

export function FailureCard({ failure, action, note }: FailureCardProps) {
  const texts = useTexts();
  const { code, what, expected, found, mend } = failure;
  return (
    <section className={styles.card} role="alert">
      <h2 className={styles.title}>
        <Icon name="alert" />
        <span>{what}</span>
      </h2>
      <dl className={styles.facts}>
        {expected !== undefined && <Row name={texts.failure.expected}>{expected}</Row>}
        {found !== undefined && <Row name={texts.failure.found}>{found}</Row>}
        <Row name={texts.failure.mend}>
          <span className={styles.mend}>{mend}</span>
        </Row>
        <Row name={texts.failure.code}>
          <code>{code}</code>
        </Row>
      </dl>
      {action && (
        <div className={styles.actions}>
          {action}
          {note && <p className={styles.kept}>{note}</p>}
        </div>
      )}
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
