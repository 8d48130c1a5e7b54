/** The sandbox as a network: an embedded chain, three validators of its own, money that is worth nothing. */

import { contractErrors } from '#adapters/chain/contracts.ts';
import { deploySandboxSystem, fundSandboxAccount, sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { createGateway } from '#adapters/chain/gateway.ts';
import { genesisOf } from '#adapters/chain/genesis.ts';
import { type Outbox, openOutbox } from '#adapters/chain/outbox.ts';
import { connectRpc, type Rpc } from '#adapters/chain/rpc.ts';
import type { OpenKeys } from '#adapters/keys/open-keys.ts';
import { type SandboxChain, sandboxChainId, startSandboxChain } from '#adapters/sandbox/start-chain.ts';
import { httpValidator } from '#adapters/validators/http-validator.ts';
import {
  type RunningValidator,
  sandboxValidatorKeys,
  startSandboxValidator,
} from '#adapters/validators/sandbox-validators.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Clock } from '#ports/clock.ts';
import { type Journal, recordOf } from '#ports/journal.ts';
import type { Network, NetworkTerms } from '#ports/network.ts';
import type { Entries } from '../entries.ts';
import type { Home } from '../home.ts';

export interface SandboxOptions {
  home: Home;
  entries: Entries;
  journal: Journal;
  keys: OpenKeys;
  approvals: Approvals;
  clock: Clock;
  crossed: (point: string) => void;
}

/** @throws FailureError `chain.sandbox_broken` */
export async function openSandboxNetwork(options: SandboxOptions): Promise<Network> {
  const { home, journal, clock, crossed, keys } = options;
  const chain = await startSandboxChain(home.sandbox, { crossed });
  try {
    const rpc = connectRpc(chain.endpoint);
    const genesis = await genesisOf(rpc);
    const outbox = openOutbox({
      rpc,
      journal,
      clock,
      genesis,
      chainId: sandboxChainId,
      errors: contractErrors,
      crossed,
      inclusionMs: 30_000,
      // What is on the disk cannot be undone by any kill: on one's own chain that is what final means. A deployment is
      // written once, at its end.
      async finalize({ step }) {
        if (step === 'deployment') return false;
        await chain.persist();
        return true;
      },
    });
    return sandboxNetwork(options, chain, rpc, genesis, outbox, keys);
  } catch (error) {
    await chain.stop();
    throw error;
  }
}

function sandboxNetwork(
  { home, entries, approvals }: SandboxOptions,
  chain: SandboxChain,
  rpc: Rpc,
  genesis: string,
  outbox: Outbox,
  keys: OpenKeys,
): Network {
  const running: RunningValidator[] = [];
  const gateway = createGateway({
    name: 'sandbox',
    rpc,
    deployment: sandboxDeployment,
    sending: { outbox, owner: keys.owner, approvals },
  });
  const workers = { workerEntry: entries.benchmarkWorker };
  return {
    name: 'sandbox',
    practiceAllowed: true,
    installationIdentityAllowed: true,
    chain: gateway,
    validators: {
      async all() {
        const made = await sandboxValidatorKeys(home.validators);
        const started = await Promise.allSettled(
          made.map((validator) =>
            startSandboxValidator(validator, {
              command: [process.execPath, entries.commandLine],
              endpoint: chain.endpoint,
            }),
          ),
        );
        const epoch = await gateway.epoch();
        running.push(...started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
        return started.map((result, index) =>
          result.status === 'fulfilled'
            ? httpValidator({
                name: result.value.name,
                url: result.value.url,
                machine: keys.machine,
                worker: workers,
                epoch: epoch.number,
              })
            : {
                name: made[index]?.name ?? 'validator',
                attest: () => Promise.reject(result.reason),
              },
        );
      },
    },
    async prepare(owner) {
      const restored = await outbox.restore();
      const validators = await sandboxValidatorKeys(home.validators);
      const transactions = await deploySandboxSystem({
        rpc,
        outbox,
        run: `deployment of ${genesis}`,
        validators: validators.map(({ address }) => address),
      });
      await fundSandboxAccount(rpc, owner);
      await chain.persist();
      return { deployment: sandboxDeployment, deployed: transactions.map(recordOf), restored };
    },
    terms: sandboxTerms,
    async close() {
      await Promise.all(running.map((validator) => validator.stop()));
      await chain.stop();
    },
  };
}

const dollar = 10n ** 18n;

/** Round figures, so that a reader can follow the waterfall; nothing here is an offer. */
export function sandboxTerms(units: number): NetworkTerms {
  return {
    principal: (1_000n * dollar * BigInt(units)).toString(),
    aprBps: 1_000,
    termDays: 360,
    capacityTermHours: 720,
    epochRevenue: (120n * dollar * BigInt(units)).toString(),
    source: 'sandbox terms, play money',
  };
}
