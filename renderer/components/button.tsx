import type { ReactNode } from 'react';
import styles from './button.module.css';

interface ButtonProps {
  children: ReactNode;
  primary?: boolean;
  /** Keeps its place and the focus, but does nothing. */
  busy?: boolean;
  /** Sends the form it stands in. */
  submits?: boolean;
  onPress?(): void;
}

export function Button({ children, primary = false, busy = false, submits = false, onPress }: ButtonProps) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      className={primary ? `${styles.button} ${styles.primary}` : styles.button}
      aria-disabled={busy}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}
