/** The commands there are, and the head of the help. Each is loaded when it is named, so that --help answers at once. */
import { Command } from 'commander';
import packageFile from '../../../package.json' with { type: 'json' };

/** Name, one line, loader: the list of `gaib-onboard --help`. */
export const commands: readonly [name: string, summary: string, load: (moduleUrl: string) => Promise<Command>][] = [
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
  ['assets', 'list the deeds you hold', async (url) => (await import('./commands/assets.ts')).assetsCommand(url)],
  [
    'earnings',
    'show what your deeds earn, and why or why not',
    async (url) => (await import('./commands/earnings.ts')).earningsCommand(url),
  ],
  [
    'claim',
    'take what a deal holds for you',
    async (url) => (await import('./commands/earnings.ts')).claimCommand(url),
  ],
  ['pools', 'compare the pools there are', async (url) => (await import('./commands/assets.ts')).poolsCommand(url)],
  ['list', 'list a deed into a pool again', async (url) => (await import('./commands/earnings.ts')).listCommand(url)],
  [
    'withdraw',
    'take a listing back that no pool has paid for',
    async (url) => (await import('./commands/earnings.ts')).withdrawCommand(url),
  ],
  [
    'validators',
    'list the validators and their stake',
    async (url) => (await import('./commands/assets.ts')).validatorsCommand(url),
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
  [
    'batch',
    'plan the registration of many machines at once',
    async () => (await import('./commands/batch.ts')).batchCommand(),
  ],
  ['sandbox', 'look after the embedded chain', async () => (await import('./commands/sandbox.ts')).sandboxCommand()],
  [
    'doctor',
    'look at what a run needs, and say the mend',
    async (url) => (await import('./commands/doctor.ts')).doctorCommand(url),
  ],
  [
    'diagnostics',
    'print what is needed to help, without any secret',
    async (url) => (await import('./commands/diagnostics.ts')).diagnosticsCommand(url),
  ],
];

/** The program without its commands. */
export function rootCommand(): Command {
  return new Command('gaib-onboard')
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
}
