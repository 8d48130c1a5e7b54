/** `gaib-onboard doctor`: what a run needs, looked at before it is started, with the mend for each. */
import { Command } from 'commander';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { homeOption, jsonOption, programOptions, type SharedOptions, withManual } from '../options.ts';
import { plain, processTerminal, styled } from '../output/terminal.ts';

export function doctorCommand(moduleUrl: string): Command {
  const command = new Command('doctor')
    .summary('look at what a run needs, and say the mend')
    .description(
      'Looks at program, clock, disk, locks, keys, chain, drivers and permissions. Changes nothing. Ends with 1 where a run\n' +
        'would stop; what only costs some facts is a warning.',
    )
    .addOption(jsonOption())
    .addOption(homeOption());
  withManual(command, [['gaib-onboard doctor', 'before the first run']], ['internal.unexpected']);
  return command.action(async (options: SharedOptions) => {
    const terminal = processTerminal(process.env);
    const program = openProgram(programOptions(options, process.env, moduleUrl));
    try {
      const checks = await localApi(program.context).doctor.examine.query();
      if (options.json === true) terminal.print(JSON.stringify({ checks }, null, 2));
      else {
        const marks = {
          good: styled(terminal, 'green', '✓'),
          warn: styled(terminal, 'yellow', '!'),
          bad: styled(terminal, 'red', '✗'),
        };
        const width = Math.max(...checks.map(({ what }) => what.length));
        for (const { level, what, found, mend } of checks) {
          terminal.print(`${marks[level]} ${what.padEnd(width)}  ${plain(found)}`);
          if (mend !== undefined) terminal.print(`  ${' '.repeat(width)}  ${styled(terminal, 'dim', mend)}`);
        }
      }
      if (checks.some(({ level }) => level === 'bad')) process.exitCode = 1;
    } finally {
      await program.close();
    }
  });
}
