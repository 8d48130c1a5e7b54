/**
 * The hash that tells one chain from another: its block 0. Read as the parent of block 1 where there is one, since an
 * anvil that loaded a state shows a block 0 of its own.
 */
import type { Rpc } from './rpc.ts';

export async function genesisOf(rpc: Rpc): Promise<string> {
  const at = (tag: string) =>
    rpc.call<{ hash: string; parentHash: string } | null>('eth_getBlockByNumber', [tag, false]);
  const first = await at('0x1');
  return first?.parentHash ?? (await at('0x0'))?.hash ?? '';
}
