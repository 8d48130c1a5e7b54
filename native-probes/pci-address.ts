/**
 * PCI addresses and ids in one spelling: `0000:bb:dd.f` and `vvvv:dddd`, lower case. nvidia-smi writes eight domain
 * digits, the kernel four (more where a machine has more domains), lspci often none.
 */

const form = /^(?:(?:GPU\s*)?([0-9a-f]{1,8}):)?([0-9a-f]{1,2}):([0-9a-f]{1,2})(?:\.([0-7]))?$/i;

/** The address in the kernel's spelling, or nothing when `text` is none. */
export function normalisePciAddress(text: string): string | undefined {
  const match = form.exec(text.trim());
  if (!match) return undefined;
  return pciAddress(
    Number.parseInt(match[1] ?? '0', 16),
    Number.parseInt(match[2] ?? '0', 16),
    Number.parseInt(match[3] ?? '0', 16),
    Number.parseInt(match[4] ?? '0', 16),
  );
}

export function pciAddress(domain: number, bus: number, device: number, deviceFunction = 0): string | undefined {
  if (![domain, bus, device, deviceFunction].every((part) => Number.isInteger(part) && part >= 0)) return undefined;
  if (domain > 0xffffffff || bus > 0xff || device > 0x1f || deviceFunction > 7) return undefined;
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(device, 2)}.${deviceFunction}`;
}

/** `0x20B210DE`, as NVML and nvidia-smi pack an id (device first, vendor last), to `10de:20b2`. */
export function unpackPciId(packed: number): string {
  return `${hex(packed & 0xffff, 4)}:${hex((packed >>> 16) & 0xffff, 4)}`;
}

/** The kernel's `0x10de` and `0x20b2` to `10de:20b2`. */
export function joinPciId(vendor: string, device: string): string | undefined {
  const parts = [vendor, device].map((text) => /^(?:0x)?([0-9a-f]{4})$/i.exec(text.trim())?.[1]?.toLowerCase());
  return parts[0] && parts[1] ? `${parts[0]}:${parts[1]}` : undefined;
}

/** PCIe generation of a transfer rate in transfers per second and lane. */
export function generationOfSpeed(transfersPerSecond: number): number | undefined {
  const rates = [2.5e9, 5e9, 8e9, 16e9, 32e9, 64e9];
  const index = rates.indexOf(transfersPerSecond);
  return index < 0 ? undefined : index + 1;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
