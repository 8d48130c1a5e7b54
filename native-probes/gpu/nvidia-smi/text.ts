/**
 * `nvidia-smi -q` without `-x`: the same answers as indented text, with other names. It is brought to the tree of the
 * XML, so that one reader serves both.
 */
import { isGarbled } from '../../printable.ts';
import { NotSmi, type Tree } from './tree.ts';

const maxCharacters = 4 * 1_048_576;

/** The line every such log begins with. */
export const logMark = '==============NVSMI LOG==============';

type Node = { [name: string]: unknown };

/** Where a line of the text stands in the XML. Names of the text: lower case, other characters as `_`. */
const places: Record<string, string> = {
  product_name: 'product_name',
  product_architecture: 'product_architecture',
  persistence_mode: 'persistence_mode',
  'mig_mode.current': 'mig_mode.current_mig',
  'mig_mode.pending': 'mig_mode.pending_mig',
  mig_device: 'mig_devices.mig_device',
  serial_number: 'serial',
  gpu_uuid: 'uuid',
  gpu_pdi: 'pdi',
  vbios_version: 'vbios_version',
  board_part_number: 'board_part_number',
  'inforom_version.image_version': 'inforom_version.img_version',
  'gpu_virtualization_mode.virtualization_mode': 'gpu_virtualization_mode.virtualization_mode',
  'pci.device_id': 'pci.pci_device_id',
  'pci.bus_id': 'pci.pci_bus_id',
  'pci.sub_system_id': 'pci.pci_sub_system_id',
  'pci.gpu_link_info.pcie_generation.max': 'pci.pci_gpu_link_info.pcie_gen.max_link_gen',
  'pci.gpu_link_info.pcie_generation.current': 'pci.pci_gpu_link_info.pcie_gen.current_link_gen',
  'pci.gpu_link_info.link_width.max': 'pci.pci_gpu_link_info.link_widths.max_link_width',
  'pci.gpu_link_info.link_width.current': 'pci.pci_gpu_link_info.link_widths.current_link_width',
  'pci.replays_since_reset': 'pci.replay_counter',
  fan_speed: 'fan_speed',
  performance_state: 'performance_state',
  'fb_memory_usage.total': 'fb_memory_usage.total',
  'fb_memory_usage.reserved': 'fb_memory_usage.reserved',
  'fb_memory_usage.used': 'fb_memory_usage.used',
  'utilization.gpu': 'utilization.gpu_util',
  'utilization.memory': 'utilization.memory_util',
  'ecc_mode.current': 'ecc_mode.current_ecc',
  'ecc_mode.pending': 'ecc_mode.pending_ecc',
  'ecc_errors.aggregate.sram_correctable': 'ecc_errors.aggregate.sram_correctable',
  'ecc_errors.aggregate.sram_uncorrectable': 'ecc_errors.aggregate.sram_uncorrectable',
  'ecc_errors.aggregate.sram_uncorrectable_parity': 'ecc_errors.aggregate.sram_uncorrectable_parity',
  'ecc_errors.aggregate.sram_uncorrectable_sec_ded': 'ecc_errors.aggregate.sram_uncorrectable_secded',
  'ecc_errors.aggregate.dram_correctable': 'ecc_errors.aggregate.dram_correctable',
  'ecc_errors.aggregate.dram_uncorrectable': 'ecc_errors.aggregate.dram_uncorrectable',
  'retired_pages.single_bit_ecc': 'retired_pages.multiple_single_bit_retirement.retired_count',
  'retired_pages.double_bit_ecc': 'retired_pages.double_bit_retirement.retired_count',
  'retired_pages.pending_page_blacklist': 'retired_pages.pending_blacklist',
  'remapped_rows.correctable_error': 'remapped_rows.remapped_row_corr',
  'remapped_rows.uncorrectable_error': 'remapped_rows.remapped_row_unc',
  'remapped_rows.pending': 'remapped_rows.remapped_row_pending',
  'remapped_rows.remapping_failure_occurred': 'remapped_rows.remapped_row_failure',
  'temperature.gpu_current_temp': 'temperature.gpu_temp',
  'temperature.memory_current_temp': 'temperature.memory_temp',
  'temperature.gpu_shutdown_temp': 'temperature.gpu_temp_max_threshold',
  'temperature.gpu_slowdown_temp': 'temperature.gpu_temp_slow_threshold',
  'gpu_power_readings.power_draw': 'gpu_power_readings.power_draw',
  'gpu_power_readings.average_power_draw': 'gpu_power_readings.average_power_draw',
  'gpu_power_readings.instantaneous_power_draw': 'gpu_power_readings.instant_power_draw',
  'gpu_power_readings.current_power_limit': 'gpu_power_readings.current_power_limit',
  'gpu_power_readings.default_power_limit': 'gpu_power_readings.default_power_limit',
  // Driver 610 has these two in a group of their own.
  'gpu_power_readings.gpu_ceiling_power_limit.current_power_limit': 'gpu_power_readings.current_power_limit',
  'gpu_power_readings.gpu_ceiling_power_limit.default_power_limit': 'gpu_power_readings.default_power_limit',
  'gpu_power_readings.min_power_limit': 'gpu_power_readings.min_power_limit',
  'gpu_power_readings.max_power_limit': 'gpu_power_readings.max_power_limit',
  'clocks.graphics': 'clocks.graphics_clock',
  'clocks.sm': 'clocks.sm_clock',
  'clocks.memory': 'clocks.mem_clock',
  'max_clocks.graphics': 'max_clocks.graphics_clock',
  'max_clocks.sm': 'max_clocks.sm_clock',
  'max_clocks.memory': 'max_clocks.mem_clock',
  'fabric.state': 'fabric.state',
  'fabric.status': 'fabric.status',
  'fabric.cliqueid': 'fabric.cliqueId',
  'fabric.clusteruuid': 'fabric.clusterUuid',
  'platform_info.chassis_serial_number': 'platformInfo.chassis_serial_number',
  'platform_info.slot_number': 'platformInfo.slot_number',
  'platform_info.tray_index': 'platformInfo.tray_index',
  'platform_info.module_id': 'platformInfo.module_id',
  compute_mode: 'compute_mode',
  gsp_firmware_version: 'gsp_firmware_version',
  multigpu_board: 'multigpu_board',
  minor_number: 'minor_number',
  gpu_recovery_action: 'gpu_recovery_action',
  'ecc_errors.volatile.sram_correctable': 'ecc_errors.volatile.sram_correctable',
  'ecc_errors.volatile.sram_uncorrectable': 'ecc_errors.volatile.sram_uncorrectable',
  'ecc_errors.volatile.sram_uncorrectable_parity': 'ecc_errors.volatile.sram_uncorrectable_parity',
  'ecc_errors.volatile.sram_uncorrectable_sec_ded': 'ecc_errors.volatile.sram_uncorrectable_secded',
  'ecc_errors.volatile.dram_correctable': 'ecc_errors.volatile.dram_correctable',
  'ecc_errors.volatile.dram_uncorrectable': 'ecc_errors.volatile.dram_uncorrectable',
};

