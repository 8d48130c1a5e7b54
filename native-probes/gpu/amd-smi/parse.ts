/**
 * What `amd-smi static`, `list` and `metric` say with `--json`. Version 26 nests the GPUs under `gpu_data`, earlier ones
 * give a list; a value is a number, a text with its unit, or an object of both.
 */
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { generationOfSpeed, normalisePciAddress } from '../../pci-address.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { amdId, amdMaker, joinPartitions, noteChipNumber } from '../amd.ts';

/** Text that is no answer of amd-smi, with the sentence that says why. */
export class NotAmdSmi extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotAmdSmi';
  }
}

const maxCharacters = 8 * 1_048_576;

type Node = Readonly<Record<string, unknown>>;

/** The GPUs in one output of amd-smi; throws `NotAmdSmi`. Words before the JSON are skipped. */
export function parseAmdSmi(text: string): Node[] {
  if (text.length > maxCharacters) throw new NotAmdSmi(`the text is longer than ${maxCharacters} characters`);
  const start = text.search(/[[{]/);
  if (start < 0) throw new NotAmdSmi('it holds no JSON');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(start));
  } catch {
    throw new NotAmdSmi('it is no well-formed JSON');
  }
  const list = Array.isArray(parsed) ? parsed : isNode(parsed) ? parsed.gpu_data : undefined;
  const gpus = Array.isArray(list) ? list.filter(isNode).filter((gpu) => gpu.gpu !== undefined) : [];
  if (gpus.length === 0) throw new NotAmdSmi('it lists no GPU');
  return gpus.slice(0, 1024);
}

