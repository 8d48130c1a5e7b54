/** Has a device of this machine do the work of a proof, in a benchmark worker of its own. */
import type { Hex } from '#core/proof/bytes.ts';
import type { WorkParameters } from '#core/proof/parameters.ts';
import type { WorkProver } from '#core/proof/prove.ts';
import type { WorkCommitment, WorkOpening } from '#core/proof/transcript.ts';
import type { WorkerMessage } from '#probes/benchmarks/contract.ts';
import type { FillRequest } from './work-prover.ts';
import { startWorker, type WorkerConnection, type WorkerLocation } from './worker-connection.ts';

export interface ProveOptions extends WorkerLocation {
  /** `host` or a PCI address. */
  locator: string;
  sizes: WorkParameters;
  /** 0x and 64 hex digits: the seed of the device. */
  seed: string;
  signal: AbortSignal;
  onProgress?: (fraction: number) => void;
}

export interface WorkerProver extends WorkProver {
  /** Ends the worker. To be called however the proof went. */
  close(): Promise<void>;
}

type Reply = Extract<WorkerMessage, { type: 'answer' | 'refused' }>;

/** The worker starts at once; it keeps lines and tiles until it is closed, and is gone with `signal`. */
export function workerProver(options: ProveOptions): WorkerProver {
  const { locator, sizes, seed, signal, onProgress } = options;
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
  const request: FillRequest = { locator, sizes, seed };
  return {
    fill: async () => void (await ask('fill', request)),
    walk: async (nonce) => (await ask('walk', { nonce })) as Hex,
    multiply: async (nonce) => (await ask('multiply', { nonce })) as WorkCommitment,
    open: async (challenge) => (await ask('open', challenge)) as WorkOpening,
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
