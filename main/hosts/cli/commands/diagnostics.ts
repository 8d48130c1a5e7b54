/** `gaib-onboard diagnostics`: what a person needs to know to help, with every secret left out. */
import { Command } from 'commander';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { homeOption, programOptions, type SharedOptions, withManual } from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

export function diagnosticsCommand(moduleUrl: string): Command {
  const command = new Command('diagnostics')
    .summary('print what is needed to help, without any secret')
    .description(
      'Prints versions, disk space, the state of keys (addresses only), the last runs with their failures, and the end of the logs of chain and validators, as one JSON document. Keys, passphrases and signed transactions are never in it.',
    )
    .addOption(homeOption());
  withManual(
    command,
    [['gaib-onboard diagnostics > diagnostics.json', 'read it before you send it']],
    ['journal.broken'],
  );
  return command.action(async (options: SharedOptions) => {
    const program = openProgram(programOptions(options, process.env, moduleUrl));
    try {
      const gathered = await localApi(program.context).diagnostics.get.query();
      processTerminal(process.env).print(JSON.stringify(gathered, null, 2));
    } finally {
      await program.close();
    }
  });
}
