/**
 * Puts the whole system on a chain by the contracts' own plan, through the outbox: a deployment that was killed goes on
 * with the same signed bytes. On the sandbox a deployer account does nothing else, so that the addresses are known
 * beforehand and any process finds the contracts by them.
 */
import { getCreateAddress } from 'ethers';
import { fail } from '#domain/failures/failure.ts';
import type { Deployment } from '#ports/chain.ts';
import type { StoredTransaction } from '#ports/journal.ts';
import { bytecodes, contractAt, type DeployedName, hasCode, interfaces } from './contracts.ts';
import { deploymentPlan } from './generated/deployment-plan.ts';
import type { Call, Outbox } from './outbox.ts';
import type { Rpc } from './rpc.ts';
import { type SandboxRole, sandboxAccount, sandboxRoles } from './sandbox-accounts.ts';

type PlanStep =
  | (typeof deploymentPlan.steps)[number]
  | (typeof deploymentPlan.limitSteps)[number]
  | (typeof deploymentPlan.courtSteps)[number];

/** All but the lock, which would have the sandbox's governance wait, and the optional parts. */
const steps: readonly PlanStep[] = [
  ...deploymentPlan.steps,
  ...deploymentPlan.limitSteps,
  ...deploymentPlan.courtSteps,
];

const deployedInOrder = steps.flatMap((step) => ('deploy' in step ? [step.deploy as DeployedName] : []));

/** Addresses on the sandbox: CREATE from the deployer, whose n-th transaction deploys the n-th contract of the plan. */
export const sandboxAddresses = Object.fromEntries(
  deployedInOrder.map((name, nonce) => [name, getCreateAddress({ from: sandboxAccount('deployer').address, nonce })]),
) as Record<DeployedName, string>;

export const sandboxDeployment: Deployment = {
  chainId: 31_337,
  registry: sandboxAddresses.AssetRegistry,
  attestationRegistry: sandboxAddresses.AttestationRegistry,
  capacityIssuer: sandboxAddresses.CapacityIssuer,
  dealDesk: sandboxAddresses.DealDesk,
  pool: sandboxAddresses.AssetPool,
  dollar: sandboxAddresses.AID,
};

export interface DeployContext {
  rpc: Rpc;
  outbox: Outbox;
  /** Names the deployment in the journal: one for each chain. */
  run: string;
  /** Signing addresses of the validators that get a stake. */
  validators: readonly string[];
}

const ether = 10n ** 18n;
const stake = 100_000n * ether;
const investment = 1_000_000n * ether;
const gasMoney = 10_000n * ether;

/** Gives an account gas money, where it has none; on the sandbox's own chain only. */
export async function fundSandboxAccount(rpc: Rpc, address: string): Promise<void> {
  const balance = BigInt(await rpc.call<string>('eth_getBalance', [address, 'latest']));
  if (balance < ether) await rpc.call('anvil_setBalance', [address, `0x${gasMoney.toString(16)}`]);
}

/** Gives the accounts that play everybody but the owner their gas money. */
export async function fundSandboxRoles(rpc: Rpc): Promise<void> {
  for (const role of sandboxRoles) await fundSandboxAccount(rpc, sandboxAccount(role).address);
}

/** Deploys what is missing; its accounts have gas money already. Returns the transactions of this deployment; none where everything stood. */
export async function deploySandboxSystem(context: DeployContext): Promise<StoredTransaction[]> {
  const { rpc } = context;
  if (await isComplete(rpc)) return [];
  const sent: StoredTransaction[] = [];
  const send = async (purpose: string, role: SandboxRole, call: Call) => {
    const { transaction } = await context.outbox.send(
      { run: context.run, step: 'deployment', purpose },
      sandboxAccount(role),
      call,
    );
    sent.push(transaction);
  };
  const parameters = deploymentPlan.parameters.sandbox;
  const values = valuesOf(parameters);
  const permissions: string[] = [];
  for (const [index, step] of steps.entries()) {
    if ('deploy' in step) {
      const name = step.deploy as DeployedName;
      const args = interfaces[name].encodeDeploy(step.args.map((one) => argumentOf(one, values)));
      await send(`deploy ${name}`, 'deployer', { to: null, data: bytecodes[name] + args.slice(2) });
    } else if ('hook' in step) {
      await stakeValidators(context, send);
    } else if ('call' in step) {
      const name = step.call as DeployedName;
      // Permissions go out in one transaction before the first call that needs them.
      await sendPermissions(permissions.splice(0), send, index);
      const data = interfaces[name].encodeFunctionData(
        step.method,
        step.args.map((one) => argumentOf(one, values)),
      );
      await send(`call ${index} ${name}.${step.method}`, 'admin', { to: sandboxAddresses[name], data });
    } else {
      permissions.push(...permissionCalls(step, values));
    }
  }
  await sendPermissions(permissions, send, steps.length);
  await fillPool(send);
  if (!(await isComplete(rpc)))
    fail('chain.not_deployed', {
      subject: sandboxAddresses.AssetRegistry,
      expected: 'every contract of the plan',
      found: 'some missing',
    });
  return sent;
}

