/**
 * Every accelerator on the PCI bus, with or without a driver, from /sys/bus/pci/devices. The bus is the witness that a
 * dead card or a missing driver cannot silence.
 */
import { lstat, readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DeviceReading, Probe, ProbeAnswer, ProbeContext, Problem } from '../../contract.ts';
import { kernelText } from '../../kernel-file.ts';
import { joinPciId, normalisePciAddress } from '../../pci-address.ts';
import { describePci, type PciFacts } from './facts.ts';

export const pciProbe: Probe = {
  id: 'gpu-pci',
  subject: 'gpu',
  what: 'GPUs and other accelerators on the PCI bus, with or without a driver',
  limitMs: 10_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  const folder = `${context.root}/sys/bus/pci/devices`;
  let entries: string[];
  try {
    entries = (await readdir(folder)).sort();
  } catch {
    return { outcome: 'absent', sentence: 'This machine has no PCI bus.', devices: [], problems: [] };
  }
  const { namePciDevice, readPciIds } = await import('./names.ts');
  const pciIds = await readPciIds(context.root);
  const problems: Problem[] = [];
  const devices: DeviceReading[] = [];
  const found = await Promise.all(entries.map((entry) => readFunction(`${folder}/${entry}`, entry)));
  for (const [index, facts] of found.entries()) {
    if (facts === 'vanished') {
      const sentence = `${entries[index]} could not be read: it went away, or the kernel says nothing of it.`;
      problems.push({ code: 'vanished', sentence });
      continue;
    }
    const described = facts && describePci(facts, (id, subsystem) => namePciDevice(pciIds, id, subsystem));
    if (described && 'device' in described) devices.push(described.device);
    if (described && 'problem' in described) problems.push(described.problem);
  }
  if (devices.length > 0) return { outcome: 'present', devices, problems };
  const sentence = `None of the ${entries.length} functions on the PCI bus is a GPU or another accelerator.`;
  return { outcome: 'absent', sentence, devices, problems };
}

async function readFunction(path: string, entry: string): Promise<PciFacts | 'vanished' | undefined> {
  const text = (file: string) => kernelText(`${path}/${file}`);
  const [classText, vendor, device, subVendor, subDevice] = await Promise.all(
    ['class', 'vendor', 'device', 'subsystem_vendor', 'subsystem_device'].map(text),
  );
  if (classText === undefined || vendor === undefined || device === undefined) return 'vanished';
  const address = normalisePciAddress(entry);
  const id = joinPciId(vendor, device);
  const classCode = /^0x([0-9a-f]{6})$/i.exec(classText)?.[1]?.toLowerCase();
  if (!address || !id || !classCode) return 'vanished';
  // A virtual function is a share of its physical one, which is listed itself.
  if (await linkName(`${path}/physfn`)) return undefined;
  const facts: PciFacts = { address, id, classCode, driver: (await linkName(`${path}/driver`)) ?? null };
  const subsystem = joinPciId(subVendor ?? '', subDevice ?? '');
  if (subsystem) facts.subsystem = subsystem;
  for (const [field, file] of [
    ['speed', 'current_link_speed'],
    ['speedMax', 'max_link_speed'],
    ['width', 'current_link_width'],
    ['widthMax', 'max_link_width'],
  ] as const) {
    const value = await text(file);
    if (value !== undefined) facts[field] = value;
  }
  const numa = Number((await text('numa_node')) ?? -1);
  if (Number.isInteger(numa) && numa >= 0) facts.numaNode = numa;
  const functions = Number((await text('sriov_numvfs')) ?? 0);
  if (Number.isInteger(functions) && functions > 0) facts.virtualFunctions = functions;
  return facts;
}

async function linkName(path: string): Promise<string | undefined> {
  try {
    const entry = await lstat(path);
    return entry.isSymbolicLink() ? basename(await readlink(path)) : basename(path);
  } catch {
    return undefined;
  }
}
