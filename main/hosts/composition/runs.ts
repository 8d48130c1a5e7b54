/**
 * Runs of one home: one at a time, under the home's lock, each on a network that is opened for it and closed after it;
 * and their events, live for the run at work here, from the journal for all others.
 */
import { EventEmitter, on } from 'node:events';
import type { OpenKeys } from '#adapters/keys/open-keys.ts';
import { acquireLock, isLocked } from '#adapters/store/lock.ts';
import type { ApprovalPolicy, Onboarding } from '#api/context.ts';
import type { OnboardingContext } from '#core/onboarding/context.ts';
import type { Outcomes } from '#core/onboarding/outcomes.ts';
import { openRun, runOnboarding } from '#core/onboarding/run-onboarding.ts';
import { type Failure, FailureError, failure, failureOf } from '#domain/failures/failure.ts';
import type { NewRunEvent, RunEvent, RunRecord } from '#domain/run.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Clock } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import type { MachineUnderTest } from '#ports/machine.ts';
import type { Network } from '#ports/network.ts';
import type { Home } from './home.ts';
import { askingKeys, openApprovals, type RunApprovals } from './owner/approvals.ts';
import { productVersion } from './version.ts';

export interface RunsOptions {
  home: Home;
  keys: OpenKeys;
  clock: Clock;
  journal(): Journal;
  machine(): Promise<MachineUnderTest>;
  openNetwork(approvals: Approvals): Promise<Network>;
  /** Has readers of the chain let go of what they hold: before a run starts it, and after. */
  releaseReaders(): Promise<void>;
}

export interface Runs extends Onboarding {
  /** Stops the run at work, if one is, and waits for its end. */
  close(): Promise<void>;
}

interface ActiveRun {
  id: string;
  abort: AbortController;
  approvals: RunApprovals;
  ended: Promise<void>;
}

/** The end of a run, as its followers hear it. */
interface End {
  /** A failure that could not be written into the journal, for a full disk say, and is in none of the run's events. */
  untold: Failure | undefined;
}

/** What the followers of runs listen to. */
interface Told {
  heard: EventEmitter;
  ends: Map<string, End>;
}