type Send = (purpose: string, role: SandboxRole, call: Call) => Promise<void>;

async function isComplete(rpc: Rpc): Promise<boolean> {
  if (!(await hasCode(rpc, sandboxAddresses.AssetPool))) return false;
  const [shares] = await contractAt(rpc, 'AssetPool', sandboxAddresses.AssetPool).read('totalSupply');
  return shares > 0n;
}

function valuesOf(parameters: Record<string, string | number | boolean>): Map<string, unknown> {
  const admin = sandboxAccount('admin').address;
  return new Map<string, unknown>([
    ...Object.entries(parameters),
    ...Object.entries(sandboxAddresses),
    ['admin', admin],
    ['guardian', admin],
    ['treasury', admin],
    ['curator', admin],
  ]);
}

/** A plan's argument: `$Name` is looked up, tuples keep their fields, lists their order. */
function argumentOf(argument: unknown, values: Map<string, unknown>): unknown {
  if (typeof argument === 'string' && argument.startsWith('$')) {
    const name = argument.slice(1);
    return (
      values.get(name) ??
      fail('internal.unexpected', { found: `the deployment plan names ${argument}, which nothing defines` })
    );
  }
  if (Array.isArray(argument)) return argument.map((one) => argumentOf(one, values));
  if (typeof argument === 'object' && argument !== null) {
    return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, argumentOf(value, values)]));
  }
  return argument;
}

function permissionCalls(step: PlanStep, values: Map<string, unknown>): string[] {
  const manager = interfaces.ProtocolAccess;
  const roles: Record<string, number> = deploymentPlan.roles;
  if ('to' in step)
    return [manager.encodeFunctionData('grantRole', [roles[step.role], argumentOf(step.to, values), 0])];
  if (!('allow' in step)) return [];
  const name = step.allow as DeployedName;
  const selectors = step.methods.map((method) => interfaces[name].getFunction(method)?.selector);
  return [manager.encodeFunctionData('setTargetFunctionRole', [sandboxAddresses[name], selectors, roles[step.role]])];
}

async function sendPermissions(calls: string[], send: Send, index: number): Promise<void> {
  if (calls.length === 0) return;
  const data = interfaces.ProtocolAccess.encodeFunctionData('multicall', [calls]);
  await send(`permissions ${index}`, 'admin', { to: sandboxAddresses.ProtocolAccess, data });
}

/** Each validator's operator is given GAIB and stakes it for the validator's signing key. */
async function stakeValidators({ validators }: DeployContext, send: Send): Promise<void> {
  const { GaibToken, ValidatorSet } = sandboxAddresses;
  for (const [index, signer] of validators.entries()) {
    const role = `operator${index + 1}` as SandboxRole;
    const give = interfaces.GaibToken.encodeFunctionData('transfer', [sandboxAccount(role).address, stake]);
    await send(`stake ${index + 1} transfer`, 'admin', { to: GaibToken, data: give });
    const approve = interfaces.GaibToken.encodeFunctionData('approve', [ValidatorSet, stake]);
    await send(`stake ${index + 1} approve`, role, { to: GaibToken, data: approve });
    const put = interfaces.ValidatorSet.encodeFunctionData('stake', [stake, signer]);
    await send(`stake ${index + 1}`, role, { to: ValidatorSet, data: put });
  }
}

/** The sandbox's investor puts play dollars into the pool; its shares are the last thing a deployment makes. */
async function fillPool(send: Send): Promise<void> {
  const { AID, AssetPool } = sandboxAddresses;
  const investor = sandboxAccount('investor').address;
  await send('pool mint', 'admin', {
    to: AID,
    data: interfaces.AID.encodeFunctionData('mint', [investor, investment]),
  });
  await send('pool approve', 'investor', {
    to: AID,
    data: interfaces.AID.encodeFunctionData('approve', [AssetPool, investment]),
  });
  await send('pool deposit', 'investor', {
    to: AssetPool,
    data: interfaces.AssetPool.encodeFunctionData('deposit', [investment, investor]),
  });
}
