/**
 * Every accelerator on the PCI bus, with or without a driver, from /sys/bus/pci/devices. The bus is the witness that a
 * dead card or a missing driver cannot silence.
 */
import { lstat, readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Probe, ProbeAnswer, ProbeContext, Problem } from '../../contract.ts';
import { kernelText } from '../../kernel-file.ts';
import { generationOfSpeed, joinPciId, normalisePciAddress } from '../../pci-address.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { classifyPci } from './classify.ts';
import { namePciDevice, readPciIds } from './names.ts';

export const pciProbe: Probe = {
  id: 'gpu-pci',
  subject: 'gpu',
  what: 'GPUs and other accelerators on the PCI bus, with or without a driver',
  limitMs: 10_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  const folder = `${context.root}/sys/bus/pci/devices`;
  let addresses: string[];
  try {
    addresses = (await readdir(folder)).sort();
  } catch {
    return { outcome: 'absent', sentence: 'This machine has no PCI bus.', devices: [], problems: [] };
  }
  const problems: Problem[] = [];
  const pciIds = await readPciIds(context.root);
  const found = await Promise.all(
    addresses.map(async (entry) => {
      try {
        return await readFunction(`${folder}/${entry}`, entry, pciIds, problems);
      } catch (error) {
        problems.push({ code: 'vanished', sentence: `${entry} went away while it was read (${String(error)}).` });
        return undefined;
      }
    }),
  );
  const devices = found.filter((device) => device !== undefined);
  if (devices.length === 0) {
    return {
      outcome: 'absent',
      sentence: `None of the ${addresses.length} functions on the PCI bus is a GPU or another accelerator.`,
      devices,
      problems,
    };
  }
  return { outcome: 'present', devices, problems };
}

async function readFunction(path: string, entry: string, pciIds: string | undefined, problems: Problem[]) {
  const [classText, vendor, device, subVendor, subDevice] = await Promise.all(
    ['class', 'vendor', 'device', 'subsystem_vendor', 'subsystem_device'].map((file) => kernelText(`${path}/${file}`)),
  );
  const address = normalisePciAddress(entry);
  const id = joinPciId(vendor ?? '', device ?? '');
  const classCode = /^0x([0-9a-f]{6})$/i.exec(classText ?? '')?.[1]?.toLowerCase();
  if (!address || !id || !classCode) return undefined;
  const { role, what, integrated } = classifyPci({ address, classCode, id });
  if (role === 'other') return undefined;
  if (role === 'display') {
    problems.push({
      code: 'unsupported',
      field: address,
      sentence: `${address} is ${what}: a screen, no accelerator.`,
    });
    return undefined;
  }
  // A virtual function is a share of its physical one, which is listed itself.
  if (await linkName(`${path}/physfn`)) return undefined;

  const subsystem = joinPciId(subVendor ?? '', subDevice ?? '');
  const names = namePciDevice(pciIds, id, subsystem);
  const sheet = openSheet(role, address, 'host');
  sheet.fact('pci-address', address);
  sheet.fact('pci-device-id', id);
  if (subsystem && subsystem !== '0000:0000') sheet.fact('pci-subsystem-id', subsystem);
  sheet.fact('pci-class', classCode);
  sheet.fact('maker', names.vendor);
  sheet.fact('model', names.device ?? what);
  if (integrated) sheet.fact('integrated', true);
  await noteDriver(sheet, path, address);
  await noteLink(sheet, path);
  const numa = Number(await kernelText(`${path}/numa_node`));
  if (Number.isInteger(numa) && numa >= 0) sheet.fact('numa-node', numa);
  const functions = await kernelText(`${path}/sriov_numvfs`);
  if (functions !== undefined && Number(functions) > 0) sheet.fact('virtual-functions', Number(functions), functions);
  return sheet.read(names.device ?? what ?? `${names.vendor ?? 'Unknown maker'} ${id}`);
}

async function noteDriver(sheet: Sheet, path: string, address: string): Promise<void> {
  const driver = await linkName(`${path}/driver`);
  if (driver === undefined) {
    sheet.problem(
      'absent',
      `No driver is bound to ${address}: install the maker's driver, or check that it loads.`,
      'pci-driver',
    );
    return;
  }
  sheet.fact('pci-driver', driver);
  if (driver === 'vfio-pci' || driver === 'pci-stub') {
    sheet.problem(
      'unsupported',
      `${address} is handed to a virtual machine (${driver}): discover it from inside there.`,
      'pci-driver',
    );
  }
  if (driver === 'nouveau') {
    sheet.problem(
      'unsupported',
      `${address} runs on nouveau, which cannot compute: install NVIDIA's driver.`,
      'pci-driver',
    );
  }
}

async function noteLink(sheet: Sheet, path: string): Promise<void> {
  for (const [file, speedFact, generationFact] of [
    ['current_link_speed', 'pci-speed', 'pci-generation'],
    ['max_link_speed', 'pci-speed-max', 'pci-generation-max'],
  ] as const) {
    const text = await kernelText(`${path}/${file}`);
    const rate = /^([\d.]+) GT\/s/.exec(text ?? '')?.[1];
    if (rate === undefined) continue;
    const transfers = Math.round(Number(rate) * 1e9);
    sheet.fact(speedFact, transfers, text);
    sheet.fact(generationFact, generationOfSpeed(transfers), text);
  }
  for (const [file, fact] of [
    ['current_link_width', 'pci-width'],
    ['max_link_width', 'pci-width-max'],
  ] as const) {
    const text = await kernelText(`${path}/${file}`);
    // 255 and 0: the kernel's words for a link that does not answer or has none.
    if (text !== undefined && /^\d+$/.test(text) && text !== '0' && text !== '255') sheet.fact(fact, Number(text));
  }
}

async function linkName(path: string): Promise<string | undefined> {
  try {
    const entry = await lstat(path);
    return entry.isSymbolicLink() ? basename(await readlink(path)) : basename(path);
  } catch {
    return undefined;
  }
}
