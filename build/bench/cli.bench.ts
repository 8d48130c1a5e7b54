/** How long the command line takes to answer: the bundle that people start, a process each time. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench, Figures } from './bench.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const runs = 15;

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/** Milliseconds of one start, in a folder without a home. */
function timeOf(words: readonly string[]): number {
  const before = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - before;
}

function row(what: string, words: readonly string[]): Figures {
  timeOf(words);
  const times = Array.from({ length: runs }, () => timeOf(words));
  return { what, medianMs: median(times), leastMs: Math.min(...times), mostMs: Math.max(...times), runs };
}

export const bench: Bench = {
  what: 'start time of the command line: --help, --version, beside an empty Node',
  run: async () => {
    const program = at('bin/gaib-onboard.js');
    if (!existsSync(at('dist/gaib-onboard.js'))) throw new Error('The program is not built: npm run prepare');
    return {
      figures: [
        row('node, empty program', ['-e', '0']),
        row('--help', [program, '--help']),
        row('onboard --help', [program, 'onboard', '--help']),
        row('--version', [program, '--version']),
      ],
    };
  },
};
