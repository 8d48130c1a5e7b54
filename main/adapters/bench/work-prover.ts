/** The prover inside the benchmark worker: it keeps what it committed to until the challenge comes. */
import type { Hex } from '#core/proof/bytes.ts';
import type { WorkParameters } from '#core/proof/parameters.ts';
import { cpuProver, type WorkProver } from '#core/proof/prove.ts';
import type { WorkChallenge } from '#core/proof/transcript.ts';
import type { WorkerExtension } from '#probes/benchmarks/contract.ts';

export interface FillRequest {
  /** `host` or a PCI address. */
  locator: string;
  sizes: WorkParameters;
  seed: string;
}

/** `fill`, `walk`, `multiply`, `open`, in this order, each once. */
export function workProver(): Readonly<Record<string, WorkerExtension>> {
  let held: WorkProver | undefined;
  /** A stop and a listener that last as long as the phase that runs. */
  let phase: { signal: AbortSignal; progress(fraction: number): void } | undefined;
  const options = {
    get signal() {
      return phase?.signal;
    },
    onProgress: (fraction: number) => phase?.progress(fraction),
  };
  const prover = (): WorkProver => {
    if (held === undefined) throw new Error('there is no work to go on with, or it was opened before');
    return held;
  };
  return {
    fill: async (body, context) => {
      const { sizes, seed } = body as FillRequest;
      phase = context;
      held = cpuProver(sizes, seed, options as { signal: AbortSignal; onProgress(fraction: number): void });
      await held.fill();
      return {};
    },
    walk: async (body, context) => {
      phase = context;
      return await prover().walk((body as { nonce: Hex }).nonce);
    },
    multiply: async (body, context) => {
      phase = context;
      return await prover().multiply((body as { nonce: Hex }).nonce);
    },
    open: async (body) => {
      const opened = prover();
      held = undefined;
      return await opened.open(body as WorkChallenge);
    },
  };
}