/** Several outputs of one machine brought together: the number of the GPU joins them. */
export function readAmdSmi(outputs: readonly (readonly Node[])[]): ProbeAnswer {
  const gpus = new Map<string, Node>();
  for (const gpu of outputs.flat()) {
    const number = String(gpu.gpu);
    gpus.set(number, { ...gpus.get(number), ...gpu });
  }
  const devices = [...gpus].map(([number, gpu]) => readGpu(number, gpu));
  return { outcome: 'present', devices: joinPartitions(devices), problems: [] };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(tree: unknown, path: string): unknown {
  let node = tree;
  for (const name of path.split('.')) {
    if (!isNode(node) || !Object.hasOwn(node, name)) return undefined;
    node = node[name];
  }
  return node;
}

/** The text at the first place that holds one; a word for "no value" is none. */
function textOf(gpu: Node, ...places: string[]): string | undefined {
  for (const place of places) {
    const value = at(gpu, place);
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string' && !isPlaceholder(value)) return value.trim();
  }
  return undefined;
}

const scales: Record<string, number> = {
  '': 1,
  B: 1,
  KB: 1024,
  MB: 1_048_576,
  GB: 1_073_741_824,
  W: 1,
  C: 1,
  '%': 1,
  MHZ: 1e6,
  'GT/S': 1e9,
  BIT: 1,
  J: 1,
};

/** A quantity in its base unit; amd-smi means 2^20 by MB. */
function quantityOf(gpu: Node, ...places: string[]): number | undefined {
  for (const place of places) {
    const value = at(gpu, place);
    const [amount, unit] = isNode(value) ? [value.value, value.unit] : split(value);
    const scale = scales[String(unit ?? '').toUpperCase()];
    const number = typeof amount === 'string' ? Number(amount) : amount;
    if (typeof number === 'number' && Number.isFinite(number) && amount !== '' && scale !== undefined)
      return number * scale;
  }
  return undefined;
}

function split(value: unknown): [unknown, string] {
  const match = typeof value === 'string' ? /^(-?[\d.]{1,20})\s*([A-Za-z/%]{0,5})$/.exec(value.trim()) : null;
  return match === null ? [typeof value === 'number' ? value : undefined, ''] : [match[1], match[2] ?? ''];
}

const texts: readonly (readonly [FactName, readonly string[]])[] = [
  ['architecture', ['asic.target_graphics_version']],
  ['vbios', ['ifwi.version', 'vbios.version', 'vbios.part_number']],
  ['driver-version', ['driver.version', 'driver.driver_version']],
  ['memory-type', ['vram.type']],
  ['memory-maker', ['vram.vendor']],
  ['compute-partition', ['partition.accelerator_partition', 'partition.compute_partition']],
  ['memory-partition', ['partition.memory_partition', 'partition.current_memory_partition']],
];

const quantities: readonly (readonly [FactName, readonly string[]])[] = [
  ['multiprocessors', ['asic.num_compute_units']],
  ['memory-total', ['vram.size', 'mem_usage.total_vram']],
  ['memory-used', ['mem_usage.used_vram']],
  ['memory-bus-width', ['vram.bit_width']],
  ['power-limit', ['limit.socket_power', 'limit.socket_power_limit', 'limit.ppt0.socket_power_limit']],
  ['power-limit-max', ['limit.max_power', 'limit.max_power_limit', 'limit.ppt0.max_power_limit']],
  ['power-limit-min', ['limit.min_power', 'limit.min_power_limit', 'limit.ppt0.min_power_limit']],
  ['power-draw', ['power.socket_power', 'power.current_power']],
  ['temperature', ['temperature.edge', 'temperature.hotspot']],
  ['temperature-memory', ['temperature.mem']],
  ['utilization', ['usage.gfx_activity']],
  ['utilization-memory', ['usage.umc_activity']],
  ['fan-speed', ['fan.usage']],
  ['clock-graphics', ['clock.gfx_0.clk', 'clock.gfx.clk']],
  ['clock-graphics-max', ['clock.gfx_0.max_clk', 'clock.gfx.max_clk']],
  ['clock-memory', ['clock.mem_0.clk', 'clock.mem.clk']],
  ['clock-memory-max', ['clock.mem_0.max_clk', 'clock.mem.max_clk']],
  ['numa-node', ['numa.node']],
  ['pci-width', ['pcie.width']],
  ['pci-width-max', ['bus.max_pcie_width', 'pcie.max_width']],
  ['pci-replays', ['pcie.replay_count']],
  ['ecc-corrected-since-load', ['ecc.total_correctable_count', 'ecc.total_correctable']],
  ['ecc-uncorrected-since-load', ['ecc.total_uncorrectable_count', 'ecc.total_uncorrectable']],
  ['energy-since-load', ['energy.total_energy_consumption']],
];

function readGpu(number: string, gpu: Node): DeviceReading {
  const address = normalisePciAddress(textOf(gpu, 'bus.bdf', 'bdf') ?? '');
  const sheet = openSheet('gpu', address ?? `amd-smi:${number}`, 'host');
  sheet.fact('pci-address', address);
  sheet.fact('maker', amdMaker);
  const model = textOf(gpu, 'asic.market_name', 'board.product_name');
  sheet.fact('model', model);
  if (model === undefined) sheet.problem('absent', 'model is not known: amd-smi gives no name of the card.', 'model');
  const id = amdId(textOf(gpu, 'asic.device_id'), textOf(gpu, 'asic.vendor_id'));
  sheet.fact('pci-device-id', id);
  noteSubsystem(sheet, gpu);
  noteChipNumber(sheet, textOf(gpu, 'asic.asic_serial') ?? words(at(gpu, 'asic.asic_serial')));
  noteBoard(sheet, gpu);
  for (const [fact, places] of texts) sheet.fact(fact, textOf(gpu, ...places));
  for (const [fact, places] of quantities) sheet.fact(fact, quantityOf(gpu, ...places));
  for (const [fact, generation, places] of [
    ['pci-speed', 'pci-generation', ['pcie.speed']],
    ['pci-speed-max', 'pci-generation-max', ['bus.max_pcie_speed', 'pcie.max_speed']],
  ] as const) {
    const speed = quantityOf(gpu, ...places);
    // A plain number is in GT/s or, from some versions, in MT/s.
    const transfers = speed === undefined || speed >= 1e9 ? speed : speed * (speed > 1000 ? 1e6 : 1e9);
    sheet.fact(fact, transfers);
    if (transfers !== undefined) sheet.fact(generation, generationOfSpeed(transfers));
  }
  return sheet.read(model ?? `AMD GPU ${id ?? number}`);
}

const words = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** amd-smi has been seen to give the two halves in either order: the vendor is the half that names a board maker. */
function noteSubsystem(sheet: Sheet, gpu: Node): void {
  const [vendor, device] = [textOf(gpu, 'asic.subvendor_id'), textOf(gpu, 'asic.subsystem_id')];
  const pair = amdId(device, vendor);
  const swapped = amdId(vendor, device);
  if (pair === undefined || swapped === undefined || /^0000:0000$/.test(pair)) return;
  sheet.fact('pci-subsystem-id', swapped.startsWith('1002:') && !pair.startsWith('1002:') ? swapped : pair);
}

function noteBoard(sheet: Sheet, gpu: Node): void {
  const [serial, part] = [textOf(gpu, 'board.product_serial'), textOf(gpu, 'board.model_number')];
  sheet.fact('part-number', part);
  if (serial === undefined) return;
  sheet.fact('serial', serial);
  if (part !== undefined) sheet.identify('part-and-serial', `amd:${part}:${serial}`);
}
