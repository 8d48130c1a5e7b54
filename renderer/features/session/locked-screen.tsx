/** A browser without a session: says in words what to do. */
import type { Failure } from '#domain/failures/failure.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './locked-screen.module.css';

export function LockedScreen({ failure }: { failure: Failure }) {
  const texts = useTexts();
  return (
    <div className={styles.screen}>
      <h1>{texts.locked.title}</h1>
      <p>{texts.locked.detail}</p>
      <FailureCard failure={failure} />
    </div>
  );
}
