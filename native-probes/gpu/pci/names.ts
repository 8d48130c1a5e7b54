/**
 * Names for PCI ids: from the system's pci.ids where it is installed, else from the table of accelerators this project
 * carries.
 */
import { readFile } from 'node:fs/promises';
import table from '../../reference/accelerators.json' with { type: 'json' };

export interface PciNames {
  vendor?: string;
  device?: string;
  subsystem?: string;
  from: 'pci.ids' | 'accelerators.json';
}

const places = ['/usr/share/misc/pci.ids', '/usr/share/hwdata/pci.ids', '/var/lib/pciutils/pci.ids'];

const makers: Record<string, string> = {
  '10de': 'NVIDIA Corporation',
  '1002': 'Advanced Micro Devices, Inc. [AMD/ATI]',
  '8086': 'Intel Corporation',
  '1da3': 'Habana Labs Ltd.',
};

/** The text of the first pci.ids there is, or nothing. */
export async function readPciIds(root: string): Promise<string | undefined> {
  for (const place of places) {
    try {
      return await readFile(`${root}${place}`, 'utf8');
    } catch {
      // The next place; absence of all is answered by the table.
    }
  }
  return undefined;
}

/** Looks one device up. `pciIds` is the text of pci.ids, or nothing to use the table. */
export function namePciDevice(pciIds: string | undefined, id: string, subsystem: string | undefined): PciNames {
  const fromFile = pciIds === undefined ? undefined : searchPciIds(pciIds, id, subsystem);
  if (fromFile?.device) return fromFile;
  const row = table.accelerators.find((entry) => entry.pciDeviceIds.some((known) => known === id));
  const names: PciNames = { from: 'accelerators.json' };
  const vendor = fromFile?.vendor ?? makers[id.slice(0, 4)];
  if (vendor) names.vendor = vendor;
  if (row) names.device = row.pciIdsNames?.[0] ?? row.model;
  return names;
}

/**
 * pci.ids is indented by tabs: vendor, one tab and device, two tabs and subsystem vendor and device. Vendors come in
 * order, so the search ends with the vendor's block.
 */
export function searchPciIds(text: string, id: string, subsystem: string | undefined): PciNames {
  const [vendorId = '', deviceId = ''] = id.split(':');
  const names: PciNames = { from: 'pci.ids' };
  const start = text.startsWith(`${vendorId}  `) ? 0 : text.indexOf(`\n${vendorId}  `) + 1;
  if (start === 0 && !text.startsWith(`${vendorId}  `)) return names;
  let inDevice = false;
  for (let from = start, first = true; from < text.length; first = false) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end < 0 ? text.length : end).trimEnd();
    from = end < 0 ? text.length : end + 1;
    if (first) names.vendor = line.slice(6);
    else if (line.startsWith('#') || line === '') continue;
    else if (!line.startsWith('\t')) break;
    else if (!line.startsWith('\t\t')) {
      if (inDevice) break;
      inDevice = line.slice(1, 5) === deviceId;
      if (inDevice) names.device = line.slice(7);
    } else if (inDevice && subsystem !== undefined && line.slice(2, 11) === subsystem.replace(':', ' ')) {
      names.subsystem = line.slice(13);
    }
  }
  return names;
}
