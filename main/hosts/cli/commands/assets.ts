/** `gaib-onboard assets`: what the owner holds, with its listing; and the pools and validators around it. */
import { Command } from 'commander';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { deedNumber, formatAmount } from '#domain/number-format.ts';
import { homeOption, jsonOption, programOptions, type SharedOptions, withManual } from '../options.ts';
import { columns } from '../output/columns.ts';
import { processTerminal } from '../output/terminal.ts';

type Api = ReturnType<typeof localApi>;

const dollars = (amount: string) => `${formatAmount(amount, 18)} AID`;
const share = (bps: number | null) => (bps === null ? '—' : `${(bps / 100).toFixed(2)} %`);

export const assetsCommand = (moduleUrl: string) =>
  reading(moduleUrl, {
    name: 'assets',
    summary: 'list the deeds you hold',
    description: 'Lists the deeds that the owner key holds on the chain, with attestation, capacity and listing.',
    example: ['gaib-onboard assets --json', 'every deed as a document'],
    read: (api) => api.portfolio.assets.query(),
    none: 'You hold no deed yet: gaib-onboard onboard makes the first one.',
    head: ['deed', 'asset', 'state', 'attested until', 'listing', 'to claim'],
    row: ({ deed, name, practice, attestedUntil, listing }) => [
      deedNumber(deed.id),
      practice ? `${name} (practice)` : name,
      deed.state,
      attestedUntil === null ? 'not attested' : new Date(attestedUntil * 1000).toISOString().slice(0, 10),
      listing?.state ?? 'none',
      dollars(listing?.ownerClaimable ?? '0'),
    ],
  });

export const poolsCommand = (moduleUrl: string) =>
  reading(moduleUrl, {
    name: 'pools',
    summary: 'compare the pools there are',
    description:
      'Shows each pool: what is in it, how much of it is lent, at which rate and advance, and how many deals are late.',
    example: ['gaib-onboard pools', 'the pools side by side'],
    read: (api) => api.portfolio.pools.query(),
    none: 'There is no pool on this chain yet: gaib-onboard onboard puts the contracts there.',
    head: ['pool', 'assets', 'cash', 'in use', 'lends at', 'advance', 'late'],
    row: ({ name, depositNav, cash, utilisationBps, lentAtBps, advanceRateBps, deals }) => [
      name,
      dollars(depositNav),
      dollars(cash),
      share(utilisationBps),
      share(lentAtBps),
      share(advanceRateBps),
      `${deals.filter(({ overdue, delinquentSince }) => delinquentSince !== null || BigInt(overdue) > 0n).length} of ${deals.length}`,
    ],
  });

export const validatorsCommand = (moduleUrl: string) =>
  reading(moduleUrl, {
    name: 'validators',
    summary: 'list the validators and their stake',
    description: 'Lists the operators that have staked, their signing keys, weight and standing.',
    example: ['gaib-onboard validators', 'who attests here'],
    read: (api) => api.portfolio.validators.query(),
    none: 'There is no validator on this chain yet.',
    head: ['signer', 'stake', 'weight', 'standing'],
    row: ({ signer, stake, weightBps, jailed }) => [
      signer,
      `${formatAmount(stake, 18)} GAIB`,
      share(weightBps),
      jailed ? 'slashed' : 'good',
    ],
  });

interface Listed<Row> {
  name: string;
  summary: string;
  description: string;
  example: [string, string];
  read(api: Api): Promise<Row[]>;
  none: string;
  head: readonly string[];
  row(row: Row): string[];
}

/** A command that reads a list through the API and prints it as a table or as JSON. */
function reading<Row>(moduleUrl: string, listed: Listed<Row>): Command {
  const command = new Command(listed.name)
    .summary(listed.summary)
    .description(listed.description)
    .addOption(jsonOption())
    .addOption(homeOption());
  withManual(command, [listed.example], ['chain.unreachable', 'chain.sandbox_broken', 'journal.broken']);
  return command.action(async (options: SharedOptions) => {
    const terminal = processTerminal(process.env);
    const program = openProgram(programOptions(options, process.env, moduleUrl));
    try {
      const rows = await listed.read(localApi(program.context));
      if (options.json === true) terminal.print(JSON.stringify({ [listed.name]: rows }, null, 2));
      else terminal.print(rows.length === 0 ? listed.none : columns([listed.head, ...rows.map(listed.row)]));
    } finally {
      await program.close();
    }
  });
}
