/** The probes there are, for those who only want their names. */
import { networkProbes } from '#probes/network/registry.ts';
import { probes as registered } from '#probes/registry.ts';

export interface ListedProbe {
  id: string;
  what: string;
  limitMs: number;
  /** Of a probe that reads devices on the network: the protocol a target file calls it by. */
  protocol?: string;
}

/** Those of this machine first, best witness first; then those of the network. */
export const probes: readonly ListedProbe[] = [...registered, ...networkProbes];

export function isNetworkProbe(id: string): boolean {
  return networkProbes.some((probe) => probe.id === id);
}
