/** The states of the machine that stub-nvml.c can play; each is compiled into a library of its own. */
import { join } from 'node:path';

export const scenes = [
  'HEALTHY',
  'LOST',
  'HANGING',
  'FAULT',
  'MISMATCH',
  'OVERRUN',
  'GARBLED',
  'DENIED',
  'OLD',
  'TROUBLED',
] as const;
export type Scene = (typeof scenes)[number];

const folder = join(import.meta.dirname, '../../../../.cache/stub-nvml');

export const stubFolder = folder;

export function stubPath(scene: Scene): string {
  return join(folder, `${scene.toLowerCase()}.so`);
}

/** The probe over one scene's library has the name `stub-healthy`, `stub-lost`, … */
export function stubProbeId(scene: Scene): string {
  return `stub-${scene.toLowerCase()}`;
}
