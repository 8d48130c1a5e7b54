/** Runs one probe and adds what every reading carries: the name, when it started, how long it took. */
import type { Probe, ProbeAnswer, ProbeContext, Reading } from './contract.ts';
import { printable } from './printable.ts';

/** Never throws: a probe that does is one that failed, with a sentence. */
export async function runProbe(
  probe: Probe,
  context: ProbeContext,
  now: () => Date = () => new Date(),
): Promise<Reading> {
  const startedAt = now().toISOString();
  const started = performance.now();
  const answer = await ask(probe, context);
  return { probe: probe.id, startedAt, elapsedMs: Math.round(performance.now() - started), ...answer };
}

async function ask(probe: Probe, context: ProbeContext): Promise<ProbeAnswer> {
  try {
    return await probe.probe(context);
  } catch (error) {
    const reason = printable(error instanceof Error ? error.message : String(error), 200);
    return {
      outcome: 'failed',
      sentence: `${probe.id} ran into a fault of its own: ${reason}`,
      devices: [],
      problems: [],
    };
  }
}
