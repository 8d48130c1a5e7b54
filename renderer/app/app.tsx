/** The page: its language and colours, the frame, and the screen that the address names. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Settings } from '#domain/settings.ts';
import { LockedScreen } from '../features/session/locked-screen.tsx';
import { ApiProvider, useApi } from '../lib/api-context.ts';
import { CurrentRunProvider } from '../lib/current-run.tsx';
import { languageOf, TextsProvider } from '../lib/use-texts.ts';
import type { Connection } from './connect.ts';
import { Frame } from './frame.tsx';
import { screens } from './screens.ts';

export function App({ connection }: { connection: Connection }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 2000 } } }));
  if ('failure' in connection)
    return (
      <Language chosen="system">
        <LockedScreen failure={connection.failure} />
      </Language>
    );
  return (
    <QueryClientProvider client={queries}>
      <ApiProvider value={connection.api}>
        <Page />
      </ApiProvider>
    </QueryClientProvider>
  );
}

function Page() {
  const api = useApi();
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => api.settings.get.query() });
  const { language = 'system', theme = 'system' } = settings.data ?? {};
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <Language chosen={language}>
      <Router hook={useHashLocation}>
        <CurrentRunProvider>
          <Frame>
            <Switch>
              {screens.map(({ path, Body }) => (
                <Route key={path} path={path === '/' ? path : `${path}/:run?`} component={Body} />
              ))}
            </Switch>
          </Frame>
        </CurrentRunProvider>
      </Router>
    </Language>
  );
}

function Language({ chosen, children }: { chosen: Settings['language']; children: ReactNode }) {
  const { code, texts } = languageOf(chosen, navigator.languages);
  useEffect(() => {
    document.documentElement.lang = code;
  }, [code]);
  return <TextsProvider value={texts}>{children}</TextsProvider>;
}
