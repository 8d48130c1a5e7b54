/** Around every screen: what the product is, on which network, where one is and where one can go. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Icon } from '../components/icon.tsx';
import { useApi } from '../lib/api-context.ts';
import { useTexts } from '../lib/use-texts.ts';
import styles from './frame.module.css';
import { type Screen, screens } from './screens.ts';

export function Frame({ children }: { children: ReactNode }) {
  const texts = useTexts();
  const api = useApi();
  const [isOpen, setOpen] = useState(false);
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(location);
  const product = useQuery({ queryKey: ['product'], queryFn: () => api.product.get.query() });
  // A new screen begins at its top, for the eye and for a screen reader.
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    setOpen(false);
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [location]);
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {texts.skip}
      </button>
      <header className={styles.header}>
        <button
          type="button"
          className={styles.menu}
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="menu" />
          <span className="visually-hidden">{texts.frame.menu}</span>
        </button>
        <span className={styles.name}>
          <img src="/icon.svg" width="26" height="26" alt="" />
          {texts.product}
        </span>
        {product.data && <span className={styles.badge}>{texts.network(product.data.network)}</span>}
        {product.data?.practice && <span className={`${styles.badge} ${styles.practice}`}>{texts.practice}</span>}
      </header>
      <nav
        id="navigation"
        className={isOpen ? `${styles.side} ${styles.open}` : styles.side}
        aria-label={texts.frame.screens}
      >
        <Group of="way" title={texts.frame.way} />
        <Group of="desk" title={texts.frame.desk} />
        {product.data && (
          <p className={styles.version} title={texts.home(product.data.home)}>
            {texts.version(product.data.version)}
          </p>
        )}
      </nav>
      <main id="content" className={styles.main} ref={main} tabIndex={-1}>
        <Suspense fallback={<p role="status">{texts.states.loading}</p>}>{children}</Suspense>
      </main>
    </div>
  );
}

function Group({ of, title }: { of: Screen['group']; title: string }) {
  const texts = useTexts();
  const [location] = useLocation();
  return (
    <section className={styles.group}>
      <h2>{title}</h2>
      <ul>
        {screens
          .filter(({ group }) => group === of)
          .map(({ path, name, icon }) => (
            <li key={path}>
              <Link href={path} className={styles.link} aria-current={isAt(location, path) ? 'page' : undefined}>
                <Icon name={icon} />
                {texts.screens[name]}
              </Link>
            </li>
          ))}
      </ul>
    </section>
  );
}

const isAt = (location: string, path: string) => (path === '/' ? location === '/' : location.startsWith(path));
