/** `gaib-onboard earnings`: what a deed earned, why it earns or not, and the claim. */
import { Command, Option } from 'commander';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import type { ApprovalRequest } from '#domain/approval.ts';
import { fail } from '#domain/failures/failure.ts';
import { deedNumber, formatAmount } from '#domain/number-format.ts';
import type { AssetEarnings, DeedAct, HeldAsset } from '#domain/portfolio.ts';
import {
  homeOption,
  jsonOption,
  passphraseOption,
  programOptions,
  type SharedOptions,
  withManual,
} from '../options.ts';
import { approvalText } from '../output/approval.ts';
import { columns } from '../output/columns.ts';
import { processTerminal, styled, type Terminal } from '../output/terminal.ts';

interface ActOptions extends SharedOptions {
  yes?: boolean;
  dryRun?: boolean;
}

const dollars = (amount: string) => `${formatAmount(amount, 18)} AID`;

export function earningsCommand(moduleUrl: string): Command {
  const command = new Command('earnings')
    .summary('show what your deeds earn, and why or why not')
    .description(
      'Shows for each deed, or the one named, what was paid in and what was yours, epoch by epoch; and walks from the\n' +
        'hardware to the payout: the first link that is broken is named with its mend.',
    )
    .argument('[deed]', 'number of the deed, or its last digits')
    .addOption(jsonOption())
    .addOption(homeOption());
  withManual(
    command,
    [
      ['gaib-onboard earnings', 'all deeds'],
      ['gaib-onboard earnings 5013 --json', 'the deed whose number ends in 5013, as a document'],
    ],
    ['deed.unreadable', 'verify.no_deed', 'chain.unreachable'],
  );
  return command.action(async (deed: string | undefined, options: SharedOptions) => {
    const terminal = processTerminal(process.env);
    const program = openProgram(programOptions(options, process.env, moduleUrl));
    try {
      const api = localApi(program.context);
      const { tariff, etherPrice } = await api.settings.get.query();
      const assets = await api.portfolio.assets.query();
      const chosen = deed === undefined ? assets : [theDeed(assets, deed)];
      const all = await Promise.all(
        chosen.map(async (asset) => ({
          asset,
          earnings: (await api.portfolio.earnings.query({ deed: asset.deed.id, tariff, etherPrice })) as AssetEarnings,
        })),
      );
      if (options.json === true) terminal.print(JSON.stringify({ earnings: all }, null, 2));
      else if (all.length === 0) terminal.print('You hold no deed yet: gaib-onboard onboard makes the first one.');
      else for (const { asset, earnings } of all) print(terminal, asset, earnings);
    } finally {
      await program.close();
    }
  });
}

export const claimCommand = (moduleUrl: string) =>
  acting(
    moduleUrl,
    'claim',
    'claim',
    'take what a deal holds for you',
    'Claims what the deal of a deed holds for its owner.',
  );

export const withdrawCommand = (moduleUrl: string) =>
  acting(
    moduleUrl,
    'withdraw-listing',
    'withdraw',
    'take a listing back that no pool has paid for',
    'Takes the listing of a deed back, as long as no pool has paid the advance.',
  );

export const listCommand = (moduleUrl: string) =>
  acting(moduleUrl, 'list-again', 'list', 'list a deed into a pool again', 'Lists a deed again that is in no pool.');

