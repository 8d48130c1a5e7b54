/** The prover inside the benchmark worker: it keeps what it committed to until the challenge comes. */

import type { WorkParameters } from '#core/proof/parameters.ts';
import { prove, type WorkProof } from '#core/proof/prove.ts';
import type { WorkChallenge } from '#core/proof/transcript.ts';
import type { WorkerExtension } from '#probes/benchmarks/contract.ts';

export interface ProveRequest {
  sizes: WorkParameters;
  seed: string;
}

/** `prove` answers with a commitment; `open` answers one challenge to the last of them, and only once. */
export function workProver(): Readonly<Record<string, WorkerExtension>> {
  let held: WorkProof | undefined;
  return {
    prove: async (body, { signal, progress }) => {
      const { sizes, seed } = body as ProveRequest;
      held = await prove(sizes, seed, { signal, onProgress: progress });
      return held.commitment;
    },
    open: async (body) => {
      const proof = held;
      held = undefined;
      if (proof === undefined) throw new Error('there is no commitment to open, or it was opened before');
      return proof.open(body as WorkChallenge);
    },
  };
}
