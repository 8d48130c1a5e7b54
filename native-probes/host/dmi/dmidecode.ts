/** The text of dmidecode: a recording of the same tables, brought to the same fields. */
import type { ProbeAnswer } from '../../contract.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { openSheet } from '../../sheet.ts';
import { type DmiField, dmiFields, makersOf, noteDmiField } from './parse.ts';

/** DMI type, and its lines by the file of /sys/class/dmi/id that says the same. */
const lines: Record<string, Record<string, string>> = {
  '0': { Vendor: 'bios_vendor', Version: 'bios_version', 'Release Date': 'bios_date' },
  '1': {
    Manufacturer: 'sys_vendor',
    'Product Name': 'product_name',
    'SKU Number': 'product_sku',
    UUID: 'product_uuid',
    'Serial Number': 'product_serial',
  },
  '2': { Manufacturer: 'board_vendor', 'Product Name': 'board_name', 'Serial Number': 'board_serial' },
  '3': { 'Serial Number': 'chassis_serial', Type: 'chassis_type' },
};

export function readDmidecode(text: string): ProbeAnswer {
  const found = new Map<string, string>();
  let known: Record<string, string> | undefined;
  for (const line of text.split('\n')) {
    const type = /^Handle 0x[0-9A-F]{4}, DMI type (\d{1,3}),/.exec(line)?.[1];
    if (type !== undefined) {
      known = Object.hasOwn(lines, type) ? lines[type] : undefined;
      continue;
    }
    const match = /^(?:\t| {8})([A-Za-z][\w ]{0,40}): (.*)$/.exec(line);
    const file = match?.[1] !== undefined && known && Object.hasOwn(known, match[1]) ? known[match[1]] : undefined;
    // The first table of a type is the machine's; others are of parts of it (a blade's second board).
    if (file !== undefined && match?.[2] !== undefined && !found.has(file)) found.set(file, match[2].trim());
  }
  if (found.size === 0) {
    return {
      outcome: 'absent',
      sentence: 'The recording has no table of the machine itself.',
      devices: [],
      problems: [],
    };
  }
  const sheet = openSheet('host', 'host', 'host');
  const makers = makersOf((file) => found.get(file));
  for (const field of dmiFields) note(field, found.get(field.file));
  const model = named(found.get('product_name'));
  return {
    outcome: 'present',
    devices: [sheet.read([makers.system, model].filter(Boolean).join(' ') || 'recorded host')],
    problems: [],
  };

  function note(field: DmiField, text: string | undefined): void {
    if (text === undefined) return;
    // dmidecode says the type in words, the kernel its number.
    if (field.fact === 'chassis-type') sheet.fact('chassis-type', text.toLowerCase(), text);
    else noteDmiField(sheet, field, text, makers);
  }
}

function named(text: string | undefined): string | undefined {
  return text === undefined || isPlaceholder(text) ? undefined : text;
}
