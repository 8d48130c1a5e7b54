/**
 * The names of all facts a probe can give, with their unit (UCUM) and the range a value can have. One list, so that two
 * sources that speak of the same thing use the same word, and a value that cannot be (a negative memory) is caught once.
 */

export interface Meaning {
  what: string;
  kind: 'text' | 'number' | 'flag';
  /** UCUM code; numbers only. */
  unit?: string;
  min?: number;
  max?: number;
}

const text = (what: string): Meaning => ({ what, kind: 'text' });
const flag = (what: string): Meaning => ({ what, kind: 'flag' });
const count = (what: string): Meaning => ({ what, kind: 'number', unit: '1', min: 0, max: Number.MAX_SAFE_INTEGER });
const bytes = (what: string): Meaning => ({ what, kind: 'number', unit: 'By', min: 0, max: Number.MAX_SAFE_INTEGER });
const watts = (what: string): Meaning => ({ what, kind: 'number', unit: 'W', min: 0, max: 1e6 });
const hertz = (what: string): Meaning => ({ what, kind: 'number', unit: 'Hz', min: 0, max: 1e12 });
const celsius = (what: string): Meaning => ({ what, kind: 'number', unit: 'Cel', min: -100, max: 300 });
const percent = (what: string): Meaning => ({ what, kind: 'number', unit: '%', min: 0, max: 100 });

export const vocabulary = {
  // Any device.
  maker: text('who made it'),
  model: text('its model, as the source spells it'),
  serial: text('serial number of the board'),
  uuid: text('unique identifier the maker gave it'),
  'part-number': text('part number of the board'),
  'device-identifier': text('per-device identifier of the chip (PDI), 64 bits'),

  // On the PCI bus.
  'pci-address': text('domain:bus:device.function'),
  'pci-device-id': text('vendor:device, four hexadecimal digits each'),
  'pci-subsystem-id': text('vendor:device of the board maker'),
  'pci-vendor-name': text('its vendor, as the list of PCI ids has it'),
  'pci-device-name': text('its name, as the list of PCI ids has it; not what it says of itself'),
  'pci-class': text('class code, six hexadecimal digits'),
  'pci-driver': text('kernel driver bound to it'),
  'pci-generation': count('PCIe generation the link runs at now'),
  'pci-generation-max': count('highest PCIe generation of the link'),
  'pci-width': count('PCIe lanes in use'),
  'pci-width-max': count('PCIe lanes there are'),
  'pci-speed': { what: 'transfers per second and lane now', kind: 'number', unit: '/s', min: 0, max: 1e12 },
  'pci-speed-max': { what: 'highest transfers per second and lane', kind: 'number', unit: '/s', min: 0, max: 1e12 },
  'pci-replays': count('PCIe packets sent again since the driver was loaded'),
  'numa-node': count('NUMA node it hangs on'),
  'virtual-functions': count('SR-IOV functions switched on'),
  integrated: flag('part of the processor, not a card'),

  // GPUs and accelerators.
  architecture: text('architecture name'),
  'compute-capability': text('CUDA compute capability'),
  'driver-version': text('kernel driver version'),
  'cuda-version': text('highest CUDA version of the driver'),
  'nvml-version': text('version of the NVML library'),
  vbios: text('firmware version'),
  'inforom-image': text('version of the InfoROM image'),
  'cuda-cores': count('CUDA cores'),
  'memory-bus-width': { what: 'width of the memory bus', kind: 'number', unit: 'bit', min: 1, max: 65536 },
  'memory-total': bytes('memory, as the driver or system reports it'),
  'memory-used': bytes('memory in use'),
  'memory-reserved': bytes('memory the driver keeps for itself'),
  ecc: flag('error correction is on'),
  'ecc-pending': flag('error correction after the next restart'),
  mig: flag('split into instances (MIG)'),
  'mig-pending': flag('split into instances after the next reset'),
  'mig-instances': count('instances it is split into now'),
  'virtualization-mode': text('how a hypervisor shares it'),
  'performance-state': text('P-state, P0 is the fastest'),
  'persistence-mode': flag('driver stays loaded without clients'),
  'power-draw': watts('power drawn now'),
  'power-draw-average': watts('power drawn, averaged by the driver'),
  'power-limit': watts('power limit now'),
  'power-limit-enforced': watts('power limit after all other limits'),
  'power-limit-default': watts('power limit after a restart'),
  'power-limit-min': watts('lowest power limit that can be set'),
  'power-limit-max': watts('highest power limit that can be set'),
  'clock-graphics': hertz('graphics clock now'),
  'clock-sm': hertz('streaming multiprocessor clock now'),
  'clock-memory': hertz('memory clock now'),
  'clock-graphics-max': hertz('highest graphics clock'),
  'clock-sm-max': hertz('highest streaming multiprocessor clock'),
  'clock-memory-max': hertz('highest memory clock'),
  temperature: celsius('temperature of the chip'),
  'temperature-memory': celsius('temperature of the memory'),
  'temperature-slowdown': celsius('temperature at which it slows down'),
  'temperature-shutdown': celsius('temperature at which it switches off'),
  'fan-speed': percent('fan speed, of its highest'),
  utilization: percent('share of time in which a kernel ran'),
  'utilization-memory': percent('share of time in which memory was read or written'),
  'energy-since-load': {
    what: 'energy used since the driver was loaded',
    kind: 'number',
    unit: 'J',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
  },
  'ecc-corrected-lifetime': count('corrected memory errors in its life'),
  'ecc-uncorrected-lifetime': count('uncorrected memory errors in its life'),
  'pages-retired-single-bit': count('pages retired for repeated single-bit errors'),
  'pages-retired-double-bit': count('pages retired for a double-bit error'),
  'pages-retired-pending': flag('pages wait for a restart to be retired'),
  'rows-remapped-corrected': count('rows remapped for correctable errors'),
  'rows-remapped-uncorrected': count('rows remapped for uncorrectable errors'),
  'rows-remapped-pending': flag('rows wait for a reset to be remapped'),
  'rows-remapped-failed': flag('a row could not be remapped'),
  'throttle-reasons': text('why the clocks are held down; none for no reason'),
  'fabric-state': text('state of the NVLink fabric'),

  // Hosts.
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

/** Parts of a host come in numbers: `disk.nvme0n1.size`, `nic.eth0.speed`. */
export const partVocabulary = {
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
    speed: { what: 'speed of the link', kind: 'number', unit: 'bit/s', min: 1, max: 1e14 },
    driver: text('kernel driver bound to it'),
    state: text('up or down'),
  },
} as const satisfies Record<string, Record<string, Meaning>>;

export type FactName = keyof typeof vocabulary;
export type PartKind = keyof typeof partVocabulary;

/** The meaning of a plain or a part's name, or nothing when no probe may use it. */
export function meaningOf(name: string): Meaning | undefined {
  if (Object.hasOwn(vocabulary, name)) return vocabulary[name as FactName];
  const part = /^([a-z]+)\.[\w:.@-]+\.([a-z-]+)$/.exec(name);
  if (part?.[1] === undefined || !Object.hasOwn(partVocabulary, part[1])) return undefined;
  const fields: Record<string, Meaning> = partVocabulary[part[1] as PartKind];
  const field = part[2] ?? '';
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}
