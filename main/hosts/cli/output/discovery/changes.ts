/** What changed since the last scan, one line each. */
import type { Change } from '#domain/discovery.ts';
import { plain, type Style, styled, type Terminal } from '../terminal.ts';
import { wrap } from './text.ts';

const signs: Record<Change['kind'], { sign: string; style: Style }> = {
  appeared: { sign: '+', style: 'green' },
  vanished: { sign: '-', style: 'red' },
  state: { sign: '~', style: 'yellow' },
  reason: { sign: '!', style: 'yellow' },
  mended: { sign: '✓', style: 'green' },
  fact: { sign: '~', style: 'cyan' },
  'source-gained': { sign: '+', style: 'dim' },
  'source-lost': { sign: '-', style: 'dim' },
};

export function printChanges(terminal: Terminal, at: string, changes: readonly Change[]): void {
  for (const { kind, asset, name, sentence } of changes) {
    const { sign, style } = signs[kind];
    const head = `${at.slice(11, 19)} ${sign} ${asset}`;
    const lines = wrap(`${plain(name)}: ${plain(sentence)}`, terminal.columns - head.length - 1);
    terminal.print(`${styled(terminal, style, head)} ${lines[0] ?? ''}`);
    for (const line of lines.slice(1)) terminal.print(' '.repeat(head.length + 1) + line);
  }
}
