/** `gaib-onboard init`: makes the owner's key, or says where it is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { createKeystore, keystoreAddress } from '#adapters/keys/keystore.ts';
import { readPassphrase } from '#adapters/keys/passphrase.ts';
import { fail } from '#domain/failures/failure.ts';
import {
  homeOption,
  jsonOption,
  passphraseOption,
  programOptions,
  type SharedOptions,
  withManual,
} from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

export function initCommand(moduleUrl: string): Command {
  const command = new Command('init')
    .summary("make the owner's key")
    .description(
      "Makes the owner's key and keeps it in an encrypted keystore (version 3). The passphrase is asked for, or read from a " +
        'file or systemd credential. A key that is there already is left alone. Back up the file and the passphrase apart.',
    )
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .addOption(homeOption());
  withManual(
    command,
    [['gaib-onboard init --passphrase-file /run/secrets/owner', 'make the key without a prompt']],
    ['usage.no_terminal', 'key.exposed', 'disk.full', 'disk.denied'],
  );
  return command.action(async (options: SharedOptions) => {
    const terminal = processTerminal(process.env);
    const { home, passphrase } = programOptions(options, process.env, moduleUrl);
    const keystore = join(home.keys, 'owner.json');
    const made = !existsSync(keystore);
    const address = made
      ? (await createKeystore(keystore, await readPassphrase(passphrase, keystore))).address
      : (keystoreAddress(keystore) ?? fail('key.unreadable', { subject: keystore }));
    if (options.json === true) terminal.print(JSON.stringify({ address, keystore, made }, null, 2));
    else terminal.print(`${made ? 'Made' : 'There is already'} the owner key ${address}\n  ${keystore}`);
  });
}
