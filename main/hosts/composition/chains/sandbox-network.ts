/** The sandbox as a network: an embedded chain, three validators of its own, money that is worth nothing. */

import { contractErrors } from '#adapters/chain/contracts.ts';
import {
  deploySandboxSystem,
  fundSandboxAccount,
  fundSandboxRoles,
  sandboxDeployment,
} from '#adapters/chain/deploy-system.ts';
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
      async finalize({ step, purpose }) {
        if (step === 'deployment') return false;
        await chain.persist(purpose);
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
  { home, entries, approvals, crossed }: SandboxOptions,
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
  const workers = { workerEntry: entries.benchmarkWorker, spawnNode: entries.spawnNode };
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
              commandLine: entries.commandLine,
              spawnNode: entries.spawnNode,
              endpoint: chain.endpoint,
            }),
          ),
        );
        const epoch = await gateway.epoch();
        running.push(...started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
        crossed('validators started');
        return started.map((result, index) => {
          const name = made[index]?.name ?? 'validator';
          if (result.status === 'rejected') return { name, attest: () => Promise.reject(result.reason) };
          const { url } = result.value;
          const asked = httpValidator({
            name,
            url,
            machine: keys.machine,
            worker: workers,
            epoch: epoch.number,
          });
          return {
            name,
            async attest(...question) {
              const given = await asked.attest(...question);
              crossed(`${name} signed`);
              return given;
            },
          };
        });
      },
    },
    async prepare(owner) {
      // Money that anvil gave is no transaction: a restart may have lost it, and what is sent again costs gas again.
      await fundSandboxRoles(rpc);
      await fundSandboxAccount(rpc, owner);
      const restored = await outbox.settle();
      const validators = await sandboxValidatorKeys(home.validators);
      const deployment = `deployment of ${genesis}`;
      const transactions = await deploySandboxSystem({
        rpc,
        outbox,
        run: deployment,
        validators: validators.map(({ address }) => address),
      });
      await chain.persist('deployment');
      await outbox.finalized(deployment);
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
