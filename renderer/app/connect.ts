/**
 * Finds the program behind the page: the window's bridge where there is one, else the console that served the page. The
 * link's token leaves the address bar before anything else happens.
 */
import { type Api, httpApi, portApi, sessionPath } from '#api/client/api.ts';
import type { Port } from '#api/client/port.ts';
import { type Failure, failure } from '#domain/failures/failure.ts';

declare global {
  interface Window {
    /** Set by the preload of the desktop window. */
    readonly bridge?: Port;
  }
}

export type Connection = { api: Api } | { failure: Failure };

export async function connect(window: Window): Promise<Connection> {
  if (window.bridge) return { api: portApi(window.bridge) };
  const token = takeToken(window);
  const exchanged =
    token === undefined ? undefined : await askSession({ method: 'POST', body: JSON.stringify({ token }) });
  // A link that was used in this very browser is no reason to lock it out.
  const answer = exchanged && !('failure' in exchanged) ? exchanged : await askSession({ method: 'GET' });
  if ('forgeryWord' in answer) return { api: httpApi({ origin: window.location.origin, ...answer }) };
  return exchanged && 'failure' in exchanged ? exchanged : answer;
}

function takeToken({ location, history }: Window): string | undefined {
  const token = /^#t=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname);
  return token;
}

async function askSession(init: RequestInit): Promise<{ forgeryWord: string } | { failure: Failure }> {
  try {
    const response = await fetch(sessionPath, { ...init, headers: { 'content-type': 'application/json' } });
    const answer = (await response.json()) as { forgeryWord?: string; error?: { data?: { failure?: Failure } } };
    if (answer.forgeryWord !== undefined) return { forgeryWord: answer.forgeryWord };
    return { failure: answer.error?.data?.failure ?? failure('api.unreachable') };
  } catch (error) {
    return { failure: failure('api.unreachable', { found: String(error) }) };
  }
}
