/** The chain port: reads by `readChain`, acts as transactions through the outbox, each in the owner's name. */

import type { KeystoreSigner } from '#adapters/keys/keystore.ts';
import { fail } from '#domain/failures/failure.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Chain, Deployment, Errand, ListingTerms } from '#ports/chain.ts';
import { recordOf } from '#ports/journal.ts';
import { type ContractName, contractAt, interfaces } from './contracts.ts';
import { describeCall } from './describe-call.ts';
import type { Outbox, Sent } from './outbox.ts';
import { capacityClassId, readChain } from './read-chain.ts';
import type { Rpc } from './rpc.ts';
import { type SandboxRole, sandboxAccount } from './sandbox-accounts.ts';

export interface GatewayOptions {
  name: string;
  rpc: Rpc;
  deployment: Deployment;
  /** What it takes to send; a gateway without it reads only. */
  sending?: { outbox: Outbox; owner: () => Promise<KeystoreSigner>; approvals: Approvals };
}

const readOnly = () => fail('internal.unexpected', { found: 'a read-only chain was asked to send' });

export function createGateway({ name, rpc, deployment, sending }: GatewayOptions): Chain {
  const reads = readChain(name, rpc, deployment);

  async function send(
    errand: Errand,
    by: KeystoreSigner,
    contract: ContractName,
    to: string,
    method: string,
    args: readonly unknown[],
  ): Promise<Sent> {
    const { outbox } = sending ?? readOnly();
    return await outbox.send(errand, by, { to, data: interfaces[contract].encodeFunctionData(method, args) });
  }

  /** In the owner's name: asked for, with the plan of the transaction, before it is signed. */
  async function sendAsOwner(
    errand: Errand,
    contract: ContractName,
    to: string,
    method: string,
    args: readonly unknown[],
  ): Promise<Sent> {
    const { outbox, approvals } = sending ?? readOnly();
    const data = interfaces[contract].encodeFunctionData(method, args);
    return await outbox.send(errand, await owner(), { to, data }, (planned) =>
      approvals.ask(describeCall({ errand, contract, to, chainId: deployment.chainId, data }, planned)),
    );
  }

  const owner = () => (sending ?? readOnly()).owner();
  const part = (errand: Errand, purpose: string): Errand => ({ ...errand, purpose });
  const asSandbox = (
    errand: Errand,
    role: SandboxRole,
    contract: ContractName,
    to: string,
    method: string,
    args: readonly unknown[],
  ) => send(errand, sandboxAccount(role), contract, to, method, args);

  return {
    ...reads,

    async submitAttestation(errand, { statement, figure, signed }) {
      const { attestationRegistry } = deployment;
      const evidence = signed.map(({ evidenceHash }) => evidenceHash);
      const attested = await sendAsOwner(errand, 'AttestationRegistry', attestationRegistry, 'submit', [
        statement,
        evidence,
        signed.map(({ signature }) => signature),
      ]);
      const counted = await sendAsOwner(
        part(errand, 'attested capacity'),
        'AttestationRegistry',
        attestationRegistry,
        'submitFigure',
        [figure, signed.map(({ figureSignature }) => figureSignature)],
      );
      return [recordOf(attested.transaction), recordOf(counted.transaction)];
    },

    async mintDeed(errand, { ownerSignature, machineSignature, ...manifest }) {
      const sent = await sendAsOwner(errand, 'AssetRegistry', deployment.registry, 'register', [
        manifest,
        ownerSignature,
        machineSignature,
      ]);
      return recordOf(sent.transaction);
    },

    async issueCapacity(errand, { deed, className, units, termHours }) {
      const sent: Sent[] = [];
      const capacityClass = capacityClassId(className);
      const [token] = await contractAt(rpc, 'CapacityIssuer', deployment.capacityIssuer).read('tokenOf', capacityClass);
      if (BigInt(token) === 0n)
        sent.push(
          await sendAsOwner(
            part(errand, 'capacity class'),
            'CapacityIssuer',
            deployment.capacityIssuer,
            'createClass',
            [className],
          ),
        );
      sent.push(
        await sendAsOwner(errand, 'CapacityIssuer', deployment.capacityIssuer, 'issue', [
          BigInt(deed),
          capacityClass,
          units,
          termHours * 3_600,
        ]),
      );
      return sent.map(({ transaction }) => recordOf(transaction));
    },

    async list(errand, { deed, terms }) {
      const sent = await sendAsOwner(errand, 'DealDesk', deployment.dealDesk, 'list', [
        [BigInt(deed)],
        dealTerms(terms, deployment.pool),
      ]);
      return [recordOf(sent.transaction)];
    },

    async takeAdvance(errand, { deal }) {
      const sent = await asSandbox(errand, 'admin', 'AssetPool', deployment.pool, 'fund', [deal]);
      return [recordOf(sent.transaction)];
    },

    async payEpoch(errand, { deal }, amount) {
      const customer = sandboxAccount('customer').address;
      const epoch = await reads.epoch();
      const sent = [
        await asSandbox(part(errand, 'customer gets dollars'), 'admin', 'AID', deployment.dollar, 'mint', [
          customer,
          amount,
        ]),
        await asSandbox(part(errand, 'customer approves'), 'customer', 'AID', deployment.dollar, 'approve', [
          deal,
          amount,
        ]),
        await asSandbox(errand, 'customer', 'DealVault', deal, 'pay', [epoch.number, amount]),
      ];
      const paid =
        (await contractAt(rpc, 'DealVault', deal).events('Paid')).at(-1) ??
        fail('chain.diverged', { subject: `payment to ${deal}` });
      const legs: [string, bigint][] =
        interfaces.DealVault.getEvent('Paid')
          ?.inputs.at(-1)
          ?.components?.map(({ name: leg }) => [leg, BigInt(paid.legs[leg])]) ?? [];
      // What the legs do not name stays in the vault (reserve, trap), or came out of it: then the amount is negative.
      const kept = BigInt(amount) - legs.reduce((sum, [, value]) => sum + value, 0n);
      return {
        transactions: sent.map(({ transaction }) => recordOf(transaction)),
        legs: [...legs, ['reserve', kept] as const]
          .filter(([, value]) => value !== 0n)
          .map(([leg, value]) => ({ name: legNames[leg] ?? leg, amount: value.toString() })),
      };
    },

    async claim(errand, { deal }) {
      const sent = await sendAsOwner(errand, 'DealVault', deal, 'claim', []);
      return recordOf(sent.transaction);
    },
  };
}

