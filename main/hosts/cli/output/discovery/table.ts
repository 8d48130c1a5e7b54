/** The inventory as a person reads it: one row for each asset, what is wrong with it below, who answered at the end. */
import type { Asset } from '#domain/asset.ts';
import type { Discovery } from '#domain/discovery.ts';
import { plain, type Style, styled, type Terminal } from '../terminal.ts';
import { keyFacts } from './key-facts.ts';
import { cut, pad, wrap } from './text.ts';

const marks: Record<Asset['state'], { mark: string; word: string; style: Style }> = {
  ready: { mark: '✓', word: 'ready', style: 'green' },
  'needs-attention': { mark: '!', word: 'needs attention', style: 'yellow' },
  'cannot-be-onboarded': { mark: '✗', word: 'cannot onboard', style: 'red' },
};

interface Columns {
  id: number;
  name: number;
  state: number;
  facts: number;
  /** 0: it has no column and goes below the name. */
  identity: number;
}

/** At 80 columns the identity goes below the name; from 110 on it has a column of its own. */
function columnsOf({ columns }: Terminal, assets: readonly Asset[]): Columns {
  const id = Math.max(5, ...assets.map((asset) => asset.id.length));
  const state = 17;
  const rest = columns - id - state - 4;
  if (columns < 110) {
    const name = Math.min(Math.max(20, ...assets.map(({ name }) => plain(name).length)), Math.floor(rest * 0.5));
    return { id, name, state, facts: rest - name - 2, identity: 0 };
  }
  const identity = 22;
  const name = Math.min(Math.max(20, ...assets.map(({ name }) => plain(name).length)), 32);
  return { id, name, state, facts: rest - name - identity - 4, identity };
}

export function printDiscovery(terminal: Terminal, inventory: Discovery): void {
  const { assets, practice, probes } = inventory;
  if (practice !== null) {
    terminal.print(styled(terminal, 'yellow', 'PRACTICE: a recorded machine, stands for no hardware'));
    terminal.print('');
  }
  const columns = columnsOf(terminal, assets);
  if (assets.length > 0) terminal.print(styled(terminal, 'dim', header(columns)));
  for (const asset of assets) printAsset(terminal, asset, columns);
  if (!assets.some(({ kind }) => kind === 'gpu' || kind === 'accelerator')) terminal.print('No GPU found.');
  terminal.print('');
  printProbes(terminal, probes);
  terminal.print('');
  for (const line of wrap(summary(inventory), terminal.columns)) terminal.print(line);
}

function header({ id, name, state, facts, identity }: Columns): string {
  const cells = [pad('asset', id), pad('name', name), pad('state', state), pad('facts', facts)];
  if (identity > 0) cells.push('identity');
  return cells.join('  ').trimEnd();
}

function printAsset(terminal: Terminal, asset: Asset, columns: Columns): void {
  const { mark, word, style } = marks[asset.state];
  const cells = [
    styled(terminal, 'bold', pad(asset.id, columns.id)),
    pad(cut(plain(asset.name), columns.name), columns.name),
    styled(terminal, style, pad(`${mark} ${word}`, columns.state)),
    pad(cut(keyFacts(asset), columns.facts), columns.facts),
  ];
  if (columns.identity > 0) cells.push(cut(identityOf(asset), columns.identity));
  terminal.print(cells.join('  ').trimEnd());
  const indent = ' '.repeat(columns.id + 2);
  const width = terminal.columns - indent.length;
  if (columns.identity === 0) terminal.print(indent + styled(terminal, 'dim', cut(identityOf(asset), width)));
  terminal.print(indent + styled(terminal, 'dim', cut(witnessesOf(asset), width)));
  for (const { sentence, mend, weight } of asset.reasons) {
    const sign = styled(terminal, weight === 'refuse' ? 'red' : 'yellow', weight === 'refuse' ? '✗' : '!');
    const [line, ...more] = wrap(plain(sentence), width - 2);
    terminal.print(`${indent}${sign} ${line ?? ''}`);
    for (const each of more) terminal.print(`${indent}  ${each}`);
    if (mend === undefined) continue;
    const [step, ...steps] = wrap(plain(mend), width - 4);
    terminal.print(`${indent}  → ${step ?? ''}`);
    for (const each of steps) terminal.print(`${indent}    ${each}`);
  }
}

function identityOf({ identity, locator }: Asset): string {
  if (identity === undefined) return `no identity, at ${plain(locator)}`;
  return `${plain(identity.value)} (${identity.scheme})`;
}

function witnessesOf({ verification, sources, disagreements }: Asset): string {
  const said = sources.map(plain).join(', ');
  if (verification === 'contradicted') {
    const on = disagreements.map(({ name }) => name).join(', ');
    return `contradicted${on === '' ? '' : ` on ${on}`}: ${said}`;
  }
  return verification === 'corroborated' ? `corroborated: ${said}` : `unverified: ${said}`;
}

/** Those that answered or failed have a line each; those that are not here are named in one. */
function printProbes(terminal: Terminal, probes: Discovery['probes']): void {
  const told = probes.filter(({ outcome }) => outcome !== 'absent');
  const width = Math.min(36, Math.max(0, ...told.map(({ probe }) => probe.length)));
  for (const { probe, outcome, elapsedMs, sentence } of told) {
    const mark = outcome === 'present' ? styled(terminal, 'green', '✓') : styled(terminal, 'yellow', '!');
    const head = `${pad(cut(plain(probe), width), width)}  ${pad(outcome, 8)} ${String(elapsedMs).padStart(5)} ms`;
    terminal.print(`${mark} ${head}`);
    for (const line of sentence === undefined ? [] : wrap(plain(sentence), terminal.columns - 4))
      terminal.print(`    ${line}`);
  }
  const absent = probes.filter(({ outcome }) => outcome === 'absent').map(({ probe }) => plain(probe));
  const [line, ...more] = absent.length === 0 ? [] : wrap(`not here: ${absent.join(', ')}`, terminal.columns - 2);
  if (line !== undefined) terminal.print(`· ${line}`);
  for (const each of more) terminal.print(`  ${each}`);
}

function summary({ assets, practice, parts, findings }: Discovery): string {
  const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? '' : 's'}`;
  const of = (state: Asset['state']) => assets.filter((asset) => asset.state === state).length;
  const states = [
    [of('ready'), 'ready'],
    [of('needs-attention'), 'in need of attention'],
    [of('cannot-be-onboarded'), 'that cannot be onboarded'],
  ] as const;
  const listed = states.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const tokenizable = assets.filter((asset) => asset.tokenizable).length;
  const worth = practice === null ? `; ${tokenizable} with an identity that a network with money on it takes` : '';
  const first = assets.find(({ kind }) => kind !== 'host') ?? assets[0];
  const hint =
    first === undefined ? '' : ` Every fact of one with its sources: gaib-onboard discover --explain ${first.id}`;
  return `${count(assets.length, 'asset')}: ${listed.join(', ') || 'none'}${worth}. ${count(parts.length, 'part')}, ${count(findings.length, 'finding')}.${hint}`;
}
