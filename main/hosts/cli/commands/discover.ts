/** `gaib-onboard discover`: what is in this machine, by whom it is said, and what could not be read. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { localApi } from '#api/transports/local.ts';
import { openProgram } from '#composition/program.ts';
import { changesBetween } from '#core/inventory/changes.ts';
import type { Discovery } from '#domain/discovery.ts';
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { type Failure, fail, failure } from '#domain/failures/failure.ts';
import type { ProbeReading } from '#domain/reading.ts';
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
import { printChanges } from '../output/discovery/changes.ts';
import { findAsset, printExplanation } from '../output/discovery/explain.ts';
import { printDiscovery } from '../output/discovery/table.ts';
import { processTerminal, type Terminal } from '../output/terminal.ts';

interface DiscoverOptions extends SharedOptions {
  probe?: string[];
  listProbes?: boolean;
  strict?: boolean;
  explain?: string;
  /** Seconds between two scans. */
  watch?: number | true;
  witnessRules?: string;
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
    .addOption(
      new Option('--explain <asset>', 'every fact of one asset with its sources (gpu0, a UUID, a serial, a place)'),
    )
    .addOption(
      new Option('--watch [seconds]', 'scan again and again, and show what changed')
        .argParser(seconds)
        .conflicts(['practice', 'explain']),
    )
    .addOption(new Option('--witness-rules <file>', 'rules about witnesses in place of those of this program'))
    .addOption(targetsOption())
    .addOption(passphraseOption())
    .addOption(jsonOption())
    .addOption(homeOption());
  for (const option of practiceOptions()) command.addOption(option);
  withManual(
    command,
    [
      ['gaib-onboard discover', 'a table of what was found'],
      ['gaib-onboard discover --explain gpu0', 'every fact of one asset, who says it, and what speaks against it'],
      ['gaib-onboard discover --watch 30 --json', 'one line of JSON for each scan in which something changed'],
      ['gaib-onboard discover --targets rack.yaml', 'this machine, and the devices named there and no others'],
      ['gaib-onboard discover --probe nvidia-nvml --strict', 'one probe, and say by the exit status how it went'],
    ],
    [
      'capture.unreadable',
      'rules.unreadable',
      'asset.unknown',
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
  const program = openProgram({
    ...programOptions(options, process.env, moduleUrl),
    ...(options.witnessRules === undefined ? {} : { witnessRules: options.witnessRules }),
  });
  const show = options.watch === undefined ? showOnce(terminal, options) : showChanges(terminal, options);
  try {
    const everySeconds = options.watch === true ? 60 : options.watch;
    let readings: ProbeReading[] = [];
    let wrong: Failure | undefined;
    await new Promise<void>((resolve, reject) => {
      const subscription = localApi(program.context).machine.inventory.subscribe(
        {
          ...(options.probe === undefined ? {} : { only: options.probe }),
          ...(everySeconds === undefined ? {} : { everySeconds }),
        },
        {
          onData: (event) => {
            if (event.type === 'reading') {
              readings.push(event.reading);
              return;
            }
            wrong = readings.map(failureOfReading).find((one) => one !== undefined);
            try {
              show(event.inventory, inOrder(readings, event.inventory));
            } catch (error) {
              reject(error);
            }
            readings = [];
          },
          onComplete: resolve,
          onError: reject,
        },
      );
      process.once('SIGINT', () => {
        subscription.unsubscribe();
        resolve();
      });
    });
    return options.strict === true ? (wrong?.exit ?? 0) : 0;
  } finally {
    await program.close();
  }
}

type Show = (inventory: Discovery, readings: ProbeReading[]) => void;

function showOnce(terminal: Terminal, { json, explain }: DiscoverOptions): Show {
  return (inventory, readings) => {
    const asset = explain === undefined ? undefined : findAsset(inventory, explain);
    if (explain !== undefined && asset === undefined) {
      const found = inventory.assets.map(({ id, name }) => `${id} (${name})`).join(', ');
      fail('asset.unknown', { subject: explain, found: found || 'nothing' });
    }
    if (json === true) terminal.print(JSON.stringify(asset ?? { ...inventory, readings }, null, 2));
    else if (asset !== undefined) printExplanation(terminal, asset, inventory);
    else printDiscovery(terminal, inventory);
  };
}

/** The whole once, then only what changed; with `--json` one document a line. */
function showChanges(terminal: Terminal, { json }: DiscoverOptions): Show {
  let before: Discovery | undefined;
  return (inventory, readings) => {
    const changes = before === undefined ? [] : changesBetween(before, inventory);
    const first = before === undefined;
    before = inventory;
    if (first) {
      if (json === true) terminal.print(JSON.stringify({ ...inventory, readings }));
      else printDiscovery(terminal, inventory);
    } else if (changes.length > 0) {
      const { at } = inventory;
      if (json === true) terminal.print(JSON.stringify({ type: 'gaib.discovery-changes', version: 1, at, changes }));
      else printChanges(terminal, at, changes);
    }
  };
}

/** They arrive as they are done; shown is the order of the list, best witness first. */
function inOrder(readings: ProbeReading[], { probes }: Discovery): ProbeReading[] {
  const names = probes.map(({ probe }) => probe);
  const place = ({ probe, target }: ProbeReading) =>
    names.indexOf(target === undefined ? probe : `${probe} at ${target}`);
  return [...readings].sort((a, b) => place(a) - place(b));
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < 1 || value > 86_400)
    throw new InvalidArgumentError('Give a number of seconds, from 1 to 86400.');
  return value;
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
