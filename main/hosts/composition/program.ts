/**
 * The program behind every door: what the terminal, the page and the desktop window call. Opens the chain and the
 * journal when a run needs them, one run at a time in one home, and closes both after it.
 */
import { EventEmitter, on } from 'node:events';
import { openKeys } from '#adapters/keys/open-keys.ts';
import type { PassphraseSources } from '#adapters/keys/passphrase.ts';
import { recoverSigner } from '#adapters/keys/recover-signer.ts';
import { acquireLock, isLocked } from '#adapters/store/lock.ts';
import { openJournal } from '#adapters/store/open-journal.ts';
import type { ApiContext, ApprovalPolicy, Onboarding } from '#api/context.ts';
import type { Outcomes } from '#core/onboarding/outcomes.ts';
import { openRun, runOnboarding } from '#core/onboarding/run-onboarding.ts';
import { verifyDeed, verifyManifest } from '#core/verification/verify-manifest.ts';
import { FailureError, failure } from '#domain/failures/failure.ts';
import type { NewRunEvent, RunEvent, RunRecord } from '#domain/run.ts';
import type { Deployment } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import { openReadingChain } from './chains/reading-chain.ts';
import { openSandboxNetwork } from './chains/sandbox-network.ts';
import { openVerificationChain } from './chains/verification-chain.ts';
import { crashPoints } from './crash-points.ts';
import { gatherDiagnostics } from './diagnostics.ts';
import type { Entries } from './entries.ts';
import type { Home } from './home.ts';
import { credentialsIn, loadTargets } from './network-targets.ts';
import { askingKeys, openApprovals, type RunApprovals } from './owner/approvals.ts';
import { performAct, planAct, type WithNetwork } from './owner/deed-acts.ts';
import { ownerKey } from './owner/owner-key.ts';
import { ownerPortfolio } from './owner/owner-portfolio.ts';
import { readSettings, writeSettings } from './owner/settings-file.ts';
import { machineUnderTest } from './this-machine.ts';
import { productVersion } from './version.ts';

export interface ProgramOptions {
  home: Home;
  entries: Entries;
  environment: NodeJS.ProcessEnv;
  passphrase: PassphraseSources;
  practice?: { path: string; as?: string };
  /** File that names the devices on the network to look at as well; none where left out. */
  targets?: string;
  profile: 'quick' | 'standard';
  /** Endpoint of the chain to verify on; the sandbox of this home where left out. */
  rpc?: string;
  /** Where the contracts are on that chain; the sandbox's addresses where left out. */
  deployment?: Deployment;
}

export interface Program {
  context: ApiContext;
  /** Ends what is running and closes everything. */
  close(): Promise<void>;
}

interface ActiveRun {
  id: string;
  abort: AbortController;
  approvals: RunApprovals;
  ended: Promise<void>;
}

export const clock: Clock = { now: () => new Date() };

