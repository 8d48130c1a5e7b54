/** The command line. Commands are loaded when they are named, so that --help answers at once. */
import { Command, CommanderError } from 'commander';
import { type Failure, FailureError, failure, failureOf } from '#domain/failures/failure.ts';
import packageFile from '../../../package.json' with { type: 'json' };
import { printFailure } from './output/failure.ts';
import { processTerminal } from './output/terminal.ts';

/** Name, one line, loader: the list of `gaib-onboard --help`. */
const commands: readonly [name: string, summary: string, load: (moduleUrl: string) => Promise<Command>][] = [
  [
    'onboard',
    'discover, benchmark, sign, attest, tokenize and list this machine',
    async (url) => (await import('./commands/onboard.ts')).onboardCommand(url),
  ],
  [
    'discover',
    'show what is in this machine and which source says so',
    async (url) => (await import('./commands/discover.ts')).discoverCommand(url),
  ],
  [
    'verify',
    'check a manifest or a deed against the chain',
    async (url) => (await import('./commands/verify.ts')).verifyCommand(url),
  ],
  [
    'receipt',
    'print the receipt of the last finished run',
    async (url) => (await import('./commands/receipt.ts')).receiptCommand(url),
  ],
  [
    'console',
    'show the run live in a browser',
    async (url) => (await import('./commands/console.ts')).consoleCommand(url),
  ],
  ['init', "make the owner's key", async (url) => (await import('./commands/init.ts')).initCommand(url)],
  [
    'credentials',
    'keep passwords and communities of devices on the network, encrypted',
    async (url) => (await import('./commands/credentials.ts')).credentialsCommand(url),
  ],
  [
    'validator',
    'challenge machines and sign what is true',
    async () => (await import('./commands/validator.ts')).validatorCommand(),
  ],
  ['sandbox', 'look after the embedded chain', async () => (await import('./commands/sandbox.ts')).sandboxCommand()],
  [
    'diagnostics',
    'print what is needed to help, without any secret',
    async (url) => (await import('./commands/diagnostics.ts')).diagnosticsCommand(url),
  ],
];

const moduleUrl = import.meta.url;

async function main(argv: readonly string[]): Promise<void> {
  const root = new Command('gaib-onboard')
    .description(
      'Brings AI hardware on chain: finds it, measures it, signs and attests what is true of it, and turns it into deeds, capacity and listings.',
    )
    .version(packageFile.version)
    .showHelpAfterError('(gaib-onboard --help shows what there is)')
    .addHelpText(
      'after',
      `
Examples:
  $ gaib-onboard onboard --out ./out        this machine, from discovery to earnings, on the sandbox
  $ gaib-onboard verify ./out/manifest.json check all of it again, from the manifest and the chain alone
  $ gaib-onboard console                    the same in a browser

Every failure has a code, an exit status and a mend: docs/failures.md.
Environment: GAIB_ONBOARD_HOME (folder of journal, keys, embedded chain), NO_COLOR.`,
    );
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

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const found = await behind(thrown);
  if (found !== undefined) {
    const terminal = processTerminal(process.env);
    if (process.argv.includes('--json')) terminal.print(JSON.stringify({ failure: found }, null, 2));
    printFailure(terminal, found);
    if (found.code === 'internal.unexpected' && process.env.GAIB_ONBOARD_DEBUG !== undefined) console.error(thrown);
    process.exitCode = found.exit;
  }
}
