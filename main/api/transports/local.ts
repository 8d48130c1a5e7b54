/**
 * The API in the same process, for the terminal. What crosses is turned to JSON and back as on the other ways, so that
 * the terminal cannot come to rely on what a page could never get.
 */
import { createTRPCClient, localLink } from '@trpc/client';
import type { Api } from '../client/api.ts';
import type { ApiContext } from '../context.ts';
import { type AppRouter, appRouter } from '../router.ts';

/**
 * @example
 * const api = localApi(context);
 * const { run } = await api.runs.start.mutate({ fresh: false });
 */
export function localApi(context: ApiContext): Api {
  return createTRPCClient<AppRouter>({
    links: [localLink({ router: appRouter, createContext: async () => context })],
  });
}
