/** The chain port: reads by `readChain`, acts as transactions through the outbox, each in the owner's name. */

import type { KeystoreSigner } from '#adapters/keys/keystore.ts';
import { fail } from '#domain/failures/failure.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Chain, Deployment, Errand } from '#ports/chain.ts';
import { recordOf } from '#ports/journal.ts';
import { type ContractName, contractAt, interfaces } from './contracts.ts';
import { sandboxDealTerms } from './deal-terms.ts';
import { describeCall } from './describe-call.ts';
import type { Outbox, Sent } from './outbox.ts';
import { capacityClassId, readChain } from './read-chain.ts';
import type { Rpc } from './rpc.ts';
import { type SandboxRole, sandboxAccount } from './sandbox-accounts.ts';
import { waterfallLegs } from './waterfall-legs.ts';

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
        sandboxDealTerms(terms, deployment.pool),
      ]);
      return [recordOf(sent.transaction)];
    },

    async withdrawListing(errand, { deal }) {
      const sent = await sendAsOwner(errand, 'DealDesk', deployment.dealDesk, 'withdrawListing', [deal]);
      return recordOf(sent.transaction);
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
      return {
        transactions: sent.map(({ transaction }) => recordOf(transaction)),
        legs: waterfallLegs(paid),
      };
    },

    async claim(errand, { deal }) {
      const sent = await sendAsOwner(errand, 'DealVault', deal, 'claim', []);
      return recordOf(sent.transaction);
    },
  };
}
