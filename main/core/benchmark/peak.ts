/** What the maker says a model can do at most, and what part of it was reached. */

/** A row of the table of accelerators, as far as it is read here. */
export interface AcceleratorRow {
  vendor: string;
  model: string;
  names: readonly string[];
  /** `10de:2335`, lower case. */
  pciDeviceIds: readonly string[];
  /** What the list of PCI ids calls them; `GA107GL [A2 / A16]` says that products share an id. */
  pciIdsNames?: readonly string[];
  /** Capacity as marketed, in GB. */
  vramGiB: number | null;
  /** 1e9 bytes a second. */
  memoryBandwidthGBs: number | null;
  pcieGen: number | null;
  sources: readonly string[];
}

export interface AcceleratorTable {
  accelerators: readonly AcceleratorRow[];
}

/** The device that a figure is of. */
export interface MeasuredDevice {
  name: string;
  pciId?: string;
  memoryBytes?: number;
}

export interface Peak {
  value: number;
  unit: string;
  fraction: number;
  source: string;
}

/** A driver keeps some of the memory that is marketed, and makers mean 10^9 or 2^30 as it suits them. */
const memoryTolerance = 0.12;

/**
 * The one row that a device is of: by its PCI id, and where several products share an id, by memory and name. Undefined
 * for a device that the table does not list, or cannot tell from another: that is "unlisted", never a fault.
 */
export function acceleratorOf(device: MeasuredDevice, table: AcceleratorTable): AcceleratorRow | undefined {
  const id = device.pciId?.toLowerCase();
  const byId = id === undefined ? [] : table.accelerators.filter(({ pciDeviceIds }) => pciDeviceIds.includes(id));
  const candidates = byId.length > 0 ? byId : table.accelerators.filter((row) => isNamed(row, device.name));
  const [only] = candidates;
  if (only === undefined) return undefined;
  if (candidates.length === 1)
    return byId.length === 0 || !sharesId(only) || isNamed(only, device.name) ? only : undefined;
  const fitting = candidates.filter((row) => fitsMemory(row, device.memoryBytes));
  if (fitting.length === 1) return fitting[0];
  const named = (fitting.length > 0 ? fitting : candidates).filter((row) => isNamed(row, device.name));
  return named.length === 1 ? named[0] : undefined;
}

/** The id belongs to other products too, which the table need not list. */
function sharesId({ pciIdsNames }: AcceleratorRow): boolean {
  return pciIdsNames?.some((name) => /\[[^\]]*\/[^\]]*\]/.test(name)) ?? false;
}

function isNamed({ vendor, names }: AcceleratorRow, name: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(vendor.toLowerCase(), '').replaceAll(/\s+/g, ' ').trim();
  return names.some((known) => plain(known) === plain(name));
}

function fitsMemory({ vramGiB }: AcceleratorRow, memoryBytes: number | undefined): boolean {
  if (vramGiB === null || memoryBytes === undefined) return false;
  return memoryBytes >= vramGiB * 1e9 * (1 - memoryTolerance) && memoryBytes <= vramGiB * 2 ** 30 * 1.01;
}

/** Bytes a second of sixteen lanes in one direction, after the line code. */
const pcieBytes: Readonly<Record<number, number>> = { 3: 15.754e9, 4: 31.508e9, 5: 63.015e9, 6: 121e9 };

/** Which published figure a benchmark is held against. */
const limits: Readonly<
  Record<string, (row: AcceleratorRow) => { value: number; unit: string; of: string } | undefined>
> = {
  'gpu-copy': ({ memoryBandwidthGBs }) =>
    memoryBandwidthGBs === null
      ? undefined
      : { value: memoryBandwidthGBs * 1e9, unit: 'By/s', of: 'published memory bandwidth' },
  'gpu-host-to-device': (row) => pcieLimit(row),
  'gpu-device-to-host': (row) => pcieLimit(row),
};

function pcieLimit({ pcieGen }: AcceleratorRow) {
  const value = pcieGen === null ? undefined : pcieBytes[pcieGen];
  return value === undefined ? undefined : { value, unit: 'By/s', of: `sixteen lanes of PCIe ${pcieGen}` };
}

/** The peak for a figure, where the table has one in the same unit. */
export function peakOf(
  figure: { id: string; unit: string; median?: number },
  device: MeasuredDevice,
  table: AcceleratorTable,
): Peak | undefined {
  if (figure.median === undefined) return undefined;
  const row = acceleratorOf(device, table);
  const limit = row === undefined ? undefined : limits[figure.id]?.(row);
  if (row === undefined || limit === undefined || limit.unit !== figure.unit) return undefined;
  const source = `accelerators.json, ${row.vendor} ${row.model}: ${limit.of} (${row.sources.join(', ')})`;
  return { value: limit.value, unit: limit.unit, fraction: figure.median / limit.value, source };
}

/** The results, each with its peak where one is known. */
export function withPeaks<Result extends { id: string; unit: string; subject: string; median?: number }>(
  results: readonly Result[],
  devices: readonly (MeasuredDevice & { locator: string })[],
  table: AcceleratorTable,
): (Result & { peak?: Peak })[] {
  return results.map((result) => {
    const device = devices.find(({ locator }) => locator === result.subject);
    const peak = device === undefined ? undefined : peakOf(result, device, table);
    return peak === undefined ? { ...result } : { ...result, peak };
  });
}
