import type { ReactNode } from 'react';
import styles from './button.module.css';

interface ButtonProps {
  children: ReactNode;
  primary?: boolean;
  /** Keeps its place and the focus, but does nothing. */
  busy?: boolean;
  onPress(): void;
}

export function Button({ children, primary = false, busy = false, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      className={primary ? `${styles.button} ${styles.primary}` : styles.button}
      aria-disabled={busy}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {children}
    </button>
  );
}
