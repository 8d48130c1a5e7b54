/**
 * The program behind every door: what the terminal, the page and the desktop window call. Opens the chain and the
 * journal when something needs them, and closes both after it.
 */
import { openKeys } from '#adapters/keys/open-keys.ts';
import type { PassphraseSources } from '#adapters/keys/passphrase.ts';
import { recoverSigner } from '#adapters/keys/recover-signer.ts';
import { acquireLock } from '#adapters/store/lock.ts';
import { openJournal } from '#adapters/store/open-journal.ts';
import type { ApiContext } from '#api/context.ts';
import { verifyDeed, verifyManifest } from '#core/verification/verify-manifest.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Deployment } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import { openReadingChain } from './chains/reading-chain.ts';
import { openSandboxNetwork } from './chains/sandbox-network.ts';
import { openVerificationChain } from './chains/verification-chain.ts';
import { crashPoints } from './crash-points.ts';
import { gatherDiagnostics } from './diagnostics.ts';
import { examine } from './doctor.ts';
import type { Entries } from './entries.ts';
import type { Home } from './home.ts';
import { credentialsIn, loadTargets } from './network-targets.ts';
import { performAct, planAct, type WithNetwork } from './owner/deed-acts.ts';
import { ownerKey } from './owner/owner-key.ts';
import { ownerPortfolio } from './owner/owner-portfolio.ts';
import { readSettings, writeSettings } from './owner/settings-file.ts';
import { openRuns } from './runs.ts';
import { takeInventory } from './take-inventory.ts';
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
  /** File of witness rules in place of those that came with the program. */
  witnessRules?: string;
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

export const clock: Clock = { now: () => new Date() };

export function openProgram(options: ProgramOptions): Program {
  const { home, entries, environment, targets } = options;
  const crossed = crashPoints(environment);
  const own = ownerKey(home);
  const passphrase = { ...options.passphrase, typed: own.typedPassphrase };
  const keys = openKeys({ folder: home.keys, passphrase, makeOwner: true, crossed });
  const credentials = credentialsIn(home, passphrase);
  const reading = openReadingChain(home);
  let opened: Journal | undefined;
  const journal = () => {
    opened ??= openJournal(home.journal, clock, crossed);
    return opened;
  };
  const machine = (only?: string[]) =>
    machineUnderTest({
      entries,
      home,
      profile: options.profile,
      ...(options.practice === undefined ? {} : { practice: options.practice }),
      ...(only === undefined ? {} : { only }),
      ...(options.witnessRules === undefined ? {} : { witnessRules: options.witnessRules }),
      ...(targets === undefined ? {} : { targets: () => loadTargets(targets, credentials) }),
    });
  const openNetwork = (approvals: Approvals) =>
    openSandboxNetwork({ home, entries, journal: journal(), keys, approvals, clock, crossed });

  const withNetwork: WithNetwork = async (approvals, work) => {
    await reading.giveUp();
    const lock = acquireLock(home.lock, home.folder);
    try {
      const network = await openNetwork(approvals);
      try {
        return await work(network, journal(), (await keys.owner()).address);
      } finally {
        await network.close();
      }
    } finally {
      lock.release();
    }
  };

  const runs = openRuns({ home, keys, clock, journal, machine, openNetwork, releaseReaders: reading.giveUp });

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
      onboarding: runs,
      ownerKey: own,
      portfolio: {
        ...ownerPortfolio({ home, chain: reading, journal }),
        planAct: (asked) => planAct(asked, withNetwork),
        performAct: (asked, agreed) => performAct(asked, agreed, withNetwork),
      },
      settings: {
        get: () => readSettings(home.settings),
        set: (changed) => writeSettings(home.settings, changed),
      },
      doctor: async () => examine(home, entries),
      diagnostics: () => gatherDiagnostics(home, () => journal().runs()),
      async discover({ signal, only, onReading }) {
        const under = await machine(only);
        return await under.discover({ signal, ...(onReading === undefined ? {} : { onReading }) });
      },
      async inventory({ signal, only, onReading }) {
        const under = await machine(only);
        return await takeInventory(under, clock, { signal, ...(onReading === undefined ? {} : { onReading }) });
      },
      async verify(subject) {
        const { chain, close } = await openVerificationChain({
          home,
          ...(options.rpc === undefined ? {} : { rpc: options.rpc }),
          ...(options.deployment === undefined ? {} : { deployment: options.deployment }),
        });
        try {
          const context = { chain, recover: recoverSigner, clock };
          if ('deed' in subject) return await verifyDeed(subject.deed, context);
          return await verifyManifest(subject.manifest, subject.name ?? 'The manifest', context);
        } finally {
          await close();
        }
      },
    },
    async close() {
      await runs.close();
      await reading.giveUp();
      opened?.close();
    },
  };
}
