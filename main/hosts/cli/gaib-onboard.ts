/** The command line: reads the words, runs the command they name, and ends with the exit status of what went wrong. */
import { Command, CommanderError } from 'commander';
import { type Failure, FailureError, failure, failureOf } from '#domain/failures/failure.ts';
import { commands, rootCommand } from './commands.ts';
import { printFailure } from './output/failure.ts';
import { processTerminal } from './output/terminal.ts';

const moduleUrl = import.meta.url;

async function main(argv: readonly string[]): Promise<void> {
  const root = rootCommand();
  const asked = argv.find((word) => !word.startsWith('-'));
  for (const [name, summary, load] of commands) {
    const wanted = name === asked || (asked === 'help' && argv.includes(name));
    root.addCommand(wanted ? await load(moduleUrl) : new Command(name).summary(summary).description(summary));
  }
  for (const command of [root, ...root.commands, ...root.commands.flatMap((one) => one.commands)]) {
    command.exitOverride().configureOutput({ outputError: () => {} });
  }
  await root.parseAsync([...argv], { from: 'user' });
}

/** A failure as it was thrown: by us, by the API, or by the parser of the command line. */
async function behind(thrown: unknown): Promise<Failure | undefined> {
  if (thrown instanceof FailureError) return thrown.failure;
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return undefined;
    return failure('usage.invalid', { subject: thrown.message.replace(/^error: /, '').split('\n')[0] ?? 'it' });
  }
  if ((thrown as { name?: string }).name === 'TRPCClientError')
    return (await import('#api/client/api.ts')).failureFrom(thrown);
  return failureOf(thrown);
}

async function report(thrown: unknown): Promise<void> {
  const found = await behind(thrown);
  if (found === undefined) return;
  const terminal = processTerminal(process.env);
  if (process.argv.includes('--json')) terminal.print(JSON.stringify({ failure: found }, null, 2));
  printFailure(terminal, found);
  if (found.code === 'internal.unexpected' && process.env.GAIB_ONBOARD_DEBUG !== undefined) console.error(thrown);
  process.exitCode = found.exit;
}

// What is thrown past everybody is a failure like any other, and never a page of our own source.
process.once('uncaughtException', (thrown) => void report(thrown).finally(() => process.exit()));
try {
  await main(process.argv.slice(2));
} catch (thrown) {
  await report(thrown);
}
