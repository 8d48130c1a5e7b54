/** `gaib-onboard sandbox`: the embedded chain of this home. */
import { existsSync, renameSync } from 'node:fs';
import { Command } from 'commander';
import { acquireLock } from '#adapters/store/lock.ts';
import { homeAt } from '#composition/home.ts';
import { homeOption, type SharedOptions, withManual } from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

export function sandboxCommand(): Command {
  const command = new Command('sandbox')
    .summary('look after the embedded chain')
    .description('The embedded chain keeps its state in the home folder and runs only while something needs it.');
  const reset = new Command('reset')
    .summary('start an empty chain next time; the old one is set aside')
    .description(
      'Sets the embedded chain aside under a dated name, so that the next run starts an empty one. Keys and journal stay.',
    )
    .addOption(homeOption());
  withManual(
    reset,
    [['gaib-onboard sandbox reset', 'the next onboard deploys everything anew']],
    ['run.locked', 'disk.denied'],
  );
  reset.action((options: SharedOptions) => {
    const terminal = processTerminal(process.env);
    const home = homeAt(options.home, process.env);
    const lock = acquireLock(home.lock, home.folder);
    try {
      if (!existsSync(home.sandbox)) return terminal.print('There is no embedded chain in this home.');
      const aside = `${home.sandbox}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
      renameSync(home.sandbox, aside);
      terminal.print(`Set aside as ${aside}.`);
    } finally {
      lock.release();
    }
  });
  return command.addCommand(reset);
}
