/** Intel GPUs from the files of the kernel drivers (i915, xe): the way where no tool of Intel is installed. */
import type { DeviceReading, Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { kernelText } from '../../kernel-file.ts';
import { openSheet } from '../../sheet.ts';
import { type DrmCard, listCards, noteCard, noteFile, noteSensors } from '../drm.ts';

export const intelDrmProbe: Probe = {
  id: 'gpu-intel',
  subject: 'gpu',
  what: 'Intel GPUs, from the files of the kernel drivers i915 and xe',
  limitMs: 10_000,
  probe,
};

async function probe({ root }: ProbeContext): Promise<ProbeAnswer> {
  const cards = await listCards(root, ['i915', 'xe']);
  if (cards === undefined || cards.length === 0) {
    const sentence = 'The kernel drivers i915 and xe run no card of this machine.';
    return { outcome: 'absent', sentence, devices: [], problems: [] };
  }
  const devices: DeviceReading[] = [];
  for (const card of cards) devices.push(await readCard(root, card));
  return { outcome: 'present', devices, problems: [] };
}

/** Where each driver keeps a figure, with its scale; the first that is there counts. */
const figures = [
  ['memory-total', 1, ['lmem_total_bytes', 'device/tile0/physical_vram_size_bytes']],
  ['clock-graphics', 1e6, ['gt_act_freq_mhz', 'device/tile0/gt0/freq0/act_freq']],
  ['clock-graphics-max', 1e6, ['gt_RP0_freq_mhz', 'gt_max_freq_mhz', 'device/tile0/gt0/freq0/rp0_freq']],
] as const;

async function readCard(root: string, card: DrmCard): Promise<DeviceReading> {
  const sheet = openSheet('gpu', card.address, 'host');
  noteCard(sheet, card);
  sheet.fact('maker', 'Intel Corporation');
  // Processor graphics sit at this place on every platform; cards sit behind a bridge.
  sheet.fact('integrated', /:00:02\.0$/.test(card.address));
  for (const [fact, scale, files] of figures) {
    for (const file of files) {
      const text = await kernelText(`${card.card}/${file}`);
      if (text === undefined || !/^\d{1,20}$/.test(text)) continue;
      sheet.fact(fact, Number(text) * scale, text);
      break;
    }
  }
  const [total, free] = await Promise.all(
    ['lmem_total_bytes', 'lmem_avail_bytes'].map((f) => kernelText(`${card.card}/${f}`)),
  );
  if (total !== undefined && free !== undefined && /^\d+$/.test(total) && /^\d+$/.test(free))
    sheet.fact('memory-used', Number(total) - Number(free));
  await noteFile(sheet, 'numa-node', `${card.folder}/numa_node`);
  await noteSensors(sheet, card.folder);
  const version = await kernelText(`${root}/sys/module/${card.driver}/version`);
  sheet.fact('driver-version', version || undefined);
  sheet.problem('unsupported', `The driver ${card.driver} gives no serial number of ${card.address}.`, 'serial');
  return sheet.read(`Intel GPU ${card.id}`);
}
