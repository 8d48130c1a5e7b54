/**
 * The chain as screens read it between runs: the one a run keeps open just now, else the last state of the embedded
 * chain in a process of its own, kept for a while because one screen asks many things, and given up when a run starts.
 */
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { readPortfolio } from '#adapters/chain/read-portfolio.ts';
import { connectRpc } from '#adapters/chain/rpc.ts';
import type { Chain } from '#ports/chain.ts';
import type { Portfolio } from '#ports/portfolio.ts';
import type { Home } from '../home.ts';
import { openVerificationChain, type VerificationChain } from './verification-chain.ts';

const keptMs = 20_000;

export interface ReadingChain {
  /** Runs `work` on the chain as it is; nothing is remembered between two calls. */
  read<T>(work: (chain: Chain, portfolio: Portfolio, endpoint: string) => Promise<T>): Promise<T>;
  /** Ends the chain kept for reading. Called before the embedded chain itself is started, and at the end. */
  giveUp(): Promise<void>;
}

export function openReadingChain(home: Home): ReadingChain {
  let kept: Promise<VerificationChain> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let readers = 0;

  async function giveUp(): Promise<void> {
    clearTimeout(timer);
    const ending = kept;
    kept = undefined;
    await ending?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }

  return {
    giveUp,
    async read(work) {
      clearTimeout(timer);
      readers += 1;
      try {
        kept ??= openVerificationChain({ home });
        const opened = await kept;
        const { endpoint } = opened.chain;
        return await work(opened.chain, readPortfolio(connectRpc(endpoint), sandboxDeployment), endpoint);
      } catch (error) {
        // The run that kept the chain open has ended, or the process died: the next call opens it anew.
        await giveUp();
        throw error;
      } finally {
        readers -= 1;
        if (readers === 0) {
          timer = setTimeout(() => void giveUp(), keptMs);
          timer.unref();
        }
      }
    },
  };
}