export function openRuns(options: RunsOptions): Runs {
  const { home, journal } = options;
  const told: Told = { heard: new EventEmitter(), ends: new Map() };
  let active: ActiveRun | undefined;

  async function start(fresh: boolean, policy: ApprovalPolicy): Promise<ActiveRun> {
    await options.releaseReaders();
    const lock = acquireLock(home.lock, home.folder);
    try {
      const abort = new AbortController();
      const { context, run, approvals } = await openContext(options, told, { fresh, policy, signal: abort.signal });
      const ended = work(options, told, context, run, { fresh, signal: abort.signal }).then((end) => {
        lock.release();
        active = undefined;
        told.ends.set(run.id, end);
        told.heard.emit(run.id, end);
      });
      active = { id: run.id, abort, approvals, ended };
      return active;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async function stop(): Promise<void> {
    active?.abort.abort(new FailureError(failure('run.cancelled')));
    await active?.ended;
  }

  return {
    async start({ fresh, approve }) {
      return { run: (active ?? (await start(fresh, approve))).id };
    },
    async cancel(run) {
      if (active?.id === run) await stop();
    },
    async answer({ run, approval, approved }) {
      if (active?.id === run) active.approvals.answer(approval, approved);
    },
    async active() {
      return active?.id ?? (isLocked(home.lock) ? (await journal().runs()).find(isUnderWay)?.id : undefined);
    },
    run: (id) => journal().run(id),
    runs: () => journal().runs(),
    events: (run, after, signal) =>
      active?.id === run
        ? followHere(options, told, run, after, signal)
        : followElsewhere(options, told, run, after, signal),
    manifest: (run) => journal().outcome<Outcomes['manifest']>(run, 'manifest'),
    receipt: (run) => journal().receipt(run),
    async statements(run) {
      const attested = await journal().outcome<Outcomes['attestation']>(run, 'attestation');
      return attested && Object.entries(attested.evidence).map(([signer, evidence]) => ({ signer, evidence }));
    },
    async measured(run) {
      const found = await journal().outcome<Outcomes['discovery']>(run, 'discovery');
      if (found === undefined) return undefined;
      const benchmark = await journal().outcome<Outcomes['benchmark']>(run, 'benchmark');
      const { assets, findings, probes, asset } = found;
      const { key, kind, name, identity } = asset;
      return { assets, findings, probes, asset: { key, kind, name, identity }, benchmarks: benchmark?.figures ?? [] };
    },
    close: stop,
  };
}

async function openContext(
  { clock, journal, keys, machine, openNetwork }: RunsOptions,
  { heard }: Told,
  asked: { fresh: boolean; policy: ApprovalPolicy; signal: AbortSignal },
): Promise<{ context: OnboardingContext; run: RunRecord; approvals: RunApprovals }> {
  const own = journal();
  const under = await machine();
  // The run has its number only once the chain it happens on is known; nothing is asked before that.
  let run: RunRecord | undefined;
  const tell = async (event: NewRunEvent) => void heard.emit(event.run, await own.addEvent(event));
  const approvals = openApprovals({ policy: asked.policy, run: () => run?.id ?? '', signal: asked.signal, tell });
  const network = await openNetwork(approvals);
  try {
    const context: OnboardingContext = {
      machine: under,
      keys: askingKeys(keys, approvals),
      journal: own,
      network,
      clock,
      software: { name: 'gaib-onboard', version: productVersion },
    };
    run = await openRun(context, asked.fresh);
    return { context, run, approvals };
  } catch (error) {
    await network.close();
    throw error;
  }
}

/** Never rejects: how the run ended is told to its followers. */
async function work(
  { releaseReaders }: RunsOptions,
  { heard }: Told,
  context: OnboardingContext,
  run: RunRecord,
  { fresh, signal }: { fresh: boolean; signal: AbortSignal },
): Promise<End> {
  let failed: Failure | undefined;
  let isTold = false;
  const attempt = async (part: Promise<unknown>) => {
    try {
      await part;
    } catch (error) {
      failed ??= failureOf(error);
    }
  };
  const onEvent = (event: RunEvent) => {
    isTold = event.type === 'failed';
    heard.emit(run.id, event);
  };
  await attempt(runOnboarding(context, run, { fresh, signal, onEvent }));
  await attempt(context.network.close());
  // Readers that were on this run's chain read the state it left, from now on.
  await attempt(releaseReaders());
  return { untold: isTold ? undefined : failed };
}

async function* followHere(
  { journal }: RunsOptions,
  { heard }: Told,
  run: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  // Listening begins before the journal is read, so that nothing falls in between.
  const live = on(heard, run, { signal }) as AsyncIterable<[RunEvent | End]>;
  let last = after;
  for (const event of await journal().eventsAfter(run, after)) {
    last = event.id;
    yield event;
  }
  try {
    for await (const [event] of live) {
      if ('untold' in event) return throwUntold(event);
      if (event.id <= last) continue;
      last = event.id;
      yield event;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** A run of another program in this home has no live events here: its journal is asked again until it ends. */
async function* followElsewhere(
  { home, journal }: RunsOptions,
  { ends }: Told,
  run: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  let last = after;
  for (;;) {
    // Asked before the journal is read: what the run told last is read after it ended.
    const isOver = !isLocked(home.lock);
    for (const event of await journal().eventsAfter(run, last)) {
      last = event.id;
      yield event;
    }
    if (isOver) return throwUntold(ends.get(run));
    if (signal.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function throwUntold(end: End | undefined): void {
  if (end?.untold !== undefined) throw new FailureError(end.untold);
}

const isUnderWay = ({ finishedAt }: RunRecord) => finishedAt === undefined;
