/**
 * The gas table: receipts' gasUsed on anvil, everything told (21,000, calldata, signatures, attestation, events). Owner and
 * registry each have one deed before, so first-ever writes of a balance are left out, as in every row of the peers.
 * `--json` prints the figures, `--check` compares them with contracts/snapshots/gas.json (1 % each way), `--write` renews it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Contract, ContractFactory, concat, id, keccak256, toBeHex, ZeroHash } from 'ethers';
import { compile, contracts } from './forge.ts';

const counts = [1, 10, 100, 1000];
const flags = new Set(process.argv.slice(2));
compile();
const { account, admin, at, node, owner, ownerAddress, provider, sent, signedManifest, signedStatement, ...chain } =
  await import('./sandbox.ts');
const { AttestationRegistry: attestations, AssetRegistry: registry } = at;
const used = (receipt: { gasUsed: bigint }) => Number(receipt.gasUsed);
const other = await account(9).getAddress();

/** Root over the keys, as the registry builds it. */
function keyRoot(keys: string[]): string {
  let level = keys.map((key, index) => keccak256(concat(['0x00', toBeHex(index, 4), key])));
  while (level.length > 1) {
    const above: string[] = [];
    for (let at = 0; at < level.length; at += 2)
      above.push(keccak256(concat(['0x01', level[at] as string, level[at + 1] ?? ZeroHash])));
    level = above;
  }
  return level[0] as string;
}

const keysOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => id(`${name}/${index}`)).sort();

async function single(name: string): Promise<number> {
  const [key, root] = [id(name), id(`${name}/manifest`)];
  await sent('attest', attestations.submit(...(await signedStatement(key, root))));
  return used(await sent('register', registry.register(...(await signedManifest(key, root)))));
}

/** Registers a batch that was attested before; answers the gas and the batch number. */
async function batch(name: string, count: number, leaves: boolean): Promise<{ gas: number; number: bigint }> {
  const keys = keysOf(name, count);
  const root = keyRoot(keys);
  const key = await registry.batchKeyOf(root, count);
  await sent('attest', attestations.submit(...(await signedStatement(key, id(`${name}/manifests`)))));
  const [manifest, ownerSignature, machineSignature] = await signedManifest(key, id(`${name}/manifests`));
  const gas = leaves
    ? await sent('batch', registry.registerBatchKeys(manifest, keys, ownerSignature, machineSignature))
    : await sent('batch', registry.registerBatch(manifest, root, count, false, ownerSignature, machineSignature));
  return { gas: used(gas), number: BigInt(key) >> 65n };
}

async function peer(name: string): Promise<Contract> {
  const artifact = JSON.parse(readFileSync(join(contracts, 'out/Peers.sol', `${name}.json`), 'utf8'));
  const made = await new ContractFactory(artifact.abi, artifact.bytecode.object, owner).deploy();
  await sent('peer', Promise.resolve(made.deploymentTransaction()));
  return new Contract(await made.getAddress(), artifact.abi, owner);
}

const perAsset: Record<string, number> = {};
const leavesOnChain: Record<string, number> = {};
await single('warm');
const one = await single('one');
perAsset['1'] = one;
leavesOnChain['1'] = one;
let rack = 0n;
for (const count of counts.slice(1)) {
  const plain = await batch(`plain ${count}`, count, false);
  perAsset[count] = Math.round(plain.gas / count);
  leavesOnChain[count] = Math.round((await batch(`leaves ${count}`, count, true)).gas / count);
  rack = plain.number;
}
const move = (deed: bigint) => sent('transfer', registry.connect(owner).transferFrom(ownerAddress, other, deed));
const firstTransfer = used(await move((rack << 64n) | 500n));
const laterTransfer = used(await move((rack << 64n) | 501n));
const ownerOf = Number(await registry.ownerOf.estimateGas((rack << 64n) | 700n)) - 21_000;

interface Row {
  perAsset: Record<string, number>;
  firstTransfer: number;
}
const peers: Record<string, Row> = {};
for (const [label, name] of [
  ['openzeppelin', 'OzDeeds'],
  ['solady', 'SoladyDeeds'],
  ['erc721a', 'SequentialDeeds'],
] as const) {
  const contract = await peer(name);
  const row: Row = { perAsset: {}, firstTransfer: 0 };
  const mint = (salt: string, count: number) =>
    name === 'SequentialDeeds'
      ? contract.getFunction('registerMany')(count, id(salt))
      : contract.getFunction('registerAll')(keysOf(salt, count));
  await sent('peer', mint('warm', 1));
  for (const count of counts)
    row.perAsset[count] = Math.round(used(await sent('peer', mint(`rack ${count}`, count))) / count);
  const middle = name === 'SequentialDeeds' ? 1 + 1 + 10 + 100 + 500 : BigInt(keysOf('rack 1000', 1000)[500] as string);
  row.firstTransfer = used(await sent('peer', contract.getFunction('transferFrom')(ownerAddress, other, middle)));
  peers[label] = row;
}

const figures = {
  perAsset,
  firstTransfer,
  laterTransfer,
  leavesOnChain,
  ownerOf,
  main: await chain.mainJobGas(),
  peers,
};
node.kill();

const snapshot = join(contracts, 'snapshots/gas.json');
const text = `${JSON.stringify(figures, null, 2)}\n`;
if (flags.has('--write')) writeFileSync(snapshot, text);
if (flags.has('--json')) process.stdout.write(text);
else print();
process.exit(flags.has('--check') && !agrees(JSON.parse(readFileSync(snapshot, 'utf8')), figures, '') ? 1 : 0);

function print(): void {
  const line = (label: string, row: Record<string, number>, rest: string) =>
    process.stdout.write(
      `${label.padEnd(34)}${counts.map((count) => String(row[count] ?? '').padStart(9)).join('')}${rest.padStart(16)}\n`,
    );
  process.stdout.write(
    `${'gas per asset, of'.padEnd(34)}${counts.map((count) => String(count).padStart(9)).join('')}${'first transfer'.padStart(16)}\n`,
  );
  line('this registry, root alone', perAsset, String(firstTransfer));
  line('this registry, keys in calldata', leavesOnChain, String(firstTransfer));
  for (const [label, row] of Object.entries(peers)) line(`${label}, plain`, row.perAsset, String(row.firstTransfer));
  process.stdout.write('\n');
  for (const [label, gas] of Object.entries(figures.main))
    process.stdout.write(`${label.padEnd(34)}${String(gas).padStart(9)}\n`);
}

function agrees(before: object, now: object, path: string): boolean {
  let same = true;
  for (const [key, value] of Object.entries(now)) {
    const old = (before as Record<string, unknown>)[key];
    if (typeof value === 'object') {
      same = agrees((old ?? {}) as object, value, `${path}${key}.`) && same;
    } else if (typeof old !== 'number' || Math.abs(value - old) > old / 100) {
      process.stderr.write(`${path}${key}: ${value}, the snapshot says ${old}\n`);
      same = false;
    }
  }
  return same;
}
