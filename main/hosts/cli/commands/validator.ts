/** `gaib-onboard validator`: serves one validator with a key of its own. */
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { createGateway } from '#adapters/chain/gateway.ts';
import { connectRpc } from '#adapters/chain/rpc.ts';
import { openKeystore } from '#adapters/keys/keystore.ts';
import { readPassphrase } from '#adapters/keys/passphrase.ts';
import { recoverSigner } from '#adapters/keys/recover-signer.ts';
import { openSignedStatements } from '#adapters/store/signed-statements.ts';
import { readDeployment } from '#composition/chains/deployment-file.ts';
import { clock } from '#composition/program.ts';
import { serveValidator } from '../../validator/serve-validator.ts';
import { jsonOption, passphraseOption, portOption, withManual } from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

interface ValidatorOptions {
  home: string;
  rpc: string;
  deployment?: string;
  port: number;
  passphraseFile?: string;
  practice?: boolean;
  stay?: boolean;
  json?: boolean;
}

export function validatorCommand(): Command {
  const command = new Command('validator')
    .summary('challenge machines and sign what is true')
    .description(
      'Serves one validator on loopback: reads manifests, challenges their machines with a fresh nonce, checks the answer and signs attestations with its own key. It never signs two different statements for one asset and epoch. Ends when its standard input closes, or on SIGTERM with --stay.',
    )
    .addOption(
      new Option('--home <dir>', 'folder with key.json; what it signed is recorded there').makeOptionMandatory(),
    )
    .addOption(new Option('--rpc <url>', 'endpoint of the chain it believes').makeOptionMandatory())
    .addOption(
      new Option(
        '--deployment <file>',
        "JSON file with the contracts' addresses on that chain; the sandbox's where left out",
      ),
    )
    .addOption(portOption())
    .addOption(new Option('--stay', 'go on when standard input closes, as under systemd'))
    .addOption(passphraseOption())
    .addOption(jsonOption());
  withManual(
    command,
    [
      [
        'gaib-onboard validator --home ./v1 --rpc http://127.0.0.1:8545 --passphrase-file ./v1/passphrase',
        'serve until standard input closes',
      ],
    ],
    ['key.wrong_passphrase', 'key.missing', 'chain.unreachable', 'chain.not_deployed', 'port.taken'],
  );
  return command.action(serve);
}

async function serve(options: ValidatorOptions): Promise<void> {
  const terminal = processTerminal(process.env);
  const keystore = join(options.home, 'key.json');
  const credentials = process.env.CREDENTIALS_DIRECTORY;
  const passphrase = await readPassphrase(
    {
      ...(options.passphraseFile === undefined ? {} : { file: options.passphraseFile }),
      ...(credentials === undefined ? {} : { credentials }),
    },
    keystore,
  );
  const chain = createGateway({
    name: 'chain',
    rpc: connectRpc(options.rpc),
    deployment: options.deployment === undefined ? sandboxDeployment : readDeployment(options.deployment),
  });
  const signer = await openKeystore(keystore, passphrase);
  const sandbox = (await chain.chainId()) === 31_337;
  const server = await serveValidator(
    {
      chain,
      signer,
      recover: recoverSigner,
      clock,
      statements: openSignedStatements(join(options.home, 'signed.sqlite')),
      practiceAllowed: sandbox,
    },
    options.port,
  );
  terminal.print(
    options.json === true
      ? JSON.stringify({ url: server.url, address: signer.address })
      : `Validator ${signer.address} on ${server.url}`,
  );
  const end = () => void server.close().then(() => process.exit(0));
  // A utility process of Electron has no standard input, and ends with its parent by itself.
  if (options.stay !== true && (process as { parentPort?: unknown }).parentPort === undefined)
    process.stdin.on('end', end).on('error', end).resume();
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
