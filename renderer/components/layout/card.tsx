/** A titled sheet on the ground of the page. */
import { type ReactNode, useId } from 'react';
import styles from './card.module.css';

interface CardProps {
  title: string;
  children: ReactNode;
  /** Beside the title, at the end of the line. */
  aside?: ReactNode;
  id?: string;
}

export function Card({ title, children, aside, id }: CardProps) {
  const heading = useId();
  return (
    <section className={styles.card} aria-labelledby={heading} {...(id === undefined ? {} : { id })}>
      <div className={styles.head}>
        <h2 id={heading}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
