/** `gaib-onboard batch plan`: into how many transactions a batch registration falls on a chain. */
import { Command, Option } from 'commander';
import { gasRules, narrowestRule, planBatches } from '#domain/batch-plan.ts';
import { fail } from '#domain/failures/failure.ts';
import { jsonOption, withManual } from '../options.ts';
import { processTerminal } from '../output/terminal.ts';

interface BatchOptions {
  chain: string;
  rootAlone?: boolean;
  json?: boolean;
}

/** @throws FailureError `usage.invalid` */
function naturalNumber(text: string, what: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : fail('usage.invalid', { subject: `${what} ${text}` });
}

export function batchCommand(): Command {
  const command = new Command('batch')
    .summary('plan the registration of many machines at once')
    .description('A rack or a hall is registered as a few attested batches, one deed for each machine.');
  const plan = new Command('plan')
    .summary('cut a batch by the gas limit of a chain')
    .description('Says how many transactions it takes, by gas that was measured; asks no chain.')
    .argument('<count>', 'machines')
    .addOption(new Option('--chain <id>', 'chain id; one that is not known counts as the narrowest').default('1'))
    .addOption(
      new Option(
        '--root-alone',
        'leave the asset keys out of the transactions: cheaper, but who shows a duplicate needs them from elsewhere',
      ),
    )
    .addOption(jsonOption());
  withManual(plan, [['gaib-onboard batch plan 10000 --chain 1329', '10,000 machines on Sei']], ['usage.invalid']);
  plan.action((count: string, options: BatchOptions) => {
    const terminal = processTerminal(process.env);
    const chain = naturalNumber(options.chain, 'chain');
    const mode = options.rootAlone === true ? 'root alone' : 'keys on chain';
    const batches = planBatches(naturalNumber(count, 'count'), chain, mode);
    const rule = gasRules[chain] ?? narrowestRule;
    if (options.json === true) return terminal.print(JSON.stringify({ chain, mode, rule, batches }, null, 2));
    const number = new Intl.NumberFormat('en-US');
    for (const [index, { assets, gas }] of batches.entries())
      terminal.print(`${String(index + 1).padStart(4)}  ${number.format(assets)} machines, ${number.format(gas)} gas`);
    terminal.print(
      `Limit of chain ${chain}: ${number.format(rule.transactionGas)} gas a transaction (${rule.source}).`,
    );
  });
  return command.addCommand(plan);
}
