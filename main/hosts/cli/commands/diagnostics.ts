/** `gaib-onboard diagnostics`: what a person needs to know to help, with every secret left out. */
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { arch, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { keystoreAddress } from '#adapters/keys/keystore.ts';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { productVersion } from '#composition/version.ts';
import { homeOption, programOptions, type SharedOptions, withManual } from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

const logTail = 4_000;

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
    const { home } = programOptions(options, process.env, moduleUrl);
    const program = openProgram(programOptions(options, process.env, moduleUrl));
    try {
      const runs = existsSync(home.journal) ? await localApi(program.context).runs.list.query() : [];
      const disk = existsSync(home.folder) ? statfsSync(home.folder) : undefined;
      processTerminal(process.env).print(
        JSON.stringify(
          {
            program: { version: productVersion, node: process.version },
            system: { platform: platform(), release: release(), arch: arch(), memoryBytes: totalmem() },
            home: { folder: home.folder, freeBytes: disk ? disk.bavail * disk.bsize : null },
            keys: { owner: keystoreAddress(join(home.keys, 'owner.json')) ?? null },
            runs: runs.slice(0, 5),
            logs: logsOf(home.sandbox, home.validators),
          },
          null,
          2,
        ),
      );
    } finally {
      await program.close();
    }
  });
}

function logsOf(sandbox: string, validators: string): Record<string, string> {
  const files = [
    join(sandbox, 'chain.log'),
    ...[1, 2, 3].map((number) => join(validators, `validator-${number}`, 'validator.log')),
  ];
  const present = files.filter((file) => existsSync(file));
  return Object.fromEntries(present.map((file) => [file, withoutKeys(readFileSync(file, 'utf8').slice(-logTail))]));
}

/** Anvil prints the keys of its own development accounts; 32 bytes of hex are never let through. */
const withoutKeys = (text: string) => text.replaceAll(/0x[0-9a-fA-F]{64}/g, '0x…');
