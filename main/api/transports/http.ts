/** The API over node:http: calls as JSON, streams as server-sent events. Who may call is the host's affair. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { ApiContext } from '../context.ts';
import { appRouter } from '../router.ts';

/** A manifest is the largest thing handed in; see the limit of `verification.verify`. */
const maxBodySize = 2 * 1024 * 1024;

export type HttpTransport = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

/**
 * Serves the router to requests a host has let through.
 *
 * @example
 * const serve = httpTransport(context);
 * createServer((request, response) => serve(request, response, 'runs.list'));
 */
export function httpTransport(context: ApiContext): HttpTransport {
  return (request, response, path) =>
    nodeHTTPRequestHandler({
      router: appRouter,
      createContext: async () => context,
      allowBatching: false,
      maxBodySize,
      req: request,
      res: response,
      path,
    });
}
