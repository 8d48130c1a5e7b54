/**
 * What all sources of AMD GPUs share: their ids, the 64-bit number of the chip, and that one chip can show itself as
 * several devices (compute partitions), which are a state of it and never GPUs of their own.
 */
import type { DeviceReading } from '../contract.ts';
import { isPlaceholder } from '../placeholder.ts';
import type { Sheet } from '../sheet.ts';

export const amdMaker = 'Advanced Micro Devices, Inc. [AMD/ATI]';

/** `0x02f048617326b1ea` of `0x2f048617326b1ea`, `2f048617326b1ea` or `0X02F048617326B1EA`; nothing for no number. */
export function chipNumber(text: string | undefined): string | undefined {
  const digits = /^(?:0x)?([0-9a-f]{4,16})$/i.exec(text?.trim() ?? '')?.[1];
  return digits === undefined || isPlaceholder(digits) ? undefined : `0x${digits.toLowerCase().padStart(16, '0')}`;
}

/** The chip's own number is what tells it from every other one, wherever it is put. */
export function noteChipNumber(sheet: Sheet, text: string | undefined): void {
  const number = chipNumber(text);
  if (number === undefined) {
    const shown = text === undefined || text === '' ? 'missing' : `"${text}"`;
    const code = text === undefined || /^n\/?a$/i.test(text) ? 'absent' : 'placeholder';
    sheet.problem(
      code,
      `The number of the chip (unique id) is ${shown}, which names nothing.`,
      'device-identifier',
      text,
    );
    return;
  }
  sheet.fact('device-identifier', number, text);
  sheet.identify('gpu-uuid', `amd:${number}`);
}

/** `1002:738c` of `0x738c`, or of `0x1002` and `0x738c`. */
export function amdId(device: string | undefined, vendor = '1002'): string | undefined {
  const [high, low] = [vendor, device].map((part) => /^(?:0x)?([0-9a-f]{1,4})$/i.exec(part?.trim() ?? '')?.[1]);
  return high === undefined || low === undefined
    ? undefined
    : `${high.toLowerCase().padStart(4, '0')}:${low.toLowerCase().padStart(4, '0')}`;
}

/** Facts of one partition that are not the whole chip's. */
const ofPartition: ReadonlySet<string> = new Set(['memory-total', 'memory-used', 'multiprocessors', 'utilization']);

/** Devices of one chip number brought to one, with how many there are; what only its first part has is left out. */
export function joinPartitions(devices: readonly DeviceReading[]): DeviceReading[] {
  const chips = new Map<string, DeviceReading[]>();
  const joined: DeviceReading[] = [];
  for (const device of devices) {
    const number = device.observations.find(({ name }) => name === 'device-identifier')?.value;
    if (number === undefined) joined.push(device);
    else chips.set(String(number), [...(chips.get(String(number)) ?? []), device]);
  }
  for (const parts of chips.values()) {
    const [first] = parts;
    if (first === undefined) continue;
    if (parts.length === 1) {
      joined.push(first);
      continue;
    }
    const sentence = `${first.name} at ${first.locator} shows itself as ${parts.length} devices: they are parts of one GPU, and only the whole is one.`;
    joined.push({
      ...first,
      observations: [
        ...first.observations.filter(({ name }) => !ofPartition.has(name)),
        { name: 'partitions', value: parts.length, unit: '1', trust: 'host' },
      ],
      problems: [...first.problems, { code: 'unsupported', field: 'partitions', sentence }],
    });
  }
  return joined.sort((a, b) => (a.locator < b.locator ? -1 : a.locator > b.locator ? 1 : 0));
}
