/** AMD GPUs from the files of the kernel driver (amdgpu): the way where no tool of AMD is installed. */
import { readdir } from 'node:fs/promises';
import type { DeviceReading, Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { kernelText } from '../../kernel-file.ts';
import { generationOfSpeed } from '../../pci-address.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { amdMaker, joinPartitions, noteChipNumber } from '../amd.ts';
import { type DrmCard, listCards, noteCard, noteFile, noteSensors } from '../drm.ts';
import { type Compute, currentClock, highestClock, readCompute } from './parse.ts';

export const amdgpuProbe: Probe = {
  id: 'gpu-amdgpu',
  subject: 'gpu',
  what: 'AMD GPUs, from the files of the kernel driver amdgpu',
  limitMs: 10_000,
  probe,
};

async function probe({ root }: ProbeContext): Promise<ProbeAnswer> {
  const cards = await listCards(root, ['amdgpu']);
  if (cards === undefined || cards.length === 0) {
    const sentence = 'The kernel driver amdgpu runs no card of this machine.';
    return { outcome: 'absent', sentence, devices: [], problems: [] };
  }
  const [nodes, version] = await Promise.all([computeNodes(root), kernelText(`${root}/sys/module/amdgpu/version`)]);
  const devices: DeviceReading[] = [];
  for (const card of cards) devices.push(await readCard(card, nodes, version));
  return { outcome: 'present', devices: joinPartitions(devices), problems: [] };
}

async function readCard(card: DrmCard, nodes: readonly Compute[], version: string | undefined): Promise<DeviceReading> {
  const { folder, address, id } = card;
  const text = (file: string) => kernelText(`${folder}/${file}`);
  const sheet = openSheet('gpu', address, 'host');
  noteCard(sheet, card);
  sheet.fact('maker', amdMaker);
  const model = named(await text('product_name'));
  sheet.fact('model', model);
  noteChipNumber(sheet, await text('unique_id'));
  const [serial, part] = [named(await text('serial_number')), named(await text('product_number'))];
  sheet.fact('serial', serial);
  sheet.fact('part-number', part);
  if (serial !== undefined && part !== undefined) sheet.identify('part-and-serial', `amd:${part}:${serial}`);
  sheet.fact('vbios', named(await text('vbios_version')));
  sheet.fact('memory-maker', named(await text('mem_info_vram_vendor')));
  sheet.fact('compute-partition', named(await text('current_compute_partition')));
  sheet.fact('memory-partition', named(await text('current_memory_partition')));
  await noteFile(sheet, 'memory-total', `${folder}/mem_info_vram_total`);
  await noteFile(sheet, 'memory-used', `${folder}/mem_info_vram_used`);
  await noteFile(sheet, 'utilization', `${folder}/gpu_busy_percent`);
  await noteFile(sheet, 'utilization-memory', `${folder}/mem_busy_percent`);
  await noteFile(sheet, 'pci-replays', `${folder}/pcie_replay_count`);
  await noteFile(sheet, 'numa-node', `${folder}/numa_node`);
  await noteLink(sheet, text);
  for (const [fact, most, file] of [
    ['clock-graphics', 'clock-graphics-max', 'pp_dpm_sclk'],
    ['clock-memory', 'clock-memory-max', 'pp_dpm_mclk'],
  ] as const) {
    const levels = (await text(file)) ?? '';
    sheet.fact(fact, currentClock(levels));
    sheet.fact(most, highestClock(levels));
  }
  await noteSensors(sheet, folder);
  const compute = nodes.find((node) => node.address === address);
  sheet.fact('multiprocessors', compute?.units);
  sheet.fact('architecture', compute?.target);
  sheet.fact('driver-version', named(version));
  return sheet.read(model ?? `AMD GPU ${id}`);
}

async function noteLink(sheet: Sheet, text: (file: string) => Promise<string | undefined>): Promise<void> {
  for (const [speed, generation, width, prefix] of [
    ['pci-speed', 'pci-generation', 'pci-width', 'current'],
    ['pci-speed-max', 'pci-generation-max', 'pci-width-max', 'max'],
  ] as const) {
    const said = await text(`${prefix}_link_speed`);
    const rate = /^([\d.]{1,8})\s?GT\/s/.exec(said ?? '')?.[1];
    if (rate !== undefined) {
      const transfers = Math.round(Number(rate) * 1e9);
      sheet.fact(speed, transfers, said);
      sheet.fact(generation, generationOfSpeed(transfers), said);
    }
    const lanes = await text(`${prefix}_link_width`);
    // 0 and 255 are the kernel's words for a link that has no lanes or does not answer.
    if (lanes !== undefined && /^\d{1,2}$/.test(lanes) && lanes !== '0') sheet.fact(width, Number(lanes));
  }
}

function named(text: string | undefined): string | undefined {
  return text === undefined || isPlaceholder(text) ? undefined : text;
}

/** Compute nodes of the kernel (KFD): units and target of each GPU. */
async function computeNodes(root: string): Promise<Compute[]> {
  const folder = `${root}/sys/class/kfd/kfd/topology/nodes`;
  const entries = await readdir(folder).catch(() => []);
  const nodes = await Promise.all(entries.map((entry) => kernelText(`${folder}/${entry}/properties`)));
  return nodes.map((text) => readCompute(text ?? '')).filter((node) => node !== undefined);
}
