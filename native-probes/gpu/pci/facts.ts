/** What is known of one function on the bus, brought to a sheet; the same for the kernel's files and for lspci's text. */
import type { DeviceReading, Problem } from '../../contract.ts';
import { generationOfSpeed } from '../../pci-address.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { classifyPci } from './classify.ts';
import type { PciNames } from './names.ts';

export interface PciFacts {
  address: string;
  /** Six hexadecimal digits. */
  classCode: string;
  /** `vendor:device`. */
  id: string;
  subsystem?: string;
  /** `null`: none is bound; missing: the source does not say. */
  driver?: string | null;
  speed?: string;
  speedMax?: string;
  width?: string;
  widthMax?: string;
  numaNode?: number;
  virtualFunctions?: number;
}

/** A reading for an accelerator, a problem for display hardware, nothing for anything else. */
export function describePci(
  facts: PciFacts,
  nameOf: (id: string, subsystem: string | undefined) => Omit<PciNames, 'from'>,
): { device: DeviceReading } | { problem: Problem } | undefined {
  const { address, classCode, id } = facts;
  const { role, what, integrated } = classifyPci({ address, classCode, id });
  if (role === 'other') return undefined;
  if (role === 'display') {
    return {
      problem: { code: 'unsupported', field: address, sentence: `${address} is ${what}: a screen, no accelerator.` },
    };
  }
  const names = nameOf(id, facts.subsystem);
  const sheet = openSheet(role, address, 'host');
  sheet.fact('pci-address', address);
  sheet.fact('pci-device-id', id);
  if (facts.subsystem !== '0000:0000') sheet.fact('pci-subsystem-id', facts.subsystem);
  sheet.fact('pci-class', classCode);
  sheet.fact('pci-vendor-name', names.vendor);
  sheet.fact('pci-device-name', names.device ?? what);
  if (integrated) sheet.fact('integrated', true);
  noteDriver(sheet, facts);
  noteLink(sheet, facts);
  sheet.fact('numa-node', facts.numaNode);
  sheet.fact('virtual-functions', facts.virtualFunctions);
  return { device: sheet.read(names.device ?? what ?? `${names.vendor ?? 'Unknown maker'} ${id}`) };
}

function noteDriver(sheet: Sheet, { address, driver }: PciFacts): void {
  if (driver === undefined) return;
  if (driver === null) {
    const sentence = `No driver is bound to ${address}: install the maker's driver, or check that it loads.`;
    sheet.problem('absent', sentence, 'pci-driver');
    return;
  }
  sheet.fact('pci-driver', driver);
  if (driver === 'vfio-pci' || driver === 'pci-stub') {
    const sentence = `${address} is handed to a virtual machine (${driver}): discover it from inside there.`;
    sheet.problem('unsupported', sentence, 'pci-driver');
  }
  if (driver === 'nouveau') {
    const sentence = `${address} runs on nouveau, which cannot compute: install NVIDIA's driver.`;
    sheet.problem('unsupported', sentence, 'pci-driver');
  }
}

function noteLink(sheet: Sheet, facts: PciFacts): void {
  for (const [text, speed, generation] of [
    [facts.speed, 'pci-speed', 'pci-generation'],
    [facts.speedMax, 'pci-speed-max', 'pci-generation-max'],
  ] as const) {
    const rate = /^([\d.]{1,8})\s?GT\/s/.exec(text ?? '')?.[1];
    if (rate === undefined) continue;
    const transfers = Math.round(Number(rate) * 1e9);
    sheet.fact(speed, transfers, text);
    sheet.fact(generation, generationOfSpeed(transfers), text);
  }
  for (const [text, fact] of [
    [facts.width, 'pci-width'],
    [facts.widthMax, 'pci-width-max'],
  ] as const) {
    // 0 and 255 are the kernel's words for a link that has no lanes or does not answer.
    if (text !== undefined && /^\d{1,2}$/.test(text) && text !== '0') sheet.fact(fact, Number(text));
  }
}
