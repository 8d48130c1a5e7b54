/** The text of one fact in nvidia-smi's output, or the problem that stands in its place. */
import type { Problem } from '../../contract.ts';
import { isGarbled } from '../../printable.ts';
import type { Sheet } from '../../sheet.ts';
import type { FactName } from '../../vocabulary.ts';
import { type Tree, textAt } from './tree.ts';
import { absenceOf } from './words.ts';

/** Where a fact has been seen, newest output first. */
export type Places = readonly string[];

/**
 * The text at the first place that holds a value. Where every place holds a word for "no value", the first such word
 * becomes a problem; where no place exists, the output of this driver has no such line and nothing is said.
 */
export function value(sheet: Sheet, tree: Tree, fact: FactName, places: Places): string | undefined {
  let first: { text: string; code: Problem['code']; because: string } | undefined;
  for (const place of places) {
    const text = textAt(tree, place);
    if (text === undefined) continue;
    const absence = absenceOf(text);
    if (!absence) {
      if (!isGarbled(text)) return text;
      sheet.problem('nonsense', `${fact} is no readable text: nvidia-smi printed bytes that are no UTF-8.`, fact, text);
      return undefined;
    }
    first ??= { text, ...absence };
  }
  if (first) sheet.problem(first.code, `${fact} is not known: ${first.because}.`, fact, first.text);
  return undefined;
}
