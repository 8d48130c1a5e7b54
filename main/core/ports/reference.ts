/** Published figures that discovery is held against; data apart from the program. */
import type { WitnessRules } from '#domain/witness-rules.ts';

/** A row of the table of accelerators, as far as witnesses are held against it. */
export interface ListedAccelerator {
  vendor: string;
  model: string;
  /** As drivers call it. */
  names: readonly string[];
  /** `10de:2335`, lower case. */
  pciDeviceIds: readonly string[];
  pciIdsNames?: readonly string[] | undefined;
  /** CUDA compute capability, or the name of the target of another maker. */
  target: string;
  computeUnits: number | null;
  vramGiB: number | null;
  driverMemoryMiB: number | null;
}

export interface Reference {
  rules: WitnessRules;
  accelerators: readonly ListedAccelerator[];
}
