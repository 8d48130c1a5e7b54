/** Facts of any device, and of what sits on the PCI bus. */
import { count, flag, type Meaning, quantity, text } from './meaning.ts';

export const deviceFacts = {
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
  'pci-speed': quantity('transfers per second and lane now', '/s', 0, 1e12),
  'pci-speed-max': quantity('highest transfers per second and lane', '/s', 0, 1e12),
  'pci-replays': count('PCIe packets sent again since the driver was loaded'),
  'numa-node': count('NUMA node it hangs on'),
  'virtual-functions': count('SR-IOV functions switched on'),
  integrated: flag('part of the processor, not a card'),
} as const satisfies Record<string, Meaning>;
