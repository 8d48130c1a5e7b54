/**
 * What `xpu-smi discovery` says, as JSON or as its table. Both name the same things: the table by a label, the JSON by a
 * key, with memory in bytes.
 */
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { joinPciId, normalisePciAddress } from '../../pci-address.ts';
import { isPlaceholder, isPlaceholderUuid } from '../../placeholder.ts';
import { openSheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';

/** Text that is no answer of xpu-smi, with the sentence that says why. */
export class NotXpuSmi extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotXpuSmi';
  }
}

const maxCharacters = 1_048_576;

/** Values by the keys of the JSON. */
export type Xpu = ReadonlyMap<string, string>;

const labels: Record<string, string> = {
  'device name': 'device_name',
  'vendor name': 'vendor_name',
  uuid: 'uuid',
  'serial number': 'serial_number',
  'core clock rate': 'core_clock_rate_mhz',
  'driver version': 'driver_version',
  'kernel version': 'kernel_version',
  'gfx firmware version': 'gfx_firmware_version',
  'firmware version': 'gfx_firmware_version',
  'pci bdf address': 'pci_bdf_address',
  'pcie generation': 'pcie_generation',
  'pcie max link width': 'pcie_max_link_width',
  'memory physical size': 'memory_physical_size_byte',
  'ecc state': 'memory_ecc_state',
  'memory bus width': 'memory_bus_width',
  'number of eus': 'number_of_eus',
  'number of tiles': 'number_of_tiles',
  'function type': 'device_function_type',
};

/** `xpu-smi discovery -j`, or `-d N -j`; throws `NotXpuSmi`. */
export function parseXpuJson(text: string): Xpu[] {
  if (text.length > maxCharacters) throw new NotXpuSmi(`the text is longer than ${maxCharacters} characters`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new NotXpuSmi('it is no well-formed JSON');
  }
  const list = isRecord(parsed) && Array.isArray(parsed.device_list) ? parsed.device_list : [parsed];
  const found = list.filter(isRecord).filter((device) => typeof device.pci_bdf_address === 'string');
  if (found.length === 0) throw new NotXpuSmi('it lists no device');
  return found.map(
    (device) =>
      new Map(
        Object.entries(device).flatMap(([key, value]): [string, string][] =>
          typeof value === 'string' || typeof value === 'number' ? [[key, String(value).trim()]] : [],
        ),
      ),
  );
}

/** The tables of `xpu-smi discovery` in a text, which may hold other outputs too; throws `NotXpuSmi`. */
export function parseXpuTable(text: string): Xpu[] {
  if (text.length > maxCharacters) throw new NotXpuSmi(`the text is longer than ${maxCharacters} characters`);
  const devices: Map<string, string>[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\| Device ID \| Device Information/.test(line)) inside = true;
    const match = /^\| (\d{1,3}| {1,12})\s*\| ([A-Za-z][\w ]{1,40}): (.*?)\s*\|$/.exec(line.slice(0, 256));
    if (!match || !inside) {
      // A rule or a heading of another table: what follows is no device.
      if (!line.startsWith('|') && !line.startsWith('+')) inside = false;
      continue;
    }
    if (match[1]?.trim() !== '') devices.push(new Map());
    const key = labels[(match[2] ?? '').toLowerCase()];
    const device = devices.at(-1);
    if (key === undefined || device === undefined || device.has(key)) continue;
    device.set(key, inBytes(key, match[3] ?? ''));
  }
  const found = devices.filter((device) => device.has('pci_bdf_address'));
  if (found.length === 0) throw new NotXpuSmi('it holds no table of a device');
  return found;
}

function inBytes(key: string, value: string): string {
  const mebibytes = /^([\d.]{1,15}) MiB$/.exec(value)?.[1];
  if (key === 'memory_physical_size_byte' && mebibytes !== undefined)
    return String(Math.round(Number(mebibytes) * 1_048_576));
  return value.replace(/ MHz$/, '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same device in several outputs is one: the short list first, its details after it. */
export function readXpuSmi(devices: readonly Xpu[]): ProbeAnswer {
  const byAddress = new Map<string, Map<string, string>>();
  for (const device of devices) {
    const address = device.get('pci_bdf_address') ?? '';
    byAddress.set(address, new Map([...(byAddress.get(address) ?? []), ...device]));
  }
  const readings = [...byAddress.values()]
    .filter((device) => !/virtual/i.test(device.get('device_function_type') ?? ''))
    .map(readDevice);
  return { outcome: 'present', devices: readings, problems: [] };
}

const numbers: readonly (readonly [fact: FactName, scale: number, key: string])[] = [
  ['memory-total', 1, 'memory_physical_size_byte'],
  ['memory-bus-width', 1, 'memory_bus_width'],
  ['clock-graphics-max', 1e6, 'core_clock_rate_mhz'],
  ['pci-generation-max', 1, 'pcie_generation'],
  ['pci-width-max', 1, 'pcie_max_link_width'],
  ['execution-units', 1, 'number_of_eus'],
  ['tiles', 1, 'number_of_tiles'],
];

function readDevice(device: Xpu): DeviceReading {
  const address = normalisePciAddress(device.get('pci_bdf_address') ?? '');
  const sheet = openSheet('gpu', address ?? 'xpu-smi', 'host');
  sheet.fact('pci-address', address);
  sheet.fact('maker', 'Intel Corporation');
  const name = device.get('device_name');
  const model = name === undefined || isPlaceholder(name) ? undefined : name;
  sheet.fact('model', model);
  const id = device.get('pci_device_id')?.replace(/^0x/i, '').padStart(4, '0');
  sheet.fact('pci-device-id', id === undefined ? undefined : joinPciId('8086', id));
  const uuid = device.get('uuid');
  // Intel builds it from device and vendor: every card of a model has the same one.
  if (uuid !== undefined && isPlaceholderUuid(uuid))
    sheet.problem(
      'placeholder',
      `uuid is "${uuid}", which is made of the ids of the model and names nothing.`,
      'uuid',
      uuid,
    );
  else if (uuid !== undefined) sheet.fact('uuid', uuid);
  const serial = device.get('serial_number');
  if (serial === undefined || isPlaceholder(serial)) {
    const shown = serial === undefined ? 'missing' : `"${serial}"`;
    sheet.problem(
      serial === undefined ? 'absent' : 'placeholder',
      `serial is ${shown}, which names nothing.`,
      'serial',
      serial,
    );
  } else {
    sheet.fact('serial', serial);
    if (model !== undefined) sheet.identify('part-and-serial', `intel:${model.toLowerCase()}:${serial}`);
  }
  for (const [fact, scale, key] of numbers) {
    const text = device.get(key);
    if (text !== undefined && /^\d{1,20}(?:\.\d{1,6})?$/.test(text)) sheet.fact(fact, Number(text) * scale, text);
  }
  const ecc = device.get('memory_ecc_state')?.toLowerCase();
  if (ecc !== undefined)
    sheet.fact('ecc', ecc === 'enabled' || ecc === '1' ? true : ecc === 'disabled' || ecc === '0' ? false : undefined);
  for (const [fact, key] of [
    ['driver-version', 'driver_version'],
    ['vbios', 'gfx_firmware_version'],
  ] as const) {
    const text = device.get(key);
    if (text !== undefined && !isPlaceholder(text)) sheet.fact(fact, text);
  }
  return sheet.read(model ?? 'Intel GPU');
}