for (const part of ['max', 'high', 'partial', 'low', 'none']) {
  places[`remapped_rows.bank_remap_availability_histogram.${part}`] =
    `remapped_rows.row_remapper_histogram.row_remapper_histogram_${part}`;
}

const reasons: Record<string, string> = {
  idle: 'gpu_idle',
  applications_clocks_setting: 'applications_clocks_setting',
  sw_power_cap: 'sw_power_cap',
  hw_slowdown: 'hw_slowdown',
  hw_thermal_slowdown: 'hw_thermal_slowdown',
  hw_power_brake_slowdown: 'hw_power_brake_slowdown',
  sync_boost: 'sync_boost',
  sw_thermal_slowdown: 'sw_thermal_slowdown',
  display_clock_setting: 'display_clocks_setting',
};
for (const [from, to] of Object.entries(reasons)) {
  places[`clocks_event_reasons.${from}`] = `clocks_event_reasons.clocks_event_reason_${to}`;
  places[`clocks_throttle_reasons.${from}`] = `clocks_event_reasons.clocks_event_reason_${to}`;
}

/** Reads the first log in `text` and hands it over in the shape of the XML; throws `NotSmi`. */
export function parseSmiText(text: string): Tree {
  if (text.length > maxCharacters) throw new NotSmi(`the text is longer than ${maxCharacters} characters`);
  if (isGarbled(text)) throw new NotSmi('the text is not UTF-8');
  const start = text.indexOf(logMark);
  if (start < 0) throw new NotSmi('it holds no NVSMI LOG');
  const log: Node = {};
  const gpus: Node[] = [];
  // Open groups, outermost first; a line belongs to the last one that is indented less.
  let groups: { indent: number; node: Node }[] = [];
  for (const line of text.slice(start + logMark.length).split('\n')) {
    const match = /^( *)(\S(?:[^:]|:(?! |$))*?)\s*(?:: ?(.*))?$/.exec(line.trimEnd());
    if (!match) continue;
    const indent = match[1]?.length ?? 0;
    const label = match[2] ?? '';
    const value = match[3];
    const gpu = indent === 0 ? /^GPU ([0-9A-Fa-f:.]+)$/.exec(label) : null;
    if (gpu) {
      const node: Node = { $: { id: gpu[1] } };
      gpus.push(node);
      groups = [{ indent, node }];
      continue;
    }
    if (indent === 0 && value === undefined) {
      // A line of something else: the log is over.
      if (gpus.length > 0) break;
      continue;
    }
    groups = groups.filter((group) => group.indent < indent);
    const parent = groups.at(-1)?.node ?? (indent === 0 ? log : undefined);
    if (!parent) continue;
    const name = nameOf(label);
    if (value === undefined) {
      const node: Node = {};
      append(parent, name, node);
      groups.push({ indent, node });
    } else if (!Object.hasOwn(parent, name)) {
      parent[name] = value.trim();
    }
  }
  return { ...log, gpu: gpus.map(translate) };
}

function nameOf(label: string): string {
  return label
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');
}

function append(parent: Node, name: string, node: Node): void {
  const before = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (before === undefined) parent[name] = node;
  else parent[name] = Array.isArray(before) ? [...before, node] : [before, node];
}

function translate(gpu: Node): Node {
  const result: Node = { $: gpu.$ };
  for (const [from, to] of Object.entries(places)) {
    let value: unknown = gpu;
    for (const name of from.split('.')) {
      value = typeof value === 'object' && value !== null ? (value as Node)[name] : undefined;
    }
    if (value !== undefined) put(result, to.split('.'), value);
  }
  return result;
}

function put(tree: Node, path: readonly string[], value: unknown): void {
  let node = tree;
  for (const name of path.slice(0, -1)) {
    const next = node[name];
    if (typeof next === 'object' && next !== null) node = next as Node;
    else {
      const made: Node = {};
      node[name] = made;
      node = made;
    }
  }
  const last = path.at(-1);
  if (last !== undefined) node[last] = value;
}