const legNames: Readonly<Record<string, string>> = {
  servicer: 'servicer',
  insurer: 'insurer',
  bailee: 'bailee',
  protocol: 'protocol fee',
  seniorInterest: 'senior interest',
  seniorPrincipal: 'senior principal',
  seniorShare: 'senior share of revenue',
  juniorInterest: 'junior interest',
  juniorPrincipal: 'junior principal',
  reserve: 'reserve of the deal',
  owner: 'owner',
};

const day = 24 * 3_600;

/** A plain debt deal: twelve equal periods, senior only, costs to the sandbox's servicer, insurer and bailee. */
function dealTerms({ principal, aprBps, termDays }: ListingTerms, pool: string): Record<string, unknown> {
  const senior = BigInt(principal);
  const none = '0x0000000000000000000000000000000000000000';
  const nothing = `0x${'0'.repeat(64)}`;
  return {
    kind: 0,
    rateBps: aprBps,
    juniorRateBps: 0,
    shareBps: 0,
    capBps: 0,
    periods: 12,
    periodLength: (termDays * day) / 12,
    cure: 14 * day,
    delinquencyBps: 500,
    reserveBps: 200,
    overcollateralBps: 3_000,
    minUptimeBps: 9_000,
    covenantEpochs: 3,
    servicerBps: 200,
    insurerBps: 100,
    baileeBps: 100,
    senior,
    junior: 0,
    appraisal: (senior * 3n) / 2n,
    pool,
    juniorHolder: none,
    servicer: sandboxAccount('servicer').address,
    insurer: sandboxAccount('insurer').address,
    bailee: sandboxAccount('bailee').address,
    receiver: sandboxAccount('receiver').address,
    segregatedPortfolio: nothing,
    documentHash: nothing,
  };
}
