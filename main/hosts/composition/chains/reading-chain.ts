/**
 * The chain as screens read it between runs: the one a run keeps open just now, else the last state of the embedded
 * chain in a process of its own, kept for a while because one screen asks many things, and given up when a run starts.
 */
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { readPortfolio } from '#adapters/chain/read-portfolio.ts';
import { connectRpc } from '#adapters/chain/rpc.ts';
import { FailureError } from '#domain/failures/failure.ts';
import type { Chain } from '#ports/chain.ts';
import type { Portfolio } from '#ports/portfolio.ts';
import type { Home } from '../home.ts';
import { openVerificationChain, type VerificationChain } from './verification-chain.ts';

const keptMs = 20_000;

type Reader<T> = (chain: Chain, portfolio: Portfolio, endpoint: string) => Promise<T>;

export interface ReadingChain {
  /** Runs `work` on the chain as it is; nothing is remembered between two calls. */
  read<T>(work: Reader<T>): Promise<T>;
  /** Ends the chain kept for reading. Called before the embedded chain itself is started, and at the end. */
  giveUp(): Promise<void>;
}

/** A chain opened for reading, and how many read it just now. */
interface Opened {
  chain: Promise<VerificationChain>;
  readers: number;
  isGivenUp: boolean;
}

export function openReadingChain(home: Home): ReadingChain {
  let kept: Opened | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Whoever reads it reads to the end; the last one closes it. */
  async function closeIfDone(opened: Opened): Promise<void> {
    if (!opened.isGivenUp || opened.readers > 0) return;
    await opened.chain.then(
      (chain) => chain.close(),
      () => undefined,
    );
  }

  async function giveUp(): Promise<void> {
    clearTimeout(timer);
    const ending = kept;
    kept = undefined;
    if (ending === undefined) return;
    ending.isGivenUp = true;
    await closeIfDone(ending);
  }

  async function once<T>(work: Reader<T>): Promise<T> {
    clearTimeout(timer);
    kept ??= { chain: openVerificationChain({ home }), readers: 0, isGivenUp: false };
    const opened = kept;
    opened.readers += 1;
    try {
      const { chain } = await opened.chain;
      return await work(chain, readPortfolio(connectRpc(chain.endpoint), sandboxDeployment), chain.endpoint);
    } finally {
      opened.readers -= 1;
      await closeIfDone(opened);
      if (opened === kept && opened.readers === 0) {
        timer = setTimeout(() => void giveUp(), keptMs);
        timer.unref();
      }
    }
  }

  return {
    giveUp,
    async read(work) {
      try {
        return await once(work);
      } catch (error) {
        // The run that kept the chain open has ended, or its process died: what it left is read in its place.
        if (!(error instanceof FailureError) || error.failure.code !== 'chain.unreachable') throw error;
        await giveUp();
        return await once(work);
      }
    },
  };
}
