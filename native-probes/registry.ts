/**
 * All probes there are; of those that speak of one thing, the one that names it best comes first. A probe is light to
 * import: what is heavy it loads when it runs.
 */
import type { Probe } from './contract.ts';
import { amdSmiProbe } from './gpu/amd-smi/probe.ts';
import { amdgpuProbe } from './gpu/amdgpu/probe.ts';
import { intelDrmProbe } from './gpu/intel-drm/probe.ts';
import { cudaProbe } from './gpu/nvidia-cuda/probe.ts';
import { nvmlProbe } from './gpu/nvidia-nvml/probe.ts';
import { nvidiaSmiProbe } from './gpu/nvidia-smi/probe.ts';
import { pciProbe } from './gpu/pci/probe.ts';
import { rocmSmiProbe } from './gpu/rocm-smi/probe.ts';
import { xpuSmiProbe } from './gpu/xpu-smi/probe.ts';
import { cpuinfoProbe } from './host/cpuinfo/probe.ts';
import { dmiProbe } from './host/dmi/probe.ts';
import { machineIdProbe } from './host/machine-id/probe.ts';
import { systeminformationProbe } from './host/systeminformation/probe.ts';

export const probes: Probe[] = [
  dmiProbe,
  systeminformationProbe,
  cpuinfoProbe,
  machineIdProbe,
  nvmlProbe,
  nvidiaSmiProbe,
  cudaProbe,
  amdSmiProbe,
  rocmSmiProbe,
  amdgpuProbe,
  xpuSmiProbe,
  intelDrmProbe,
  pciProbe,
];
