/** The one tRPC instance: what every procedure is made from, and how its errors leave. */
import { initTRPC } from '@trpc/server';
import type { ApiContext } from './context.ts';
import { formatError, refusal } from './failure-shape.ts';

const t = initTRPC.context<ApiContext>().create({
  errorFormatter: formatError,
  isDev: false,
  sse: {
    // A silent stream through an SSH tunnel is dropped by many routers after a minute.
    ping: { enabled: true, intervalMs: 15_000 },
    client: { reconnectAfterInactivityMs: 45_000 },
  },
});

export const router = t.router;

/** A procedure whose failures leave with the right kind of refusal; see `failure-shape.ts`. */
export const procedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw refusal(result.error);
  return result;
});
