/** `gaib-onboard credentials`: what opens devices on the network, kept encrypted. No secret is ever an argument. */
import { readFileSync, statSync } from 'node:fs';
import { Command, Option } from 'commander';
import { type Credential, type CredentialStore, credential, credentialName } from '#adapters/credentials/store.ts';
import { credentialsIn } from '#composition/network-targets.ts';
import { fail } from '#domain/failures/failure.ts';
import {
  homeOption,
  jsonOption,
  passphraseOption,
  programOptions,
  type SharedOptions,
  withManual,
} from '../options.ts';
import { plain, processTerminal } from '../output/terminal.ts';

interface CredentialOptions extends SharedOptions {
  file?: string;
  field?: string[];
}

export function credentialsCommand(moduleUrl: string): Command {
  const command = new Command('credentials')
    .summary('keep passwords and communities of devices on the network, encrypted')
    .description(
      "Credentials of devices on the network, in one file of the home, encrypted under the owner's passphrase. A target file\n" +
        'names them (credential: NAME); the secrets themselves come from a prompt or a file, never from the command line.',
    );
  command.addCommand(setCommand(moduleUrl));
  command.addCommand(
    open(new Command('list').summary('name the credentials and their fields').addOption(jsonOption())).action(
      async (options: CredentialOptions) => list(storeOf(options, moduleUrl), options.json === true),
    ),
  );
  command.addCommand(
    open(new Command('remove').summary('forget credentials').argument('<name>')).action(
      async (name: string, options: CredentialOptions) => {
        if (!(await storeOf(options, moduleUrl).remove(name))) fail('credential.missing', { subject: name });
        processTerminal(process.env).print(`Forgot ${plain(name)}.`);
      },
    ),
  );
  return command;
}

function setCommand(moduleUrl: string): Command {
  const command = open(
    new Command('set')
      .summary('store credentials, or replace them')
      .argument('<name>', 'the name that a target file gives under credential')
      .addOption(new Option('--file <file>', 'read them from there, one "field: value" per line (mode 0600)'))
      .addOption(
        new Option('--field <name...>', 'fields to ask for: username and password, where left out').conflicts('file'),
      ),
  );
  withManual(
    command,
    [
      ['gaib-onboard credentials set bmc', 'ask for username and password'],
      ['gaib-onboard credentials set pdus --field community', 'ask for an SNMP community'],
      ['gaib-onboard credentials set ups --file ups.txt', 'SNMP v3: user, authKey, privKey, … from a file'],
    ],
    ['usage.no_terminal', 'key.missing', 'key.exposed', 'key.wrong_passphrase', 'credential.unreadable'],
  );
  return command.action(async (name: string, options: CredentialOptions) => {
    if (!credentialName.safeParse(name).success) {
      fail('usage.invalid', { subject: `"${plain(name)}" is no name: letters, digits, dots and dashes` });
    }
    const store = storeOf(options, moduleUrl);
    const value = options.file === undefined ? await ask(options.field) : fromFile(options.file);
    await store.set(name, value);
    processTerminal(process.env).print(`Stored ${plain(name)}: ${Object.keys(value).join(', ')}.`);
  });
}

const open = (command: Command) => command.addOption(passphraseOption()).addOption(homeOption());

function storeOf(options: CredentialOptions, moduleUrl: string): CredentialStore {
  const { home, passphrase } = programOptions(options, process.env, moduleUrl);
  return credentialsIn(home, passphrase);
}

async function list(store: CredentialStore, json: boolean): Promise<void> {
  const terminal = processTerminal(process.env);
  const all = [...(await store.all())].map(([name, value]) => ({ name, fields: Object.keys(value) }));
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (json) terminal.print(JSON.stringify({ credentials: all }, null, 2));
  else if (all.length === 0) terminal.print('No credentials are stored.');
  else for (const { name, fields } of all) terminal.print(`${name.padEnd(24)} ${fields.join(', ')}`);
}

async function ask(fields = ['username', 'password']): Promise<Credential> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    fail('usage.no_terminal', {
      subject: fields.join(' and '),
      mend: 'Pass them by a file (--file FILE) that only you can read.',
    });
  }
  const { isCancel, password, text } = await import('@clack/prompts');
  const value: Credential = {};
  for (const field of fields) {
    const answer = await (/^user(?:name)?$/i.test(field) ? text : password)({ message: `${field}: ` });
    if (isCancel(answer)) return fail('run.cancelled');
    value[field] = answer;
  }
  return checked(value, 'What was typed');
}

function fromFile(path: string): Credential {
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      fail('key.exposed', { subject: path, expected: 'mode 0600', found: `mode 0${(mode & 0o777).toString(8)}` });
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') fail('file.missing', { subject: path, cause: error });
    throw error;
  }
  const value: Credential = {};
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const field = /^([A-Za-z][\w-]*):[ \t]*(.+)$/.exec(line);
    // The line is not quoted: it may hold the secret.
    if (!field) return fail('credential.unreadable', { subject: path, found: `line ${at + 1} is no "field: value"` });
    value[field[1] ?? ''] = field[2] ?? '';
  }
  return checked(value, path);
}

function checked(value: Credential, subject: string): Credential {
  if (!credential.safeParse(value).success)
    fail('credential.unreadable', { subject, found: 'an empty field, or none' });
  return value;
}
