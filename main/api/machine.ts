/** The machine this program runs on. */
import { z } from 'zod';
import { type Discovery, discovery } from '#domain/discovery.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { ApiContext } from './context.ts';
import { refusing } from './failure-shape.ts';
import { procedure, router } from './procedure.ts';
import { readingShape } from './shapes/reading.ts';

const asked = z.strictObject({ only: z.array(z.string().min(1).max(100)).max(100).optional() });

/** What a scan gives: each answer as it comes, and what all of them come to. */
export type ScanEvent = { type: 'reading'; reading: ProbeReading } | { type: 'inventory'; inventory: Discovery };

export const machine = router({
  /** Asks every probe, or those named, and gives each answer as it comes. */
  discover: procedure
    .input(asked.default({}))
    .subscription(({ ctx, input, signal }) => refusing(readingsOf(ctx, input.only, signal))),

  /** The same, and at the end the inventory; with `everySeconds` it scans again and again until it is left. */
  inventory: procedure
    .input(asked.extend({ everySeconds: z.number().min(1).max(86_400).optional() }).default({}))
    .subscription(({ ctx, input, signal }) => refusing(scansOf(ctx, input, signal))),
});

async function* readingsOf(
  context: ApiContext,
  only: string[] | undefined,
  outer: AbortSignal | undefined,
): AsyncGenerator<ProbeReading> {
  const scan = (options: ScanOptions) => context.discover({ ...options, ...(only ? { only } : {}) });
  yield* gathered(scan, (reading) => readingShape.parse(reading), outer);
}

async function* scansOf(
  context: ApiContext,
  { only, everySeconds }: { only?: string[] | undefined; everySeconds?: number | undefined },
  outer: AbortSignal | undefined,
): AsyncGenerator<ScanEvent> {
  for (;;) {
    let inventory: Discovery | undefined;
    const scan = async (options: ScanOptions) => {
      inventory = await context.inventory({ ...options, ...(only ? { only } : {}) });
    };
    yield* gathered(scan, (reading): ScanEvent => ({ type: 'reading', reading: readingShape.parse(reading) }), outer);
    if (inventory !== undefined) yield { type: 'inventory', inventory: discovery.parse(inventory) };
    if (everySeconds === undefined) return;
    await pause(everySeconds * 1000, outer);
    if (outer?.aborted) return;
  }
}

interface ScanOptions {
  signal: AbortSignal;
  onReading: (reading: ProbeReading) => void;
}

/** Turns the callback of a scan into a stream; leaving the stream early ends the probes. */
async function* gathered<T>(
  scan: (options: ScanOptions) => Promise<unknown>,
  of: (reading: ProbeReading) => T,
  outer: AbortSignal | undefined,
): AsyncGenerator<T> {
  const leaving = new AbortController();
  const signal = outer ? AbortSignal.any([outer, leaving.signal]) : leaving.signal;
  const come: ProbeReading[] = [];
  let wake = () => {};
  let over = false;
  const onReading = (reading: ProbeReading) => {
    come.push(reading);
    wake();
  };
  const work = scan({ signal, onReading }).finally(() => {
    over = true;
    wake();
  });
  // The rejection is thrown below, once the readings that came before it were given.
  work.catch(() => {});
  try {
    while (true) {
      const next = come.shift();
      if (next) yield of(next);
      else if (over) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    await work;
  } finally {
    leaving.abort();
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}
