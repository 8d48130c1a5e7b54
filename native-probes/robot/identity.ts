/**
 * How a robot is named: `<maker>:<product code>:<serial>` where its maker gave it a product code, and
 * `<maker>:<model>:<serial>` beside it. A serial number is one maker's only, so without a maker there is no name.
 */
import { isPlaceholder } from '../placeholder.ts';
import { printable } from '../printable.ts';
import type { Sheet } from '../sheet.ts';

export interface RobotNames {
  maker?: string | undefined;
  /** The maker's order number. */
  productCode?: string | undefined;
  model?: string | undefined;
  serial?: string | undefined;
}

/** Legal forms at the end of a company's name; sources of one robot differ in whether they write them. */
const legalForm =
  /[\s,]+(?:a\/s|ab|ag|b\.?v\.?|co\.?(?:,? ?ltd\.?)?|corp(?:\.|oration)?|gmbh(?: ?& ?co\.? ?kg)?|inc(?:\.|orporated)?|llc|ltd\.?|limited|oy|s\.?a\.?|s\.?p\.?a\.?|s\.?r\.?l\.?|se)$/i;

/** The maker's name as it stands in identities: lower case, without its legal form. */
export function makerKey(maker: string): string {
  const name = printable(maker).replace(legalForm, '').trim();
  return (name === '' ? printable(maker) : name).toLowerCase().replaceAll(':', ' ');
}

const nameless = 'this robot has no name to be registered by.';

/** Puts the names on the sheet, or the sentence that says why this robot has none. */
export function identifyRobot(sheet: Sheet, names: RobotNames): void {
  const pair = makerAndSerial(sheet, names);
  if (pair === undefined) return;
  const { productCode, model } = names;
  if (isNamed(productCode)) sheet.identify('part-and-serial', `${pair.maker}:${part(productCode)}:${pair.serial}`);
  if (isNamed(model)) sheet.identify('thing-serial', `${pair.maker}:${part(model)}:${pair.serial}`);
  if (isNamed(productCode) || isNamed(model)) return;
  sheet.problem(
    'absent',
    `The source gives neither a model nor a product code, and a maker may use one serial number for two models: ${nameless}`,
    'model',
  );
}

/**
 * For protocols whose standard says that maker and serial number alone name one robot: `<maker>::<serial>`. The model
 * stays out of the name even where it is known, since one that is told later would change it.
 */
export function identifyBySerial(sheet: Sheet, names: RobotNames): void {
  const pair = makerAndSerial(sheet, names);
  if (pair !== undefined) sheet.identify('thing-serial', `${pair.maker}::${pair.serial}`);
}

function makerAndSerial(sheet: Sheet, { maker, serial }: RobotNames): { maker: string; serial: string } | undefined {
  if (!isNamed(serial)) {
    const empty = serial === undefined || printable(serial) === '';
    const given = empty ? 'no serial number' : `"${printable(serial ?? '', 60)}" as its serial number`;
    const code = empty ? 'absent' : 'placeholder';
    sheet.problem(code, `The source gives ${given}: ${nameless}`, 'serial', serial);
    return undefined;
  }
  if (!isNamed(maker)) {
    sheet.problem('absent', `The source names no maker, and a serial number is one maker's only: ${nameless}`, 'maker');
    return undefined;
  }
  return { maker: makerKey(maker), serial: part(serial) };
}

/** `KUKA KR 10 R1100-2`, without saying the maker twice. */
export function robotName({ maker, productCode, model }: RobotNames, otherwise: string): string {
  const by = isNamed(maker) ? printable(maker) : '';
  const what = isNamed(model) ? printable(model) : isNamed(productCode) ? printable(productCode) : '';
  if (what === '') return by || otherwise;
  return by === '' || what.toLowerCase().startsWith(by.toLowerCase()) ? what : `${by} ${what}`;
}

/** Longer texts are no names; cut off, two of them could become one. */
const longest = 80;

function isNamed(text: string | undefined): text is string {
  return text !== undefined && !isPlaceholder(text) && printable(text, longest + 1).length <= longest;
}

/** The colon parts a name, so none may stand in what it parts. */
function part(text: string): string {
  return printable(text).replaceAll(':', '-');
}
