/** The states of the machine that benchmarks/gpu/stub/stub-cuda.c can play for discovery, with the faults compiled in. */
import { join } from 'node:path';

export const scenes = {
  healthy: ['EIGHT'],
  sliced: ['EIGHT', 'SLICED=7'],
  spoofed: ['EIGHT', 'SPOOFED=2'],
  stuck: ['EIGHT', 'STUCK'],
  none: ['INIT=100'],
  mismatch: ['INIT=803'],
  old: [],
} as const satisfies Record<string, readonly string[]>;
export type Scene = keyof typeof scenes;

export const sceneNames = Object.keys(scenes) as Scene[];
export const stubSource = join(import.meta.dirname, '../../../benchmarks/gpu/stub/stub-cuda.c');

export function stubPath(scene: Scene): string {
  return join(import.meta.dirname, '../../../../.cache/stub-cuda', `${scene}.so`);
}

/** The probe over one scene's library has the name `stub-healthy`, `stub-sliced`, … */
export const stubProbeId = (scene: Scene) => `stub-${scene}`;
