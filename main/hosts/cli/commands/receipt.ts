/** `gaib-onboard receipt`: the receipt of the last finished run again. */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { fail } from '#domain/failures/failure.ts';
import type { Receipt } from '#domain/receipt.ts';
import { homeOption, jsonOption, programOptions, type SharedOptions, withManual } from '../options.ts';
import { receiptText } from '../output/receipt.ts';
import { processTerminal } from '../output/terminal.ts';

export function receiptCommand(moduleUrl: string): Command {
  const command = new Command('receipt')
    .summary('print the receipt of the last finished run')
    .description(
      'Prints the receipt as it was last read back from the chain. To check it anew, run verify on its manifest.',
    )
    .addOption(jsonOption())
    .addOption(homeOption());
  withManual(command, [['gaib-onboard receipt --json > receipt.json', 'the receipt as a document']], ['run.unknown']);
  return command.action(async (options: SharedOptions) => {
    const terminal = processTerminal(process.env);
    const prepared = programOptions(options, process.env, moduleUrl);
    const program = openProgram(prepared);
    try {
      const api = localApi(program.context);
      if (!existsSync(prepared.home.journal)) fail('run.unknown', { subject: 'that has finished' });
      const finished = (await api.runs.list.query()).find(({ finishedAt }) => finishedAt !== undefined);
      const receipt = finished && ((await api.runs.receipt.query({ run: finished.id })) as Receipt | null);
      if (!receipt) fail('run.unknown', { subject: 'that has finished' });
      terminal.print(options.json === true ? JSON.stringify(receipt, null, 2) : receiptText(receipt, terminal));
    } finally {
      await program.close();
    }
  });
}
