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
