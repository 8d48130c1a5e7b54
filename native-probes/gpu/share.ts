/**
 * A virtual GPU is a share of a card that somebody else holds: its UUID lives as long as the virtual machine. It is
 * shown with its facts, and has no identity.
 */
import type { DeviceReading } from '../contract.ts';

export function withoutSharedIdentity(reading: DeviceReading): DeviceReading {
  const mode = reading.observations.find((entry) => entry.name === 'virtualization-mode')?.value;
  if (mode !== 'vgpu guest') return reading;
  const sentence = `${reading.name} at ${reading.locator} is a share of a GPU (vGPU): onboard the whole GPU from its host.`;
  return {
    ...reading,
    identity: [],
    problems: [...reading.problems, { code: 'unsupported', field: 'virtualization-mode', sentence }],
  };
}
