/**
 * A run as it goes, on standard error: one line for each step, its figures below, progress in place on a terminal. Long
 * hashes are shortened here; the receipt has them whole.
 */
import { grouped, shortened } from '#domain/number-format.ts';
import type { RunEvent, StepRecord } from '#domain/run.ts';
import { stepTitles } from '#domain/step.ts';
import { plain, styled, type Terminal } from './terminal.ts';

export interface RunPrinter {
  show(event: RunEvent): void;
  /** Clears a half-written progress line. */
  end(): void;
}

export function runPrinter(terminal: Terminal): RunPrinter {
  let onLine = false;
  const shown = new Map<string, string>();
  const clear = () => {
    if (onLine) process.stderr.write('\r\u001b[2K');
    onLine = false;
  };
  return {
    show(event) {
      if (event.type === 'step') {
        if (shown.get(event.step.name) === event.step.state) return;
        shown.set(event.step.name, event.step.state);
        clear();
        showStep(terminal, event.step);
      } else if (event.type === 'progress' && terminal.colours) {
        const share = event.fraction === undefined ? '' : ` ${Math.round(event.fraction * 100)} %`;
        process.stderr.write(
          `\r\u001b[2K${styled(terminal, 'dim', `  … ${plain(event.sentence)}${share}`.slice(0, 110))}`,
        );
        onLine = true;
      } else if (event.type === 'warning') {
        clear();
        terminal.say(`  ${styled(terminal, 'yellow', '!')} ${plain(event.sentence)}`);
      }
    },
    end: clear,
  };
}

const nameWidth = 34;
const labelWidth = 20;

function showStep(terminal: Terminal, step: StepRecord): void {
  const title = stepTitles[step.name];
  if (step.state === 'done') {
    const time = step.elapsedMs === undefined ? '' : styled(terminal, 'dim', seconds(step.elapsedMs));
    terminal.say(`${styled(terminal, 'green', '✓')} ${styled(terminal, 'bold', title.padEnd(nameWidth))} ${time}`);
    const figures = step.figures.map(({ label, value }) => [plain(label), plain(shortened(value))] as const);
    const transactions = step.transactions.map(
      ({ purpose, hash, gasUsed, state }) =>
        [
          `tx ${purpose}`,
          `${shortened(hash)}  ${state}${gasUsed === undefined ? '' : `, ${grouped(gasUsed)} gas`}`,
        ] as const,
    );
    const width = Math.max(labelWidth, ...[...figures, ...transactions].map(([label]) => label.length));
    for (const [label, value] of figures) terminal.say(`    ${label.padEnd(width)}  ${value}`);
    for (const [label, value] of transactions)
      terminal.say(styled(terminal, 'dim', `    ${label.padEnd(width)}  ${value}`));
  } else if (step.state === 'failed') {
    terminal.say(`${styled(terminal, 'red', '✗')} ${styled(terminal, 'bold', title)}`);
  } else if (step.state === 'running' && terminal.colours) {
    terminal.say(styled(terminal, 'dim', `· ${title}`));
  }
}

function seconds(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
