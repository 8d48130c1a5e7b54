/**
 * What `nvidia-smi -q -x` says, as facts. Its XML moved between drivers (DTD v10 to v13, and output without a DTD): each
 * fact lists the places it has been seen in, newest first. A word that stands for "no value" becomes a problem that says
 * which, never a zero.
 */
import type { DeviceReading, ProbeAnswer, Problem } from '../../contract.ts';
import { normalisePciAddress, unpackPciId } from '../../pci-address.ts';
import { isPlaceholder, isPlaceholderUuid } from '../../placeholder.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { withoutSharedIdentity } from '../share.ts';
import { noteLaterSections } from './later-sections.ts';
import { type Tree, textAt, treesAt } from './tree.ts';
import { type Places, value } from './value.ts';
import { quantity, reasonWords, switchWord, virtualizationWord } from './words.ts';

const texts: readonly (readonly [FactName, Places])[] = [
  ['architecture', ['product_architecture']],
  ['vbios', ['vbios_version']],
  ['inforom-image', ['inforom_version.img_version']],
  ['performance-state', ['performance_state']],
];

const link = 'pci.pci_gpu_link_info';

const quantities: readonly (readonly [FactName, Places])[] = [
  ['memory-total', ['fb_memory_usage.total']],
  ['memory-reserved', ['fb_memory_usage.reserved']],
  ['memory-used', ['fb_memory_usage.used']],
  [
    'power-draw',
    ['gpu_power_readings.instant_power_draw', 'gpu_power_readings.power_draw', 'power_readings.power_draw'],
  ],
  ['power-draw-average', ['gpu_power_readings.average_power_draw']],
  ['power-limit', ['gpu_power_readings.current_power_limit', 'power_readings.power_limit']],
  ['power-limit-enforced', ['power_readings.enforced_power_limit']],
  ['power-limit-default', ['gpu_power_readings.default_power_limit', 'power_readings.default_power_limit']],
  ['power-limit-min', ['gpu_power_readings.min_power_limit', 'power_readings.min_power_limit']],
  ['power-limit-max', ['gpu_power_readings.max_power_limit', 'power_readings.max_power_limit']],
  ['clock-graphics', ['clocks.graphics_clock']],
  ['clock-sm', ['clocks.sm_clock']],
  ['clock-memory', ['clocks.mem_clock']],
  ['clock-graphics-max', ['max_clocks.graphics_clock']],
  ['clock-sm-max', ['max_clocks.sm_clock']],
  ['clock-memory-max', ['max_clocks.mem_clock']],
  ['temperature', ['temperature.gpu_temp']],
  ['temperature-memory', ['temperature.memory_temp']],
  ['temperature-slowdown', ['temperature.gpu_temp_slow_threshold']],
  ['temperature-shutdown', ['temperature.gpu_temp_max_threshold']],
  ['fan-speed', ['fan_speed']],
  ['utilization', ['utilization.gpu_util']],
  ['utilization-memory', ['utilization.memory_util']],
  ['pci-generation', [`${link}.pcie_gen.current_link_gen`]],
  ['pci-generation-max', [`${link}.pcie_gen.max_link_gen`]],
  ['pci-width', [`${link}.link_widths.current_link_width`]],
  ['pci-width-max', [`${link}.link_widths.max_link_width`]],
  ['pci-replays', ['pci.replay_counter']],
  ['pages-retired-single-bit', ['retired_pages.multiple_single_bit_retirement.retired_count']],
  ['pages-retired-double-bit', ['retired_pages.double_bit_retirement.retired_count']],
  ['rows-remapped-corrected', ['remapped_rows.remapped_row_corr', 'remapped_rows']],
  ['rows-remapped-uncorrected', ['remapped_rows.remapped_row_unc', 'remapped_rows']],
];

const switches: readonly (readonly [FactName, Places])[] = [
  ['ecc', ['ecc_mode.current_ecc']],
  ['ecc-pending', ['ecc_mode.pending_ecc']],
  ['mig', ['mig_mode.current_mig']],
  ['mig-pending', ['mig_mode.pending_mig']],
  ['persistence-mode', ['persistence_mode']],
  ['pages-retired-pending', ['retired_pages.pending_retirement', 'retired_pages.pending_blacklist']],
  ['rows-remapped-pending', ['remapped_rows.remapped_row_pending', 'remapped_rows']],
  ['rows-remapped-failed', ['remapped_rows.remapped_row_failure', 'remapped_rows']],
];

