/** Parts come in numbers: `disk.nvme0n1.size`, `nic.eth0.speed`. Kind, field, meaning. */
import { bitsPerSecond, bytes, type Meaning, text } from './meaning.ts';
import { powerPartFacts } from './power.ts';
import { jointFacts } from './robot.ts';

export const partFacts = {
  disk: {
    maker: text('who made the disk'),
    model: text('model of the disk'),
    serial: text('serial number of the disk'),
    size: bytes('capacity of the disk'),
    type: text('NVMe, SSD or HD'),
    interface: text('how it is attached'),
  },
  nic: {
    address: text('permanent hardware address'),
    speed: bitsPerSecond('speed of the link'),
    driver: text('kernel driver bound to it'),
    state: text('up or down'),
  },
  joint: jointFacts,
  ...powerPartFacts,
} as const satisfies Record<string, Record<string, Meaning>>;
