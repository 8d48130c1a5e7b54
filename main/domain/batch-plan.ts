/**
 * How a batch of assets is cut into transactions that fit a chain: as few as fit, of equal size. Arithmetic over gas that
 * was measured; nothing is asked of a node.
 */
import { fail } from './failures/failure.ts';

/** Whether the asset keys travel in the transaction, so that anybody can show a duplicate, or their root alone. */
export type BatchMode = 'root alone' | 'keys on chain';

/** Gas of one batch of n assets: `base + perAsset × n`, and `(n words of memory)² / 512` where the keys are hashed there. */
export interface BatchGas {
  base: number;
  perAsset: number;
  hashesInMemory: boolean;
}

/**
 * Receipts of the registry on anvil, batches of 100 and 1,000 (contracts/snapshots/gas.json, `npm run gas`): everything
 * told, 21,000 and calldata included. Memory costs words²/512 (Yellow Paper, appendix H).
 */
export const measuredBatchGas: Readonly<Record<BatchMode, BatchGas>> = {
  'root alone': { base: 107_000, perAsset: 1_934, hashesInMemory: false },
  'keys on chain': { base: 108_000, perAsset: 2_796, hashesInMemory: true },
};

export interface GasRule {
  /** Most gas one transaction may use. */
  transactionGas: number;
  source: string;
}

const eip7825 = 2 ** 24;

/** By chain id. A chain that is not here is taken for as narrow as the narrowest. */
export const gasRules: Readonly<Record<number, GasRule>> = {
  1: { transactionGas: eip7825, source: 'EIP-7825 (Fusaka): 16,777,216 a transaction' },
  10: { transactionGas: eip7825, source: 'OP Stack follows Ethereum: EIP-7825' },
  56: { transactionGas: eip7825, source: 'taken as Ethereum: EIP-7825' },
  1329: { transactionGas: 10_000_000, source: 'docs.sei.io, differences with Ethereum: 10M a block and a transaction' },
  1514: { transactionGas: eip7825, source: 'geth fork, taken as Ethereum: EIP-7825' },
  8453: { transactionGas: eip7825, source: 'OP Stack follows Ethereum: EIP-7825' },
  42161: { transactionGas: eip7825, source: 'taken as Ethereum: EIP-7825; Arbitrum itself allows more' },
  31337: { transactionGas: eip7825, source: 'the sandbox keeps to Ethereum’s rule' },
};

export const narrowestRule: GasRule = gasRules[1329] as GasRule;

export interface PlannedBatch {
  assets: number;
  /** What it will use, from the measured gas. */
  gas: number;
}

/** Part of the limit a batch is planned to use: blocks are shared, and a node's rule may be narrower than its chain's. */
const fill = 0.8;

export function batchGas(assets: number, { base, perAsset, hashesInMemory }: BatchGas): number {
  return base + perAsset * assets + (hashesInMemory ? Math.ceil(assets ** 2 / 512) : 0);
}

/**
 * Cuts `count` assets for a chain. Sizes differ by one at most; the larger come first.
 *
 * @example planBatches(10_000, 1329, 'keys on chain') // four of 2,500, each of 7.1M gas
 * @throws FailureError `internal.unexpected` for a count that is no natural number
 */
export function planBatches(
  count: number,
  chainId: number,
  mode: BatchMode,
  gas: BatchGas = measuredBatchGas[mode],
): PlannedBatch[] {
  if (!Number.isSafeInteger(count) || count < 0) fail('internal.unexpected', { found: `a batch of ${count} assets` });
  if (count === 0) return [];
  const limit = (gasRules[chainId] ?? narrowestRule).transactionGas * fill;
  const most = largestBatch(limit, gas);
  if (most === 0) fail('internal.unexpected', { found: `no asset fits into ${limit} gas` });
  const batches = Math.ceil(count / most);
  const size = Math.floor(count / batches);
  return Array.from({ length: batches }, (_, index) => {
    const assets = index < count % batches ? size + 1 : size;
    return { assets, gas: batchGas(assets, gas) };
  });
}

/** The most assets that stay within `limit`, by bisection: gas grows with every asset. */
function largestBatch(limit: number, gas: BatchGas): number {
  let [fits, tooMany] = [0, 2 ** 24 + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (batchGas(middle, gas) <= limit) fits = middle;
    else tooMany = middle;
  }
  return fits;
}
