/** Everything that is known of one asset: names, checks, every fact with its sources, what is missing. */
import type { Asset } from '#domain/asset.ts';
import type { Discovery } from '#domain/discovery.ts';
import type { Fact } from '#domain/fact.ts';
import { formatFigure } from '#domain/number-format.ts';
import { plain, styled, type Terminal } from '../terminal.ts';
import { cut, pad, widthOf, wrap } from './text.ts';

/** The asset a person means: its short name, key, identity, serial number or place; the beginning is enough. */
export function findAsset({ assets }: Discovery, asked: string): Asset | undefined {
  const wanted = asked.trim().toLowerCase();
  const names = ({ id, key, locator, identity, otherNames, facts }: Asset) => [
    id,
    locator,
    ...(key === undefined ? [] : [key]),
    ...[...(identity === undefined ? [] : [identity]), ...otherNames].map(({ value }) => value),
    ...facts.filter(({ name }) => name === 'serial' || name === 'uuid').map(({ value }) => String(value)),
  ];
  const exact = assets.find((asset) => names(asset).some((name) => name.toLowerCase() === wanted));
  if (exact !== undefined) return exact;
  if (wanted.length < 4) return undefined;
  const beginning = assets.filter((asset) => names(asset).some((name) => name.toLowerCase().startsWith(wanted)));
  return beginning.length === 1 ? beginning[0] : undefined;
}

export function printExplanation(terminal: Terminal, asset: Asset, { practice }: Discovery): void {
  if (practice !== null)
    terminal.print(styled(terminal, 'yellow', 'PRACTICE: a recorded machine, stands for no hardware'));
  const { id, name, kind, locator, state, verification, parent, key, tokenizable } = asset;
  terminal.print(
    `${styled(terminal, 'bold', plain(name))}  ${styled(terminal, 'dim', `${id}, ${kind} at ${plain(locator)}`)}`,
  );
  rows(terminal, [
    ['state', state.replaceAll('-', ' ')],
    ['witnesses', verification],
    ['in', parent ?? 'nothing'],
    ['key', key ?? 'none: it has no name strong enough'],
    ['tokenizable', tokenizable ? 'yes' : 'no'],
    ...(asset.partition === undefined ? [] : [['partition', asset.partition.sentence] as const]),
  ]);
  section(terminal, 'Names, strongest first');
  const all = [...(asset.identity === undefined ? [] : [asset.identity]), ...asset.otherNames];
  rows(
    terminal,
    all.map(({ scheme, value, source, trust }) => [scheme, plain(value), `${source}, ${trust}`]),
  );
  if (all.length === 0) terminal.print('  none');
  if (asset.reasons.length > 0) {
    section(terminal, 'What stands against it');
    for (const { sentence, mend } of asset.reasons)
      paragraph(terminal, '!', `${sentence}${mend === undefined ? '' : ` ${mend}`}`);
  }
  section(terminal, 'Witnesses against each other');
  for (const { rule, verdict, sentence } of asset.checks)
    paragraph(terminal, verdict === 'agrees' ? '✓' : verdict === 'contradicts' ? '≠' : '·', `${rule}: ${sentence}`);
  if (asset.checks.length === 0) terminal.print('  nothing to compare: one source speaks of it');
  section(terminal, 'Facts');
  rows(terminal, factRows(asset.facts));
  if (asset.problems.length > 0) {
    section(terminal, 'Missing or not believed');
    for (const { subject, sentence } of asset.problems)
      paragraph(terminal, '·', `${sentence} (${subject.split(' ')[0]})`);
  }
}

/** One row for each thing said, with all who say it. */
function factRows(facts: readonly Fact[]): (readonly [name: string, value: string, sources: string])[] {
  const said = new Map<string, { name: string; value: string; sources: string[] }>();
  for (const { name, value, unit, source, trust } of facts) {
    const shown = valueText(value, unit);
    const row = said.get(`${name}\n${shown}`) ?? { name: plain(name), value: shown, sources: [] };
    const by = trust === 'host' ? source : `${source} (${trust})`;
    if (!row.sources.includes(by)) row.sources.push(by);
    said.set(`${name}\n${shown}`, row);
  }
  return [...said.values()].map(({ name, value, sources }) => [name, value, sources.join(', ')]);
}

function valueText(value: Fact['value'], unit: string | undefined): string {
  if (typeof value === 'number') return formatFigure(value, unit ?? '');
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : plain(value).trim();
}

function section(terminal: Terminal, title: string): void {
  terminal.print('');
  terminal.print(styled(terminal, 'bold', title));
}

function paragraph(terminal: Terminal, mark: string, text: string): void {
  const [line, ...more] = wrap(plain(text), terminal.columns - 4);
  terminal.print(`  ${mark} ${line ?? ''}`);
  for (const each of more) terminal.print(`    ${each}`);
}

/** Rows in columns: a value that is too long runs over, and its source goes to the next line. */
function rows(terminal: Terminal, entries: readonly (readonly [string, string, string?])[]): void {
  const nameWidth = Math.min(30, Math.max(0, ...entries.map(([name]) => widthOf(name))));
  const valueWidth = Math.min(34, Math.max(0, ...entries.map(([, value]) => widthOf(value))));
  for (const [name, value, source] of entries) {
    const head = `  ${pad(name, nameWidth)}  ${pad(value, valueWidth)}`;
    const room = terminal.columns - widthOf(head) - 2;
    if (source === undefined) terminal.print(head.trimEnd());
    else if (room >= Math.min(12, source.length))
      terminal.print(`${head}  ${styled(terminal, 'dim', cut(source, room))}`);
    else {
      terminal.print(head.trimEnd());
      terminal.print(`  ${' '.repeat(nameWidth)}  ${styled(terminal, 'dim', source)}`);
    }
  }
}
