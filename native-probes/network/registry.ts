/** All probes of devices on the network, one for each protocol. Light to import, as `registry.ts` is. */
import { nutProbe } from '../power/nut/probe.ts';
import type { NetworkProbe } from './contract.ts';

export const networkProbes: readonly NetworkProbe[] = [nutProbe];
