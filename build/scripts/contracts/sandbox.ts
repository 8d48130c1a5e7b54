/** A fresh anvil with the deployment plan carried out on it, and the signatures its main job needs. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import {
  Contract,
  ContractFactory,
  HDNodeWallet,
  id,
  JsonRpcProvider,
  keccak256,
  NonceManager,
  type TransactionReceipt,
  toBeHex,
  toUtf8Bytes,
  Wallet,
  ZeroAddress,
  ZeroHash,
} from 'ethers';
import { type DealVault, DealVaultAbi } from '../../../main/adapters/chain/generated/DealVault.ts';
import { deploymentPlan } from '../../../main/adapters/chain/generated/deployment-plan.ts';
import { forgeBinary } from './forge.ts';

type Value = string | number | boolean | Value[] | { [key: string]: Value };
export interface Step {
  deploy?: string;
  hook?: string;
  role?: string;
  to?: string;
  allow?: string;
  methods?: readonly string[];
  call?: string;
  method?: string;
  args?: readonly Value[];
}

const anvil = join(
  dirname(forgeBinary()).replaceAll('forge', 'anvil'),
  process.platform === 'win32' ? 'anvil.exe' : 'anvil',
);
const port = 20_000 + (process.pid % 20_000);
export const node = spawn(
  anvil,
  ['--port', String(port), '--silent', '--gas-limit', '1000000000', '--block-base-fee-per-gas', '0'],
  { stdio: 'ignore' },
);
process.on('exit', () => node.kill());

export const provider = new JsonRpcProvider(`http://127.0.0.1:${port}`, 31337, {
  staticNetwork: true,
  pollingInterval: 20,
});
for (let tries = 0; ; tries++) {
  try {
    await provider.send('eth_chainId', []);
    break;
  } catch (cause) {
    if (tries > 100) throw cause;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const phrase = 'test test test test test test test test test test test junk';
export const account = (index: number) =>
  HDNodeWallet.fromPhrase(phrase, undefined, `m/44'/60'/0'/0/${index}`).connect(provider);
export const admin = new NonceManager(account(0));
export const adminAddress = await admin.getAddress();
export const owner = new NonceManager(account(1));
export const ownerAddress = await owner.getAddress();
export const lender = new NonceManager(account(2));
export const machine = Wallet.createRandom();
const operators = [3, 4, 5].map((index) => ({
  wallet: new NonceManager(account(index)),
  signer: Wallet.createRandom(),
}));

export const gas: Record<string, number> = {};
// biome-ignore lint/suspicious/noExplicitAny: contracts are looked up by name here; the main job uses the typed bindings.
export const at: Record<string, any> = {};
const known: Record<string, Value> = {
  ...deploymentPlan.parameters.sandbox,
  admin: adminAddress,
  treasury: adminAddress,
  curator: adminAddress,
  guardian: adminAddress,
};

function filled(value: Value): Value {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part)]));
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  const found = known[value.slice(1)];
  if (found === undefined) throw new Error(`plan names ${value}, which nobody knows`);
  return found;
}

/**
 * The receipt, asked for until it is there. ethers' own wait listens for the next block, and where each transaction makes
 * its block there may be none.
 */
// biome-ignore lint/suspicious/noExplicitAny: any transaction.
export async function sent(name: string, transaction: Promise<any>): Promise<TransactionReceipt> {
  const { hash } = await transaction;
  for (;;) {
    const receipt = await provider.getTransactionReceipt(hash);
    if (receipt === null) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      continue;
    }
    if (receipt.status !== 1) throw new Error(`${name} was refused`);
    gas[name] = Math.max(gas[name] ?? 0, Number(receipt.gasUsed));
    return receipt;
  }
}

async function stakeValidators(): Promise<void> {
  for (const { wallet, signer } of operators) {
    const amount = 10_000n * 10n ** 18n;
    await sent('transfer', at.GaibToken.transfer(await wallet.getAddress(), amount));
    await sent('approve', at.GaibToken.connect(wallet).approve(at.ValidatorSet.target, amount));
    // An estimate in one second may join a checkpoint of that second; mined in the next, it opens one and costs more.
    const gasLimit = 500_000n;
    await sent('stake', at.ValidatorSet.connect(wallet).stake(amount, signer.address, { gasLimit }));
  }
}