/** The facts of every GPU in a log. */
export function readSmiLog(log: Tree): ProbeAnswer {
  const problems: Problem[] = [];
  const gpus = treesAt(log, 'gpu');
  const attached = Number(textAt(log, 'attached_gpus') ?? Number.NaN);
  if (Number.isInteger(attached) && attached !== gpus.length) {
    problems.push({
      code: 'mismatch',
      field: 'attached_gpus',
      sentence: `nvidia-smi counts ${attached} GPUs and describes ${gpus.length}: the others are not in its answer.`,
    });
  }
  if (gpus.length === 0) {
    return { outcome: 'absent', sentence: 'nvidia-smi runs and lists no GPU.', devices: [], problems };
  }
  const devices = gpus.map((gpu, index) => readGpu(log, gpu, index));
  return { outcome: 'present', devices, problems };
}

function readGpu(log: Tree, gpu: Tree, index: number): DeviceReading {
  const address = normalisePciAddress(textAt(gpu, 'pci.pci_bus_id') ?? textAt(gpu, '$.id') ?? textAt(gpu, '@id') ?? '');
  const sheet = openSheet('gpu', address ?? `nvidia-smi:${index}`, 'host');
  sheet.fact('pci-address', address);
  sheet.fact('maker', 'NVIDIA Corporation');

  const name = value(sheet, gpu, 'model', ['product_name']);
  if (name !== undefined) sheet.fact('model', name);
  noteIdentity(sheet, gpu);
  notePciId(sheet, 'pci-device-id', value(sheet, gpu, 'pci-device-id', ['pci.pci_device_id']));
  notePciId(sheet, 'pci-subsystem-id', value(sheet, gpu, 'pci-subsystem-id', ['pci.pci_sub_system_id']));
  for (const [fact, places] of texts) sheet.fact(fact, value(sheet, gpu, fact, places));
  for (const [fact, places] of quantities) noteQuantity(sheet, gpu, fact, places);
  for (const [fact, places] of switches) noteSwitch(sheet, gpu, fact, places);
  noteRest(sheet, gpu);
  noteLaterSections(sheet, gpu);
  sheet.fact('driver-version', version(value(sheet, log, 'driver-version', ['kmd_version', 'driver_version'])));
  sheet.fact('cuda-version', version(value(sheet, log, 'cuda-version', ['cuda_umd_version', 'cuda_version'])));
  return withoutSharedIdentity(sheet.read(name ?? `NVIDIA GPU ${index}`));
}

