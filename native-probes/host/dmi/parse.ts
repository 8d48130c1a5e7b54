/** What each file of /sys/class/dmi/id means, and what its text is worth. Pure: text in, sheet out. */

import type { IdentityScheme } from '../../contract.ts';
import { isPlaceholder, isPlaceholderUuid } from '../../placeholder.ts';
import { printable } from '../../printable.ts';
import type { Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';

export interface DmiField {
  file: string;
  fact: FactName;
  identity?: IdentityScheme;
}

/** In the order of the kernel's own list; those with an identity are readable by root only. */
export const dmiFields: readonly DmiField[] = [
  { file: 'sys_vendor', fact: 'maker' },
  { file: 'product_name', fact: 'model' },
  { file: 'product_sku', fact: 'part-number' },
  { file: 'product_uuid', fact: 'uuid', identity: 'system-uuid' },
  { file: 'product_serial', fact: 'serial', identity: 'system-serial' },
  { file: 'board_vendor', fact: 'board-maker' },
  { file: 'board_name', fact: 'board-model' },
  { file: 'board_serial', fact: 'board-serial', identity: 'board-serial' },
  { file: 'chassis_serial', fact: 'chassis-serial' },
  { file: 'chassis_type', fact: 'chassis-type' },
  { file: 'bios_vendor', fact: 'firmware-maker' },
  { file: 'bios_version', fact: 'firmware-version' },
  { file: 'bios_date', fact: 'firmware-date' },
];

/** SMBIOS 3.7, table 17: the enclosure types an owner of AI hardware can meet. */
const chassisTypes: Record<string, string> = {
  1: 'other',
  2: 'unknown',
  3: 'desktop',
  4: 'low-profile desktop',
  6: 'mini tower',
  7: 'tower',
  8: 'portable',
  9: 'laptop',
  10: 'notebook',
  13: 'all in one',
  17: 'main server chassis',
  22: 'RAID chassis',
  23: 'rack mount chassis',
  24: 'sealed-case PC',
  25: 'multi-system chassis',
  28: 'blade',
  29: 'blade enclosure',
  35: 'mini PC',
  36: 'stick PC',
};

const serialFacts = new Set<FactName>(['serial', 'board-serial', 'chassis-serial', 'uuid']);

/** Who made the machine and who its board, where the tables say. */
export interface Makers {
  system?: string;
  board?: string;
}

/** The makers among the texts by file name; a placeholder is nobody. */
export function makersOf(textOf: (file: string) => string | undefined): Makers {
  const [system, board] = [textOf('sys_vendor'), textOf('board_vendor')];
  const makers: Makers = {};
  if (system !== undefined && !isPlaceholder(system)) makers.system = system.trim();
  if (board !== undefined && !isPlaceholder(board)) makers.board = board.trim();
  return makers;
}

/** Puts one file's text on the sheet: a fact, an identity, or the sentence that says why not. */
export function noteDmiField(sheet: Sheet, field: DmiField, text: string, makers: Makers): void {
  const value = printable(text);
  const empty = field.fact === 'uuid' ? isPlaceholderUuid(value) : isPlaceholder(value);
  if (empty) {
    const shown = value === '' ? 'empty' : `"${value}"`;
    const sentence = serialFacts.has(field.fact)
      ? `${field.file} is ${shown}: the maker of this machine left it without a number, so it identifies nothing.`
      : `${field.file} is ${shown}: the maker of this machine did not fill it in.`;
    sheet.problem('placeholder', sentence, field.fact, value);
    return;
  }
  if (field.fact === 'chassis-type') {
    sheet.fact('chassis-type', chassisTypes[value] ?? `type ${value}`, value);
    return;
  }
  const fact = field.fact === 'uuid' ? value.toLowerCase() : value;
  sheet.fact(field.fact, fact, text);
  if (field.identity) {
    // A serial number is one maker's: two makers may use the same. A UUID needs nobody beside it.
    const maker = field.identity === 'board-serial' ? (makers.board ?? makers.system) : makers.system;
    const prefix = field.identity === 'system-uuid' ? '' : `${(maker ?? '').toLowerCase()}:`;
    sheet.identify(field.identity, `${prefix}${fact}`);
  }
}
