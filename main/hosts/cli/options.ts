/** Options that several commands share, in one wording. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readDeployment } from '#composition/chains/deployment-file.ts';
import { entriesBeside } from '#composition/entries.ts';
import { homeAt } from '#composition/home.ts';
import type { ProgramOptions } from '#composition/program.ts';
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { catalogue } from '#domain/failures/catalogue.ts';

export interface SharedOptions {
  home?: string;
  json?: boolean;
  passphraseFile?: string;
  practice?: string;
  targets?: string;
  as?: string;
  quick?: boolean;
  rpc?: string;
  deployment?: string;
}

export const homeOption = () =>
  new Option('--home <dir>', 'folder of journal, keys and embedded chain').env('GAIB_ONBOARD_HOME');
export const jsonOption = () =>
  new Option('--json', 'print one JSON document on standard output, progress on standard error');
export const passphraseOption = () =>
  new Option('--passphrase-file <file>', 'file whose first line is the passphrase of the owner key (mode 0600)');
export const portOption = () =>
  new Option('--port <number>', 'port on loopback, 0 for a free one').default(0, '0').argParser((text) => {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535)) throw new InvalidArgumentError('It is a whole number from 0 to 65535');
    return port;
  });
export const practiceOptions = () => [
  new Option('--practice <file-or-dir>', 'replay a recorded machine instead of looking at this one (sandbox only)'),
  new Option('--as <source>', 'what the recording is, where its content does not tell'),
];
export const targetsOption = () =>
  new Option(
    '--targets <file>',
    'look at the devices on the network named there as well (YAML, JSON or CSV; docs/targets.md)',
  ).conflicts('practice');

/** Adds what a person wants to see below the options: an example, and every way the command can end. */
export function withManual(
  command: Command,
  examples: readonly [string, string][],
  exits: readonly FailureCode[],
): Command {
  const example = examples.map(([line, what]) => `  $ ${line}\n      ${what}`).join('\n');
  const exit = exits.map(
    (code) => `  ${String(catalogue[code].exit).padStart(3)}  ${catalogue[code].what.replaceAll('{subject}', '…')}`,
  );
  return command.addHelpText(
    'after',
    `\nExamples:\n${example}\n\nExit status:\n    0  done\n${exit.join('\n')}\n  All codes: docs/failures.md`,
  );
}

export function programOptions(
  options: SharedOptions,
  environment: NodeJS.ProcessEnv,
  moduleUrl: string,
): ProgramOptions {
  const { practice, as, targets, passphraseFile, rpc, deployment } = options;
  const credentials = environment.CREDENTIALS_DIRECTORY;
  return {
    home: homeAt(options.home, environment),
    entries: entriesBeside(moduleUrl),
    environment,
    profile: options.quick === true ? 'quick' : 'standard',
    passphrase: {
      ...(passphraseFile === undefined ? {} : { file: passphraseFile }),
      ...(credentials === undefined ? {} : { credentials }),
      ...(process.stdin.isTTY && process.stderr.isTTY ? { prompt: askPassphrase } : {}),
    },
    ...(practice === undefined ? {} : { practice: { path: practice, ...(as === undefined ? {} : { as }) } }),
    ...(targets === undefined ? {} : { targets }),
    ...(rpc === undefined ? {} : { rpc }),
    ...(deployment === undefined ? {} : { deployment: readDeployment(deployment) }),
  };
}

async function askPassphrase(question: string): Promise<string> {
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message: question });
  if (!isCancel(answer)) return answer;
  const { fail } = await import('#domain/failures/failure.ts');
  return fail('run.cancelled');
}