/** Carries steps of the plan out, as its own words say. */
export async function carryOut(steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.deploy !== undefined) {
      const binding = await import(`../../../main/adapters/chain/generated/${step.deploy}.ts`);
      const abi = binding[`${step.deploy}Abi`];
      const contract = await new ContractFactory(abi, binding[`${step.deploy}Bytecode`], admin).deploy(
        ...(step.args ?? []).map(filled),
      );
      await sent(`deploy ${step.deploy}`, Promise.resolve(contract.deploymentTransaction()));
      known[step.deploy] = await contract.getAddress();
      at[step.deploy] = new Contract(await contract.getAddress(), abi, admin);
    } else if (step.hook !== undefined) {
      await stakeValidators();
    } else if (step.allow !== undefined) {
      const target = at[step.allow];
      const selectors = (step.methods ?? []).map((method) => target.interface.getFunction(method).selector);
      const role = deploymentPlan.roles[step.role as keyof typeof deploymentPlan.roles];
      await sent('allow', at.ProtocolAccess.setTargetFunctionRole(target.target, selectors, role));
    } else if (step.role !== undefined) {
      const role = deploymentPlan.roles[step.role as keyof typeof deploymentPlan.roles];
      await sent('grant', at.ProtocolAccess.grantRole(role, filled(step.to as string), 0));
    } else if (step.call !== undefined) {
      await sent(`${step.call}.${step.method}`, at[step.call][step.method as string](...(step.args ?? []).map(filled)));
    }
  }
}

await carryOut([
  ...deploymentPlan.steps,
  ...deploymentPlan.limitSteps,
  ...deploymentPlan.courtSteps,
] as readonly Step[]);

const named = (name: string, type: string) => ({ name, type });
const Attestation = [
  named('assetKey', 'bytes32'),
  named('manifestRoot', 'bytes32'),
  named('category', 'uint16'),
  named('owner', 'address'),
  named('kinds', 'uint8'),
  named('epoch', 'uint64'),
  named('validUntil', 'uint64'),
  named('evidenceHash', 'bytes32'),
];
const Figure = [
  named('assetKey', 'bytes32'),
  named('manifestRoot', 'bytes32'),
  named('category', 'uint16'),
  named('subject', 'bytes32'),
  named('value', 'uint128'),
  named('epoch', 'uint64'),
];
const AssetManifest = [
  named('assetKey', 'bytes32'),
  named('manifestRoot', 'bytes32'),
  named('category', 'uint16'),
  named('owner', 'address'),
  named('machine', 'address'),
];

const domainOf = (name: string, contract: string) => ({
  name,
  version: '1',
  chainId: 31337,
  verifyingContract: at[contract].target,
});
const ascending = () => [...operators].sort((a, b) => (BigInt(a.signer.address) < BigInt(b.signer.address) ? -1 : 1));

/** Arguments of AttestationRegistry.submit, signed by every validator. */
export async function signedStatement(assetKey: string, manifestRoot: string) {
  const now = (await provider.getBlock('latest'))?.timestamp ?? 0;
  const epoch: bigint = await at.AttestationRegistry.currentEpoch();
  const statement = {
    assetKey,
    manifestRoot,
    category: 1,
    owner: ownerAddress,
    kinds: 7,
    epoch,
    validUntil: BigInt(now + 90 * 86_400),
  };
  const evidence = ascending().map((_, index) => toBeHex(index + 1, 32));
  const domain = domainOf('GAIB Attestation', 'AttestationRegistry');
  const signatures = await Promise.all(
    ascending().map(({ signer }, index) =>
      signer.signTypedData(domain, { Attestation }, { ...statement, evidenceHash: evidence[index] }),
    ),
  );
  return [statement, evidence, signatures] as const;
}

/** Arguments of AttestationRegistry.submitFigure, signed by every validator. */
export async function signedFigure(assetKey: string, manifestRoot: string, subject: string, value: bigint) {
  const epoch: bigint = await at.AttestationRegistry.currentEpoch();
  const figure = { assetKey, manifestRoot, category: 1, subject, value, epoch };
  const domain = domainOf('GAIB Attestation', 'AttestationRegistry');
  return [
    figure,
    await Promise.all(ascending().map(({ signer }) => signer.signTypedData(domain, { Figure }, figure))),
  ] as const;
}

