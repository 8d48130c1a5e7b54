/** Facts of hosts. */
import { bitsPerSecond, bytes, count, flag, hertz, type Meaning, text } from './meaning.ts';

export const hostFacts = {
  'cpu-maker': text('who made the processor'),
  'cpu-model': text('model of the processor'),
  'cpu-sockets': count('processors'),
  'cpu-cores': count('physical cores'),
  'cpu-threads': count('hardware threads'),
  'cpu-features': text('instructions that matter for computing, of those it has'),
  'cpu-clock-max': hertz('highest processor clock'),
  'cpu-cache-l1d': bytes('first-level data cache, sum over cores'),
  'cpu-cache-l1i': bytes('first-level instruction cache, sum over cores'),
  'cpu-cache-l2': bytes('second-level cache, sum'),
  'cpu-cache-l3': bytes('third-level cache, sum'),
  'os-name': text('operating system'),
  'os-version': text('version of the operating system'),
  kernel: text('kernel release'),
  virtual: flag('runs in a virtual machine or container'),
  hypervisor: text('what it runs in'),
  'board-maker': text('who made the main board'),
  'board-model': text('model of the main board'),
  'board-serial': text('serial number of the main board'),
  'chassis-serial': text('serial number of the chassis'),
  'chassis-type': text('SMBIOS chassis type'),
  'firmware-maker': text('who made the firmware'),
  'firmware-version': text('version of the firmware'),
  'firmware-date': text('date of the firmware'),
} as const satisfies Record<string, Meaning>;

export const hostPartFacts = {
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
} as const satisfies Record<string, Record<string, Meaning>>;