/** Driver 610 writes a remark behind the number: `610.62 [Deprecated; …]`. */
function version(text: string | undefined): string | undefined {
  return text?.replace(/\s*\[.*$/, '');
}

function noteIdentity(sheet: Sheet, gpu: Tree): void {
  const uuid = value(sheet, gpu, 'uuid', ['uuid']);
  if (uuid !== undefined) {
    if (isPlaceholderUuid(uuid))
      sheet.problem('placeholder', `uuid is "${printable(uuid)}", which names nothing.`, 'uuid', uuid);
    else {
      sheet.fact('uuid', uuid);
      sheet.identify('gpu-uuid', uuid);
    }
  }
  const device = value(sheet, gpu, 'device-identifier', ['pdi']);
  if (device !== undefined && !isPlaceholder(device)) sheet.fact('device-identifier', device.toLowerCase(), device);
  const serial = value(sheet, gpu, 'serial', ['serial']);
  // Up to driver 516 the board's part number stands under the GPU's name; from 525 on that one is the chip's.
  const place = textAt(gpu, 'board_part_number') === undefined ? 'gpu_part_number' : 'board_part_number';
  const part = value(sheet, gpu, 'part-number', [place]);
  if (part !== undefined) sheet.fact('part-number', part);
  if (serial === undefined) return;
  if (isPlaceholder(serial)) {
    sheet.problem('placeholder', `serial is "${printable(serial)}", which names nothing.`, 'serial', serial);
    return;
  }
  sheet.fact('serial', serial);
  // The board's number, shared by two GPUs of one board: it never stands before the UUID.
  if (part !== undefined && !isPlaceholder(part)) sheet.identify('part-and-serial', `nvidia:${part}:${serial}`);
}

/** `20B210DE` or `0x20B210DE`: device first, vendor last. */
function notePciId(sheet: Sheet, fact: 'pci-device-id' | 'pci-subsystem-id', text: string | undefined): void {
  if (text === undefined) return;
  const packed = /^(?:0x)?([0-9a-f]{8})$/i.exec(text)?.[1];
  if (packed === undefined) {
    sheet.problem('parse', `${fact} is "${printable(text, 60)}", which is no PCI id.`, fact, text);
    return;
  }
  const id = unpackPciId(Number.parseInt(packed, 16));
  if (id !== '0000:0000') sheet.fact(fact, id, text);
}

function noteQuantity(sheet: Sheet, gpu: Tree, fact: FactName, places: Places): void {
  const text = value(sheet, gpu, fact, places);
  if (text === undefined) return;
  const number = quantity(text);
  if (number === undefined) {
    sheet.problem('parse', `${fact} is "${printable(text, 60)}", which is no quantity.`, fact, text);
    return;
  }
  sheet.fact(fact, number, text);
}

function noteSwitch(sheet: Sheet, gpu: Tree, fact: FactName, places: Places): void {
  const text = value(sheet, gpu, fact, places);
  if (text === undefined) return;
  const on = switchWord(text);
  if (on === undefined) sheet.problem('parse', `${fact} is "${printable(text, 60)}", neither on nor off.`, fact, text);
  else sheet.fact(fact, on, text);
}

function noteRest(sheet: Sheet, gpu: Tree): void {
  const mode = value(sheet, gpu, 'virtualization-mode', ['gpu_virtualization_mode.virtualization_mode']);
  if (mode !== undefined) sheet.fact('virtualization-mode', virtualizationWord(mode), mode);
  if (switchWord(textAt(gpu, 'mig_mode.current_mig') ?? '') === true) {
    sheet.fact('mig-instances', treesAt(gpu, 'mig_devices.mig_device').length);
  }
  for (const [section, corrected, uncorrected] of [
    ['volatile', 'ecc-corrected-since-load', 'ecc-uncorrected-since-load'],
    ['aggregate', 'ecc-corrected-lifetime', 'ecc-uncorrected-lifetime'],
  ] as const) {
    const errors = treesAt(gpu, `ecc_errors.${section}`)[0];
    if (!errors) continue;
    sheet.fact(corrected, sum(errors, ['single_bit.total'], ['sram_correctable', 'dram_correctable']));
    sheet.fact(
      uncorrected,
      sum(
        errors,
        ['double_bit.total'],
        ['sram_uncorrectable', 'dram_uncorrectable'],
        ['sram_uncorrectable_parity', 'sram_uncorrectable_secded', 'dram_uncorrectable'],
      ),
    );
  }
  const reasons = treesAt(gpu, 'clocks_event_reasons')[0] ?? treesAt(gpu, 'clocks_throttle_reasons')[0];
  if (reasons) noteReasons(sheet, reasons);
}

/** The sum over the first group of places that are all numbers; a missing part makes no sum. */
function sum(tree: Tree, ...groups: Places[]): number | undefined {
  for (const group of groups) {
    const parts = group.map((place) => quantity(textAt(tree, place) ?? ''));
    if (parts.every((part) => part !== undefined)) return parts.reduce((total, part) => total + part, 0);
  }
  return undefined;
}

function noteReasons(sheet: Sheet, reasons: Tree): void {
  const active: string[] = [];
  let known = 0;
  for (const name of Object.keys(reasons)) {
    const end = /^clocks_(?:event|throttle)_reason_(\w+)$/.exec(name)?.[1] ?? '';
    const word = Object.hasOwn(reasonWords, end) ? reasonWords[end] : undefined;
    const on = switchWord(textAt(reasons, name) ?? '');
    if (word === undefined || on === undefined) continue;
    known += 1;
    if (on) active.push(word);
  }
  if (known > 0) sheet.fact('throttle-reasons', active.join(', ') || 'none');
}
