/** Graphics devices as the kernel's DRM subsystem lists them, with the sensors their drivers offer (hwmon). */
import { readdir } from 'node:fs/promises';
import { kernelText } from '../kernel-file.ts';
import { joinPciId, normalisePciAddress } from '../pci-address.ts';
import type { Sheet } from '../sheet.ts';
import type { FactName } from '../vocabulary.ts';

export interface DrmCard {
  /** `card0`. */
  name: string;
  /** Folder of the card, and of the device behind it. */
  card: string;
  folder: string;
  driver: string;
  address: string;
  id: string;
  subsystem?: string;
}

/** Cards on the PCI bus that one of `drivers` runs; connectors and partitions without a bus of their own are none. */
export async function listCards(root: string, drivers: readonly string[]): Promise<DrmCard[] | undefined> {
  const top = `${root}/sys/class/drm`;
  const entries = await readdir(top).catch(() => undefined);
  if (entries === undefined) return undefined;
  const cards: DrmCard[] = [];
  for (const name of entries.filter((entry) => /^card\d+$/.test(entry)).sort()) {
    const folder = `${top}/${name}/device`;
    const event = new Map(
      ((await kernelText(`${folder}/uevent`)) ?? '').split('\n').map((line): [string, string] => {
        const at = line.indexOf('=');
        return at < 0 ? ['', ''] : [line.slice(0, at), line.slice(at + 1).trim()];
      }),
    );
    const driver = event.get('DRIVER') ?? '';
    const address = normalisePciAddress(event.get('PCI_SLOT_NAME') ?? '');
    const [vendor = '', device = ''] = (event.get('PCI_ID') ?? '').split(':');
    const id = joinPciId(vendor, device);
    if (address === undefined || id === undefined || !drivers.includes(driver)) continue;
    const [subVendor = '', subDevice = ''] = (event.get('PCI_SUBSYS_ID') ?? '').split(':');
    const subsystem = joinPciId(subVendor, subDevice);
    cards.push({
      name,
      card: `${top}/${name}`,
      folder,
      driver,
      address,
      id,
      ...(subsystem === undefined || subsystem === '0000:0000' ? {} : { subsystem }),
    });
  }
  return cards;
}

/** Bus facts that every such card has. */
export function noteCard(sheet: Sheet, { address, id, subsystem, driver }: DrmCard): void {
  sheet.fact('pci-address', address);
  sheet.fact('pci-device-id', id);
  sheet.fact('pci-subsystem-id', subsystem);
  sheet.fact('pci-driver', driver);
}

/** A kernel file with one whole number, times `scale`. */
export async function noteFile(sheet: Sheet, fact: FactName, path: string, scale = 1): Promise<void> {
  const text = await kernelText(path);
  if (text !== undefined && /^\d{1,20}$/.test(text)) sheet.fact(fact, scaled(Number(text), scale), text);
}

/** Milli- and microunits come exact: dividing keeps them so. */
function scaled(value: number, scale: number): number {
  return scale >= 1 ? value * scale : value / Math.round(1 / scale);
}

/** Sensors of the device: power in microwatts, temperature in millidegrees. Labels tell temperatures apart. */
export async function noteSensors(sheet: Sheet, folder: string): Promise<void> {
  const [sensors] = (await readdir(`${folder}/hwmon`).catch(() => [])).sort();
  if (sensors === undefined) return;
  const at = `${folder}/hwmon/${sensors}`;
  await noteFile(sheet, 'power-draw', `${at}/power1_input`, 1e-6);
  await noteFile(sheet, 'power-draw-average', `${at}/power1_average`, 1e-6);
  await noteFile(sheet, 'power-limit', `${at}/power1_cap`, 1e-6);
  await noteFile(sheet, 'power-limit-default', `${at}/power1_cap_default`, 1e-6);
  await noteFile(sheet, 'power-limit-min', `${at}/power1_cap_min`, 1e-6);
  await noteFile(sheet, 'power-limit-max', `${at}/power1_cap_max`, 1e-6);
  for (const number of [1, 2, 3]) {
    const label = (await kernelText(`${at}/temp${number}_label`)) ?? (number === 1 ? 'edge' : '');
    const fact = { edge: 'temperature', pkg: 'temperature', mem: 'temperature-memory', vram: 'temperature-memory' }[
      label
    ];
    if (fact === 'temperature') {
      await noteFile(sheet, 'temperature', `${at}/temp${number}_input`, 1e-3);
      await noteFile(sheet, 'temperature-shutdown', `${at}/temp${number}_emergency`, 1e-3);
    } else if (fact === 'temperature-memory') await noteFile(sheet, fact, `${at}/temp${number}_input`, 1e-3);
  }
}