/** A command that signs one transaction: shown first, signed only after yes. */
function acting(moduleUrl: string, act: DeedAct, name: string, summary: string, description: string): Command {
  const command = new Command(name)
    .summary(summary)
    .description(`${description} What would be signed is simulated and shown first.`)
    .argument('<deed>', 'number of the deed, or its last digits')
    .addOption(new Option('--yes', 'sign without asking'))
    .addOption(new Option('--dry-run', 'show what would be signed, and sign nothing'))
    .addOption(jsonOption())
    .addOption(passphraseOption())
    .addOption(homeOption());
  withManual(
    command,
    [[`gaib-onboard ${name} 5013 --dry-run`, 'what would be signed for the deed whose number ends in 5013']],
    [
      'usage.no_terminal',
      'deed.unreadable',
      'key.wrong_passphrase',
      'chain.reverted',
      'run.locked',
      'approval.refused',
    ],
  );
  return command.action(async (deed: string, options: ActOptions) => {
    const terminal = processTerminal(process.env);
    const program = openProgram(programOptions(options, process.env, moduleUrl));
    try {
      const api = localApi(program.context);
      const { id } = theDeed(await api.portfolio.assets.query(), deed).deed;
      const planned = (await api.portfolio.planAct.mutate({ act, deed: id })) as ApprovalRequest;
      if (options.dryRun === true) {
        terminal.print(options.json === true ? JSON.stringify({ planned }, null, 2) : planText(terminal, planned));
        return;
      }
      if (options.yes !== true) await agree(terminal, planned);
      const transactions = await api.portfolio.performAct.mutate({ act, deed: id, agreed: planned });
      if (options.json === true) terminal.print(JSON.stringify({ transactions }, null, 2));
      else
        for (const { hash, state } of transactions)
          terminal.print(`${styled(terminal, 'green', '✓')} ${hash} ${state}`);
    } finally {
      await program.close();
    }
  });
}

async function agree(terminal: Terminal, planned: ApprovalRequest): Promise<void> {
  if (!process.stdin.isTTY)
    fail('usage.no_terminal', { subject: 'The signature', mend: 'Pass --yes to sign without asking.' });
  terminal.say(planText(terminal, planned));
  const { confirm } = await import('@clack/prompts');
  if ((await confirm({ message: 'Sign and send it?' })) !== true)
    fail('approval.refused', { subject: planned.intent.toLowerCase() });
}

const planText = (terminal: Terminal, planned: ApprovalRequest) =>
  `${styled(terminal, 'bold', planned.intent)}\n${approvalText(planned)}`;

/** The one deed that the words name: a whole number, or digits that only one of the owner's deeds ends in. */
function theDeed(assets: readonly HeldAsset[], named: string): HeldAsset {
  if (!/^\d{1,78}$/.test(named)) fail('deed.unreadable', { subject: named });
  const fitting = assets.filter(({ deed }) => deed.id.endsWith(named));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  return fail('verify.no_deed', {
    subject: `ending in ${named}`,
    expected: 'one deed of yours',
    found: fitting.length === 0 ? 'none' : `${fitting.length} of them`,
    mend: 'See gaib-onboard assets --json for their numbers.',
  });
}

function print(terminal: Terminal, asset: HeldAsset, { links, payments, net }: AssetEarnings): void {
  terminal.print(
    `${styled(terminal, 'bold', asset.name)}  deed ${deedNumber(asset.deed.id)}${asset.practice ? '  PRACTICE' : ''}`,
  );
  const marks = { holds: styled(terminal, 'green', '✓'), broken: styled(terminal, 'red', '✗'), unknown: '·' };
  for (const { name, state, found, mend } of links)
    terminal.print(`  ${marks[state]} ${name.padEnd(10)} ${found}${mend === undefined ? '' : ` ${mend}`}`);
  if (payments.length > 0) {
    const toOwner = (legs: { name: string; amount: string }[]) =>
      legs.find(({ name }) => name === 'owner')?.amount ?? '0';
    terminal.print(
      columns([
        ['  epoch', 'paid at', 'paid in', 'to you'],
        ...payments.map(({ epoch, at, amount, legs }) => [
          `  ${epoch}`,
          new Date(at * 1000).toISOString(),
          dollars(amount),
          dollars(toOwner(legs)),
        ]),
      ]),
    );
  }
  const left =
    net.netLow === null || net.netHigh === null
      ? `not known: ${net.missing.join(' ')}`
      : `${net.netLow.toFixed(2)} to ${net.netHigh.toFixed(2)} dollars`;
  terminal.print(`  net of power and gas: ${left}\n`);
}
