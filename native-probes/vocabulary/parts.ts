/** Parts come in numbers: `disk.nvme0n1.size`, `nic.eth0.speed`. Kind, field, meaning. */
import { gpuPartFacts } from './gpu.ts';
import { hostPartFacts } from './host.ts';
import type { Meaning } from './meaning.ts';
import { powerPartFacts } from './power.ts';
import { jointFacts } from './robot.ts';

export const partFacts = {
  ...gpuPartFacts,
  ...hostPartFacts,
  joint: jointFacts,
  ...powerPartFacts,
} as const satisfies Record<string, Record<string, Meaning>>;
