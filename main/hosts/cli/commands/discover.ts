/** `gaib-onboard discover`: what is in this machine, by whom it is said, and what could not be read. */
import { Command, Option } from 'commander';
import { loadReference } from '#adapters/probes/reference.ts';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { assembleInventory } from '#core/inventory/assemble-inventory.ts';
import type { Fact } from '#domain/fact.ts';
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { type Failure, failure } from '#domain/failures/failure.ts';
import { formatFigure } from '#domain/number-format.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Reference } from '#ports/reference.ts';
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
import { plain, processTerminal, styled, type Terminal } from '../output/terminal.ts';

interface DiscoverOptions extends SharedOptions {
  probe?: string[];
  listProbes?: boolean;
  strict?: boolean;
}

export function discoverCommand(moduleUrl: string): Command {
  const command = new Command('discover')
    .summary('show what is in this machine and which source says so')
    .description(
      'Runs every probe side by side, each in a process of its own with a time limit, and shows each fact with its source. A probe that hangs or crashes costs its own facts and is named; all others are kept.',
    )
    .addOption(new Option('--probe <id...>', 'only these probes'))
    .addOption(new Option('--list-probes', 'name the probes and what each looks at'))
    .addOption(
      new Option('--strict', 'end with the exit status of the first probe that hung, crashed or talked nonsense'),
    )
    .addOption(targetsOption())
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .addOption(homeOption());
  for (const option of practiceOptions()) command.addOption(option);
  withManual(
    command,
    [
      ['gaib-onboard discover', 'a table of what was found'],
      ['gaib-onboard discover --targets rack.yaml', 'this machine, and the devices named there and no others'],
      ['gaib-onboard discover --probe nvidia-nvml --strict', 'one probe, and say by the exit status how it went'],
    ],
    [
      'capture.unreadable',
      'targets.invalid',
      'credential.missing',
      'probe.timeout',
      'probe.crashed',
      'probe.nonsense',
      'probe.unknown',
    ],
  );
  return command.action(async (options: DiscoverOptions) => {
    process.exitCode = await discover(options, moduleUrl);
  });
}

async function discover(options: DiscoverOptions, moduleUrl: string): Promise<number> {
  const terminal = processTerminal(process.env);
  if (options.listProbes === true) {
    const { probes } = await import('#adapters/probes/list-probes.ts');
    for (const { id, what, limitMs, protocol } of probes) {
      const target = protocol === undefined ? '' : `, of targets with protocol ${protocol}`;
      terminal.print(`${id.padEnd(24)} ${what} (at most ${limitMs / 1000} s${target})`);
    }
    return 0;
  }
  const program = openProgram(programOptions(options, process.env, moduleUrl));
  try {
    const arrived: ProbeReading[] = [];
    await new Promise<void>((resolve, reject) => {
      localApi(program.context).machine.discover.subscribe(options.probe === undefined ? {} : { only: options.probe }, {
        onData: (reading) => void arrived.push(reading as ProbeReading),
        onComplete: resolve,
        onError: reject,
      });
    });
    // They arrive as they are done; shown is the order of the list, best witness first.
    const { probes } = await import('#adapters/probes/list-probes.ts');
    const place = ({ probe }: ProbeReading) => probes.findIndex(({ id }) => id === probe);
    const readings = arrived.sort((a, b) => place(a) - place(b));
    if (options.json === true) terminal.print(JSON.stringify({ readings }, null, 2));
    else print(terminal, readings, await loadReference());
    const wrong = options.strict === true ? readings.map(failureOfReading).find((one) => one !== undefined) : undefined;
    return wrong?.exit ?? 0;
  } finally {
    await program.close();
  }
}

const codeOf: Partial<Record<ProbeReading['outcome'], FailureCode>> = {
  timeout: 'probe.timeout',
  crashed: 'probe.crashed',
  nonsense: 'probe.nonsense',
};

function failureOfReading({ probe, outcome, sentence }: ProbeReading): Failure | undefined {
  const code = codeOf[outcome];
  return code === undefined
    ? undefined
    : failure(code, { subject: probe, ...(sentence === undefined ? {} : { found: sentence }) });
}

function print(terminal: Terminal, readings: ProbeReading[], reference: Reference): void {
  const practice = readings.some(({ recording }) => recording !== undefined);
  const inventory = assembleInventory(readings, { machineAddress: 'unknown', practice, reference });
  if (practice) terminal.print(styled(terminal, 'yellow', 'PRACTICE: a recorded machine, stands for no hardware'));
  for (const { kind, locator, name, facts, identity } of inventory.components) {
    const place = kind === locator ? kind : `${kind}, ${locator}`;
    terminal.print(`${styled(terminal, 'bold', plain(name))}  ${styled(terminal, 'dim', place)}`);
    const rows = [...(identity ? [['identity', identity.scheme, identity.source] as const] : []), ...rowsOf(facts)];
    const [nameWidth, valueWidth] = [widest(rows.map(([fact]) => fact)), widest(rows.map(([, value]) => value))];
    for (const [fact, value, sources] of rows)
      terminal.print(
        `  ${fact.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${styled(terminal, 'dim', sources)}`.trimEnd(),
      );
  }
  if (inventory.gpus.length === 0) terminal.print('No GPU found.');
  terminal.print('');
  const probeWidth = Math.max(0, ...readings.map(({ probe }) => probe.length));
  for (const { probe, outcome, elapsedMs, sentence, target, contacted } of readings) {
    const mark =
      outcome === 'present'
        ? styled(terminal, 'green', '✓')
        : outcome === 'absent'
          ? '·'
          : styled(terminal, 'yellow', '!');
    terminal.print(
      `${mark} ${probe.padEnd(probeWidth)}  ${outcome.padEnd(8)} ${String(elapsedMs).padStart(5)} ms  ${plain(sentence ?? '')}`.trimEnd(),
    );
    if (target === undefined) continue;
    const where = contacted?.length ? `contacted ${contacted.join(', ')}` : 'nothing was contacted';
    terminal.print(`    ${styled(terminal, 'dim', plain(`${target}: ${where}`))}`);
  }
  for (const { subject, sentence } of inventory.findings)
    terminal.print(`  ${styled(terminal, 'yellow', '!')} ${plain(subject)}: ${plain(sentence)}`);
}

/** One row for each thing said, with all who say it. */
function rowsOf(facts: readonly Fact[]): (readonly [name: string, value: string, sources: string])[] {
  const said = new Map<string, { name: string; value: string; sources: string[] }>();
  for (const { name, value, unit, source } of facts) {
    const shown = typeof value === 'number' ? formatFigure(value, unit ?? '') : plain(String(value)).trim();
    const row = said.get(`${name}\n${shown}`) ?? { name: plain(name), value: shown, sources: [] };
    if (!row.sources.includes(source)) row.sources.push(source);
    said.set(`${name}\n${shown}`, row);
  }
  return [...said.values()].map(({ name, value, sources }) => [name, value, sources.join(', ')]);
}

/** Width of a column; what is longer than 28 runs over it. */
const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => Math.min(text.length, 28)));
