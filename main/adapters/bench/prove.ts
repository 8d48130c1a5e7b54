/** Has this machine do the work of a proof, in the benchmark worker, and answers the verifier's challenge from there. */

import type { WorkParameters } from '#core/proof/parameters.ts';
import type { WorkChallenge, WorkCommitment, WorkOpening } from '#core/proof/transcript.ts';
import type { WorkerMessage } from '#probes/benchmarks/contract.ts';
import { startWorker, type WorkerConnection, type WorkerLocation } from './worker-connection.ts';

export interface ProveOptions extends WorkerLocation {
  sizes: WorkParameters;
  /** 0x and 64 hex digits: `workSeed` of block, asset, owner and the verifier's nonce. */
  seed: string;
  signal: AbortSignal;
  onProgress?: (fraction: number) => void;
}

export interface CommittedWork {
  commitment: WorkCommitment;
  /** Answers the one challenge that was drawn after the commitment, then ends the worker. */
  open(challenge: WorkChallenge): Promise<WorkOpening>;
  /** Gives the work up. */
  close(): Promise<void>;
}

type Reply = Extract<WorkerMessage, { type: 'answer' | 'refused' }>;

/** Resolves with the commitment; the worker keeps the tiles until it is asked or closed. */
export async function proveWork(options: ProveOptions): Promise<CommittedWork> {
  const { sizes, seed, signal, onProgress } = options;
  signal.throwIfAborted();
  const worker = startWorker(options);
  const stop = () => void worker.kill();
  signal.addEventListener('abort', stop, { once: true });
  const close = async () => {
    signal.removeEventListener('abort', stop);
    await worker.kill();
  };
  const ask = async (name: string, body: unknown): Promise<unknown> => {
    try {
      return await askWorker(worker, name, body, onProgress);
    } catch (error) {
      await close();
      signal.throwIfAborted();
      throw error;
    }
  };
  const commitment = (await ask('prove', { sizes, seed })) as WorkCommitment;
  return {
    commitment,
    open: async (challenge) => {
      const opening = (await ask('open', challenge)) as WorkOpening;
      await close();
      return opening;
    },
    close,
  };
}

async function askWorker(
  worker: WorkerConnection,
  name: string,
  body: unknown,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<unknown> {
  const isReply = (message: WorkerMessage): message is Reply =>
    (message.type === 'answer' || message.type === 'refused') && message.name === name;
  worker.send({ type: 'extension', name, body });
  const reply = await worker.receive(isReply, (message) => {
    if (message.type === 'progress' && message.id === name) onProgress?.(message.fraction);
  });
  if (reply.type === 'refused') throw new Error(`The work proof failed: ${reply.sentence}.`);
  return reply.body;
}
