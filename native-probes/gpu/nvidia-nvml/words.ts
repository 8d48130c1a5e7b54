/** NVML's numbers in words; the same words nvidia-smi's output is brought to. */

/** nvmlDeviceArchitecture_t. A number that is not here is newer than this program: said as it is. */
const architectures: Record<number, string> = {
  2: 'Kepler',
  3: 'Maxwell',
  4: 'Pascal',
  5: 'Volta',
  6: 'Turing',
  7: 'Ampere',
  8: 'Ada Lovelace',
  9: 'Hopper',
  10: 'Blackwell',
};

export function architectureName(value: number): string | undefined {
  if (value === 0xffffffff) return undefined;
  return architectures[value] ?? `architecture ${value}`;
}

/** nvmlGpuVirtualizationMode_t. */
export const virtualizationModes: Record<number, string> = {
  0: 'none',
  1: 'passthrough',
  2: 'vgpu guest',
  3: 'vgpu host',
  4: 'vsga host',
};

/** nvmlClocksEventReasons, bit by bit. */
const reasons: readonly (readonly [bit: number, word: string])[] = [
  [0x1, 'idle'],
  [0x2, 'application clocks setting'],
  [0x4, 'software power cap'],
  [0x8, 'hardware slowdown'],
  [0x10, 'sync boost'],
  [0x20, 'software thermal slowdown'],
  [0x40, 'hardware thermal slowdown'],
  [0x80, 'hardware power brake'],
  [0x100, 'display clocks setting'],
];

export function throttleReasons(mask: number): string {
  const active = reasons.filter(([bit]) => Math.floor(mask / bit) % 2 === 1);
  return active.map(([, word]) => word).join(', ') || 'none';
}

/** nvmlComputeMode_t. */
export const computeModes: Record<number, string> = {
  0: 'default',
  1: 'exclusive thread',
  2: 'prohibited',
  3: 'exclusive process',
};

/** nvmlGpuFabricState_t. */
export const fabricStates: Record<number, string> = {
  0: 'not supported',
  1: 'not started',
  2: 'in progress',
  3: 'completed',
};

/** nvmlDeviceGpuRecoveryAction_t. */
export const recoveryActions: Record<number, string> = {
  0: 'none',
  1: 'reset the GPU',
  2: 'restart the machine',
  3: 'end programs that use it',
  4: 'end programs that use it, then reset the GPU',
};

/** nvmlGpuTopologyLevel_t, in the words of nvidia-smi topo. */
export const topologyPaths: Record<number, string> = {
  0: 'same board',
  10: 'one PCIe switch (PIX)',
  20: 'several PCIe switches (PXB)',
  30: 'PCIe host bridge (PHB)',
  40: 'NUMA node (NODE)',
  50: 'between NUMA nodes (SYS)',
};

/** nvmlIntNvLinkDeviceType_t. */
export const linkEnds: Record<number, string> = { 0: 'GPU', 1: 'processor', 2: 'NVSwitch' };
