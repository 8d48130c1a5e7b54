import { texts } from '../texts/english.ts';
import styles from './header.module.css';

interface HeaderProps {
  product?: { version: string; network: string; practice: boolean; home: string } | undefined;
}

export function Header({ product }: HeaderProps) {
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#steps">
        {texts.skip}
      </a>
      <span className={styles.name}>
        <img src="/icon.svg" width="26" height="26" alt="" />
        {texts.product}
      </span>
      {product && <span className={styles.badge}>{texts.network(product.network)}</span>}
      {product?.practice && <span className={`${styles.badge} ${styles.practice}`}>{texts.practice}</span>}
      {product && (
        <span className={styles.version} title={texts.home(product.home)}>
          {texts.version(product.version)}
        </span>
      )}
    </header>
  );
}
