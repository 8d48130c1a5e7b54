/** The API as its callers see it: typed from the router, browser-safe, one function per way in. */
import {
  createTRPCClient,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from '@trpc/client';
import { type Failure, failure } from '#domain/failures/failure.ts';
import type { AppRouter } from '../router.ts';
import { ipcLink } from './ipc-link.ts';
import type { Port } from './port.ts';

export type Api = TRPCClient<AppRouter>;

/** Where the console serves the API, and the header that carries the session's word against forged requests. */
export const apiPath = '/api';
export const sessionPath = '/session';
export const forgeryHeader = 'x-gaib-forgery-word';

/** The API of the console that served this page. */
export function httpApi(options: { origin: string; forgeryWord: string }): Api {
  const url = options.origin + apiPath;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (call) => call.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpLink({ url, headers: { [forgeryHeader]: options.forgeryWord } }),
      }),
    ],
  });
}

/** The API at the other end of a port. */
export function portApi(port: Port): Api {
  return createTRPCClient<AppRouter>({ links: [ipcLink(port)] });
}

/** The failure in what a call threw. What is no answer of the API at all means that the program is out of reach. */
export function failureFrom(thrown: unknown): Failure {
  const carried =
    thrown instanceof TRPCClientError ? (thrown.data as { failure?: Failure } | null)?.failure : undefined;
  if (carried) return carried;
  return failure('api.unreachable', { found: thrown instanceof Error ? thrown.message : String(thrown) });
}
