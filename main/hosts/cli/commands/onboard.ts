/** `gaib-onboard onboard`: the main job, one machine from discovery to earnings. */
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { failureFrom } from '#api/client/api.ts';
import { localApi } from '#api/transports/local.ts';
import { crashPoints } from '#composition/crash-points.ts';
import { openProgram } from '#composition/program.ts';
import type { ApprovalRequest } from '#domain/approval.ts';
import { type Failure, FailureError, fail } from '#domain/failures/failure.ts';
import { manifestFile } from '#domain/manifest.ts';
import type { Receipt } from '#domain/receipt.ts';
import {
  homeOption,
  jsonOption,
  passphraseOption,
  practiceOptions,
  programOptions,
  type SharedOptions,
  targetsOption,
  withManual,
} from '../options.ts';
import { approvalText } from '../output/approval.ts';
import { receiptText } from '../output/receipt.ts';
import { runPrinter } from '../output/run.ts';
import { plain, processTerminal, styled } from '../output/terminal.ts';

interface OnboardOptions extends SharedOptions {
  out?: string;
  fresh?: boolean;
  ask?: boolean;
}

export function onboardCommand(moduleUrl: string): Command {
  const command = new Command('onboard')
    .summary('discover, benchmark, sign, attest, tokenize and list this machine')
    .description(
      'Takes this machine from discovery to earnings on the sandbox: finds its hardware, benchmarks it, writes and signs ' +
        'the asset manifest, has three validators attest it, mints deed and capacity, lists it into a pool, takes the ' +
        'advance and one epoch of earnings. Stopped or killed anywhere, the same command goes on where it stopped.',
    )
    .addOption(new Option('--out <dir>', 'leave manifest.json and receipt.json there'))
    .addOption(jsonOption())
    .addOption(new Option('--quick', 'short benchmarks: fewer and smaller runs'))
    .addOption(new Option('--fresh', 'open a new run instead of going on with the last one'))
    .addOption(new Option('--ask', 'show what the owner key is about to sign, each time, and wait for yes or no'))
    .addOption(targetsOption())
    .addOption(passphraseOption())
    .addOption(homeOption());
  for (const option of practiceOptions()) command.addOption(option);
  withManual(
    command,
    [
      ['gaib-onboard onboard --out ./out', 'onboard this machine, keep manifest and receipt'],
      ['gaib-onboard onboard --practice h200.txt --json', 'replay a recorded machine, labelled as practice'],
    ],
    [
      'usage.invalid',
      'run.cancelled',
      'capture.unreadable',
      'targets.invalid',
      'credential.missing',
      'key.wrong_passphrase',
      'chain.unreachable',
      'chain.reverted',
      'disk.full',
      'run.locked',
      'asset.taken',
      'attestation.no_quorum',
    ],
  );
  return command.action(async (options: OnboardOptions) => {
    await onboard(options, moduleUrl);
  });
}

async function onboard(options: OnboardOptions, moduleUrl: string): Promise<void> {
  const terminal = processTerminal(process.env);
  const ask = options.ask === true;
  if (ask && !process.stdin.isTTY) fail('usage.no_terminal', { subject: 'Every signature', mend: 'Leave --ask out.' });
  const program = openProgram(programOptions(options, process.env, moduleUrl));
  const api = localApi(program.context);
  const printer = runPrinter(terminal);
  try {
    const startedAt = new Date().toISOString();
    const known = new Set((await api.runs.list.query()).map(({ id }) => id));
    const run = await startStoppable(api, { fresh: options.fresh === true, approve: ask ? 'each' : 'all' });
    const before = await api.runs.get.query({ run });
    if (known.has(run)) {
      terminal.say(
        before.finishedAt === undefined
          ? `Going on with the run of ${before.startedAt}.`
          : `This machine is onboarded already, in the run of ${before.startedAt}. Nothing is done twice.`,
      );
    }
    const failure = await follow(api, run, startedAt, printer);
    printer.end();
    if (failure !== undefined) throw new FailureError(failure);
    const receipt = (await api.runs.receipt.query({ run })) as Receipt;
    if (options.out !== undefined) await leavePapers(options.out, api, run, receipt);
    if (options.json === true) terminal.print(JSON.stringify(receipt, null, 2));
    else {
      terminal.print(`\n${receiptText(receipt, terminal)}`);
      if (options.out !== undefined) {
        const manifest = plain(join(options.out, 'manifest.json'));
        const home = options.home === undefined ? '' : ` --home ${plain(options.home)}`;
        terminal.print(`\n  ${styled(terminal, 'dim', 'left behind'.padEnd(14))} ${manifest}`);
        terminal.print(`  ${''.padEnd(14)} ${plain(join(options.out, 'receipt.json'))}`);
        terminal.print(
          `  ${styled(terminal, 'dim', 'check again'.padEnd(14))} npx gaib-onboard verify ${manifest}${home}`,
        );
      }
    }
  } finally {
    await program.close();
  }
}

type LocalApi = ReturnType<typeof localApi>;

/** Starts the run; the first SIGINT or SIGTERM from then on stops it in good order, the next one outright. */
async function startStoppable(api: LocalApi, how: { fresh: boolean; approve: 'each' | 'all' }): Promise<string> {
  let started: string | undefined;
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    if (started !== undefined) void api.runs.cancel.mutate({ run: started });
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  started = (await api.runs.start.mutate(how)).run;
  if (isStopping) stop();
  return started;
}

/** Shows the run until it ends; resolves with its failure, if it failed. */
function follow(
  api: LocalApi,
  run: string,
  since: string,
  printer: ReturnType<typeof runPrinter>,
): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    let failure: Failure | undefined;
    api.runs.events.subscribe(
      { run, lastEventId: null },
      {
        onData({ data }) {
          // What earlier attempts at this run told was shown then.
          if (data.at < since) return;
          failure = data.type === 'failed' ? (data.failure as Failure) : data.type === 'finished' ? undefined : failure;
          printer.show(data as Parameters<typeof printer.show>[0]);
          if (data.type === 'approval') void answer(api, run, data.request as ApprovalRequest, printer);
        },
        onComplete: () => resolve(failure),
        onError: (error) => resolve(failureFrom(error)),
      },
    );
  });
}

/** Shows what is about to be signed and carries the owner's answer back. */
async function answer(
  api: LocalApi,
  run: string,
  request: ApprovalRequest,
  printer: ReturnType<typeof runPrinter>,
): Promise<void> {
  printer.end();
  const { confirm, isCancel, note } = await import('@clack/prompts');
  note(approvalText(request), request.intent);
  const said = await confirm({ message: request.kind === 'message' ? 'Sign it?' : 'Sign and send it?' });
  await api.runs.answer.mutate({ run, approval: request.id, approved: said === true && !isCancel(said) });
}

/** Both files whole or not at all. */
async function leavePapers(folder: string, api: LocalApi, run: string, receipt: Receipt): Promise<void> {
  const crossed = crashPoints(process.env);
  const manifest = await api.runs.manifest.query({ run });
  if (manifest === null) return;
  await replaceFile(join(folder, 'manifest.json'), manifestFile(manifest as Parameters<typeof manifestFile>[0]), {
    mode: 0o644,
    beforeRename: () => crossed('papers manifest written'),
  });
  crossed('papers manifest left');
  await replaceFile(join(folder, 'receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`, { mode: 0o644 });
}
