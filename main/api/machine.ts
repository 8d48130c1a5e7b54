/** The machine this program runs on. */
import { z } from 'zod';
import type { ProbeReading } from '#domain/reading.ts';
import type { ApiContext } from './context.ts';
import { refusing } from './failure-shape.ts';
import { procedure, router } from './procedure.ts';
import { readingShape } from './shapes/reading.ts';

export const machine = router({
  /** Asks every probe, or those named, and gives each answer as it comes. */
  discover: procedure
    .input(z.strictObject({ only: z.array(z.string().min(1).max(100)).max(100).optional() }).default({}))
    .subscription(({ ctx, input, signal }) => refusing(readingsOf(ctx, input.only, signal))),
});

/** Turns the callback of discovery into a stream; leaving the stream early ends the probes. */
async function* readingsOf(
  context: ApiContext,
  only: string[] | undefined,
  outer: AbortSignal | undefined,
): AsyncGenerator<ProbeReading> {
  const leaving = new AbortController();
  const signal = outer ? AbortSignal.any([outer, leaving.signal]) : leaving.signal;
  const come: ProbeReading[] = [];
  let wake = () => {};
  let over = false;
  const onReading = (reading: ProbeReading) => {
    come.push(reading);
    wake();
  };
  const discovery = context.discover({ signal, onReading, ...(only ? { only } : {}) }).finally(() => {
    over = true;
    wake();
  });
  // The rejection is thrown below, once the readings that came before it were given.
  discovery.catch(() => {});
  try {
    while (true) {
      const next = come.shift();
      if (next) yield readingShape.parse(next);
      else if (over) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    await discovery;
  } finally {
    leaving.abort();
  }
}
