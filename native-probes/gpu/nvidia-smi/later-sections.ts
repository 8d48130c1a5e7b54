/**
 * Sections that came with later drivers: the fabric, the chassis, the firmware of the GPU's own processor, what the
 * driver asks for, spare rows. Most GPUs have none of it, so a word for "no value" is no problem here.
 */
import { isPlaceholder, isPlaceholderUuid } from '../../placeholder.ts';
import type { Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { type Tree, textAt } from './tree.ts';
import { absenceOf, switchWord } from './words.ts';

const words: readonly (readonly [FactName, string])[] = [
  ['fabric-state', 'fabric.state'],
  ['fabric-status', 'fabric.status'],
  ['compute-mode', 'compute_mode'],
  ['gsp-firmware', 'gsp_firmware_version'],
  ['recovery-action', 'gpu_recovery_action'],
];

const numbers: readonly (readonly [FactName, string])[] = [
  ['fabric-clique', 'fabric.cliqueId'],
  ['chassis-slot', 'platformInfo.slot_number'],
  ['chassis-tray', 'platformInfo.tray_index'],
];

const banks = ['max', 'high', 'partial', 'low', 'none'].map(
  (name) => `remapped_rows.row_remapper_histogram.row_remapper_histogram_${name}`,
);

export function noteLaterSections(sheet: Sheet, gpu: Tree): void {
  const said = (place: string) => {
    const text = textAt(gpu, place);
    return text === undefined || absenceOf(text) ? undefined : text;
  };
  for (const [fact, place] of words) {
    sheet.fact(fact, said(place)?.toLowerCase().replaceAll('_', ' '), said(place));
  }
  for (const [fact, place] of numbers) {
    const text = said(place);
    if (text !== undefined && /^\d{1,9}$/.test(text)) sheet.fact(fact, Number(text), text);
  }
  const cluster = said('fabric.clusterUuid');
  if (cluster !== undefined && !isPlaceholderUuid(cluster)) sheet.fact('fabric-cluster', cluster.toLowerCase());
  const chassis = said('platformInfo.chassis_serial_number');
  if (chassis !== undefined && !isPlaceholder(chassis)) {
    sheet.fact('chassis-serial', chassis);
    const module = said('platformInfo.module_id');
    if (module !== undefined && /^\d{1,4}$/.test(module)) sheet.fact('module', Number(module), module);
  }
  const shared = switchWord(said('multigpu_board') ?? '');
  if (shared !== undefined) sheet.fact('multi-gpu-board', shared, said('multigpu_board'));
  const minor = said('minor_number');
  if (minor !== undefined && /^\d{1,4}$/.test(minor)) sheet.fact('device-file', `/dev/nvidia${minor}`, minor);
  noteBanks(sheet, banks.map(said));
}

function noteBanks(sheet: Sheet, texts: readonly (string | undefined)[]): void {
  const counts = texts.map((text) => Number(/^(\d{1,9}) bank\(s\)$/.exec(text ?? '')?.[1] ?? Number.NaN));
  if (counts.some((count) => Number.isNaN(count))) return;
  sheet.fact(
    'row-banks',
    counts.reduce((sum, count) => sum + count, 0),
  );
  sheet.fact('row-banks-exhausted', counts[4]);
}