export function openProgram(options: ProgramOptions): Program {
  const { home, entries, environment, targets } = options;
  const crossed = crashPoints(environment);
  const own = ownerKey(home);
  const passphrase = { ...options.passphrase, typed: own.typedPassphrase };
  const keys = openKeys({ folder: home.keys, passphrase, makeOwner: true });
  const credentials = credentialsIn(home, passphrase);
  const reading = openReadingChain(home);
  const heard = new EventEmitter();
  let journal: Journal | undefined;
  let active: ActiveRun | undefined;
  const openedJournal = () => (journal ??= openJournal(home.journal, clock, crossed));
  const machine = (only?: string[]) =>
    machineUnderTest({
      entries,
      home,
      profile: options.profile,
      ...(options.practice === undefined ? {} : { practice: options.practice }),
      ...(only === undefined ? {} : { only }),
      ...(targets === undefined ? {} : { targets: () => loadTargets(targets, credentials) }),
    });

  const withNetwork: WithNetwork = async (approvals, work) => {
    await reading.giveUp();
    const lock = acquireLock(home.lock, home.folder);
    try {
      const network = await openSandboxNetwork({
        home,
        entries,
        journal: openedJournal(),
        keys,
        approvals,
        clock,
        crossed,
      });
      try {
        return await work(network, openedJournal(), (await keys.owner()).address);
      } finally {
        await network.close();
      }
    } finally {
      lock.release();
    }
  };

  async function start(fresh: boolean, policy: ApprovalPolicy): Promise<ActiveRun> {
    await reading.giveUp();
    const lock = acquireLock(home.lock, home.folder);
    let network: Awaited<ReturnType<typeof openSandboxNetwork>> | undefined;
    try {
      const own = openedJournal();
      const under = await machine();
      const abort = new AbortController();
      // The run has its number only once the chain it happens on is known; nothing is asked before that.
      let run: RunRecord | undefined;
      const tell = async (event: NewRunEvent) => void heard.emit(event.run, await own.addEvent(event));
      const approvals = openApprovals({ policy, run: () => run?.id ?? '', signal: abort.signal, tell });
      network = await openSandboxNetwork({ home, entries, journal: own, keys, approvals, clock, crossed });
      const context = {
        machine: under,
        keys: askingKeys(keys, approvals),
        journal: own,
        network,
        clock,
        software: { name: 'gaib-onboard', version: productVersion },
      };
      const opened = network;
      const opening = await openRun(context, fresh);
      run = opening;
      const work = runOnboarding(context, opening, {
        fresh,
        signal: abort.signal,
        onEvent: (event) => heard.emit(opening.id, event),
      })
        .then(() => undefined)
        // The journal and the run's events carry the failure to whoever asked.
        .catch(() => undefined)
        .finally(() => opened.close())
        // Readers that were on this run's chain read the state it left, from now on.
        .finally(() => reading.giveUp())
        .finally(() => {
          lock.release();
          active = undefined;
          heard.emit(opening.id, undefined);
        });
      return { id: opening.id, abort, approvals, ended: work };
    } catch (error) {
      await network?.close();
      lock.release();
      throw error;
    }
  }

  const onboarding: Onboarding = {
    async start({ fresh, approve }) {
      if (active !== undefined) return { run: active.id };
      active = await start(fresh, approve);
      return { run: active.id };
    },
    async cancel(run) {
      if (active?.id !== run) return;
      active.abort.abort(new FailureError(failure('run.cancelled')));
      await active.ended;
    },
    async answer({ run, approval, approved }) {
      if (active?.id === run) active.approvals.answer(approval, approved);
    },
    async active() {
      return active?.id ?? (isLocked(home.lock) ? (await openedJournal().runs()).find(isUnderWay)?.id : undefined);
    },
    run: (id) => openedJournal().run(id),
    runs: () => openedJournal().runs(),
    events: (run, after, signal) => follow(run, after, signal),
    manifest: (run) => openedJournal().outcome<Outcomes['manifest']>(run, 'manifest'),
    receipt: (run) => openedJournal().receipt(run),
  };

  async function* follow(run: string, after: number, signal: AbortSignal): AsyncGenerator<RunEvent> {
    let last = after;
    const live = on(heard, run, { signal }) as AsyncIterable<[RunEvent | undefined]>;
    const here = active?.id === run;
    for (const event of await openedJournal().eventsAfter(run, last)) {
      last = event.id;
      yield event;
    }
    // A run of another program in this home has no live events here: its journal is asked again until it ends.
    if (!here) {
      while (!signal.aborted && isLocked(home.lock)) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        for (const event of await openedJournal().eventsAfter(run, last)) {
          last = event.id;
          yield event;
        }
      }
      return;
    }
    try {
      for await (const [event] of live) {
        if (event === undefined) return;
        if (event.id <= last) continue;
        last = event.id;
        yield event;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  return {
    context: {
      async product() {
        return {
          version: productVersion,
          network: 'sandbox',
          chainId: 31_337,
          practice: options.practice !== undefined,
          home: home.folder,
        };
      },
      onboarding,
      ownerKey: own,
      portfolio: {
        ...ownerPortfolio({ home, chain: reading, journal: openedJournal }),
        planAct: (asked) => planAct(asked, withNetwork),
        performAct: (asked, agreed) => performAct(asked, agreed, withNetwork),
      },
      settings: {
        get: () => readSettings(home.settings),
        set: (changed) => writeSettings(home.settings, changed),
      },
      diagnostics: () => gatherDiagnostics(home, () => openedJournal().runs()),
      async discover({ signal, only, onReading }) {
        const under = await machine(only);
        return await under.discover({ signal, ...(onReading === undefined ? {} : { onReading }) });
      },
      async verify(subject) {
        const opened = await openVerificationChain({
          home,
          ...(options.rpc === undefined ? {} : { rpc: options.rpc }),
          ...(options.deployment === undefined ? {} : { deployment: options.deployment }),
        });
        try {
          const context = { chain: opened.chain, recover: recoverSigner, clock };
          if ('deed' in subject) return await verifyDeed(subject.deed, context);
          return await verifyManifest(subject.manifest, 'the manifest', context);
        } finally {
          await opened.close();
        }
      },
    },
    async close() {
      active?.abort.abort(new FailureError(failure('run.cancelled')));
      await active?.ended;
      await reading.giveUp();
      journal?.close();
    },
  };
}

const isUnderWay = ({ finishedAt }: RunRecord) => finishedAt === undefined;