/** A manifest with its owner's and its machine's signature. */
export async function signedManifest(assetKey: string, manifestRoot: string) {
  const manifest = { assetKey, manifestRoot, category: 1, owner: ownerAddress, machine: machine.address };
  const domain = domainOf('GAIB Onboard', 'AssetRegistry');
  return [
    manifest,
    await account(1).signTypedData(domain, { AssetManifest }, manifest),
    await machine.signTypedData(domain, { AssetManifest }, manifest),
  ] as const;
}

const ether = 10n ** 18n;

/** Walks one machine through attestation, deed, capacity, listing, advance, payment and claim; answers gas per step. */
export async function mainJobGas(name = 'main job'): Promise<Record<string, number>> {
  const gas: Record<string, number> = {};
  const step = async (label: string, transaction: Promise<unknown>) => {
    gas[label] = Number((await sent(label, transaction)).gasUsed);
  };
  const {
    AttestationRegistry: attestations,
    AssetRegistry: registry,
    CapacityIssuer: issuer,
    AID: aid,
    AssetPool: pool,
    DealDesk: desk,
  } = at;
  const assetKey = id(name);
  const manifestRoot = id(`${name}/manifest`);
  const capacityClass = keccak256(toUtf8Bytes('host-hour'));
  const epoch = await attestations.currentEpoch();

  await step(
    'attest and figure',
    attestations.multicall([
      attestations.interface.encodeFunctionData('submit', await signedStatement(assetKey, manifestRoot)),
      attestations.interface.encodeFunctionData(
        'submitFigure',
        await signedFigure(assetKey, manifestRoot, capacityClass, 1n),
      ),
    ]),
  );
  await step('register', registry.register(...(await signedManifest(assetKey, manifestRoot))));
  const deedId = await registry.deedOf(assetKey);
  await step('issue capacity', issuer.connect(owner).issue(deedId, capacityClass, 1, 30 * 86_400));

  const terms = {
    kind: 0,
    rateBps: 1200,
    juniorRateBps: 0,
    shareBps: 0,
    capBps: 0,
    periods: 12,
    periodLength: 2_592_000,
    cure: 1_209_600,
    delinquencyBps: 500,
    reserveBps: 500,
    overcollateralBps: 3000,
    minUptimeBps: 9000,
    covenantEpochs: 3,
    servicerBps: 100,
    insurerBps: 0,
    baileeBps: 0,
    senior: 10_000n * ether,
    junior: 0n,
    appraisal: 13_000n * ether,
    pool: pool.target,
    juniorHolder: ZeroAddress,
    servicer: adminAddress,
    insurer: ZeroAddress,
    bailee: ZeroAddress,
    receiver: adminAddress,
    segregatedPortfolio: ZeroHash,
    documentHash: ZeroHash,
  };
  await step('mint AID', aid.mint(await lender.getAddress(), 50_000n * ether));
  await step('approve', aid.connect(lender).approve(pool.target, 50_000n * ether));
  await step('deposit', pool.connect(lender).deposit(50_000n * ether, await lender.getAddress()));
  await step('list', desk.connect(owner).list([deedId], terms));
  const vaultAddress = await desk.dealOf(deedId);
  await step('fund', pool.fund(vaultAddress));
  const vault = new Contract(vaultAddress, DealVaultAbi, aid.runner) as unknown as DealVault;
  await step('mint AID', aid.mint(adminAddress, 2_000n * ether));
  await step('approve', aid.approve(vaultAddress, 2_000n * ether));
  await step('pay', vault.pay(epoch, 2_000n * ether));
  const credited = await vault.claimable(ownerAddress);
  await step('claim', (vault.connect(owner) as typeof vault).claim());

  const advance = 10_000n * ether - (10_000n * ether * 98n) / 10_000n;
  const balance = await aid.balanceOf(ownerAddress);
  if (balance !== advance + credited || credited === 0n)
    throw new Error(`the owner has ${balance}, expected ${advance + credited}`);
  if ((await registry.ownerOf(deedId)) !== ownerAddress) throw new Error('the deed is not the owner’s');
  return gas;
}
