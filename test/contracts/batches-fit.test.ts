/** The largest batch that is planned for a chain, really sent: its receipt stays within the chain's limit. */
import { concat, id, keccak256, toBeHex, ZeroHash } from 'ethers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BatchMode, gasRules, planBatches } from '#domain/batch-plan.ts';

type Sandbox = typeof import('../../build/scripts/contracts/sandbox.ts');
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await import('../../build/scripts/contracts/sandbox.ts');
});
afterAll(() => {
  sandbox.provider.destroy();
  sandbox.node.kill();
});

/** Root over the keys, as the registry builds it. */
function keyRoot(keys: readonly string[]): string {
  let level = keys.map((key, index) => keccak256(concat(['0x00', toBeHex(index, 4), key])));
  while (level.length > 1)
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, at) =>
      keccak256(concat(['0x01', level[2 * at] as string, level[2 * at + 1] ?? ZeroHash])),
    );
  return level[0] as string;
}

async function registered(mode: BatchMode, assets: number, name: string): Promise<number> {
  const { at, sent, signedManifest, signedStatement } = sandbox;
  const { AssetRegistry: registry, AttestationRegistry: attestations } = at;
  const keys = mode === 'root alone' ? [] : Array.from({ length: assets }, (_, index) => id(`${name} ${index}`)).sort();
  const root = mode === 'root alone' ? id(name) : keyRoot(keys);
  const key = await registry.batchKeyOf(root, assets);
  await sent('attest', attestations.submit(...(await signedStatement(key, id(`${name} manifests`)))));
  const [manifest, ownerSignature, machineSignature] = await signedManifest(key, id(`${name} manifests`));
  const receipt = await sent(
    name,
    mode === 'root alone'
      ? registry.registerBatch(manifest, root, assets, false, ownerSignature, machineSignature)
      : registry.registerBatchKeys(manifest, keys, ownerSignature, machineSignature),
  );
  return Number(receipt.gasUsed);
}

test.each([
  [1, 'root alone'],
  [1, 'keys on chain'],
  [1329, 'root alone'],
  [1329, 'keys on chain'],
] as const)('chain %i, %s', async (chain, mode) => {
  // A count that is a multiple of the most that fit: the batches are as large as they get.
  const most = planBatches(1_000_000, chain, mode)[0] ?? { assets: 0, gas: 0 };
  const used = await registered(mode, most.assets, `${chain} ${mode}`);
  expect(used).toBeLessThanOrEqual(gasRules[chain]?.transactionGas ?? 0);
  expect(Math.abs(used - most.gas) / used).toBeLessThan(0.02);
});
