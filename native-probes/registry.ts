/** All probes there are, in the order they are shown. A probe is light to import: what is heavy it loads when it runs. */
import type { Probe } from './contract.ts';
import { nvmlProbe } from './gpu/nvidia-nvml/probe.ts';
import { nvidiaSmiProbe } from './gpu/nvidia-smi/probe.ts';
import { pciProbe } from './gpu/pci/probe.ts';
import { cpuinfoProbe } from './host/cpuinfo/probe.ts';
import { dmiProbe } from './host/dmi/probe.ts';
import { machineIdProbe } from './host/machine-id/probe.ts';
import { systeminformationProbe } from './host/systeminformation/probe.ts';

export const probes: Probe[] = [
  systeminformationProbe,
  cpuinfoProbe,
  dmiProbe,
  machineIdProbe,
  pciProbe,
  nvmlProbe,
  nvidiaSmiProbe,
];
