/** The chain of a home read with nothing but anvil and ethers: what the product says of itself is not asked. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { Contract, type EventLog, JsonRpcProvider, ZeroAddress } from 'ethers';
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { AssetPoolAbi } from '#adapters/chain/generated/AssetPool.ts';
import { AssetRegistryAbi } from '#adapters/chain/generated/AssetRegistry.ts';
import { CapacityIssuerAbi } from '#adapters/chain/generated/CapacityIssuer.ts';
import { CapacityTokenAbi } from '#adapters/chain/generated/CapacityToken.ts';
import { DealDeskAbi } from '#adapters/chain/generated/DealDesk.ts';
import { DealVaultAbi } from '#adapters/chain/generated/DealVault.ts';
import { anvilBinary } from '#adapters/sandbox/start-chain.ts';

export interface PlainChain {
  endpoint: string;
  provider: JsonRpcProvider;
  process: ChildProcess;
  /** Writes its state to a file. */
  dump(path: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts anvil on a copy of a home's chain or of another chain, or on an empty one. */
export async function startAnvil(
  options: { home?: string; state?: PlainChain; chainId?: number } = {},
): Promise<PlainChain> {
  const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-anvil-'));
  const chainId = options.chainId ?? 31_337;
  const words = ['--host', '127.0.0.1', '--port', '0', '--chain-id', String(chainId), '--accounts', '1'];
  const state = options.home === undefined ? undefined : join(options.home, 'sandbox', 'state.json');
  if (state !== undefined && existsSync(state)) {
    cpSync(state, join(folder, 'state.json'));
    words.push('--load-state', join(folder, 'state.json'));
  }
  if (options.state !== undefined) {
    await options.state.dump(join(folder, 'state.json'));
    words.push('--load-state', join(folder, 'state.json'));
  }
  const child = spawn(anvilBinary(), words, { stdio: ['ignore', 'pipe', 'inherit'], env: { HOME: folder } });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`anvil ended with ${status}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
  });
  const provider = new JsonRpcProvider(endpoint, chainId, { staticNetwork: true, batchMaxCount: 1 });
  return {
    endpoint,
    provider,
    process: child,
    async dump(path) {
      const packed = String(await provider.send('anvil_dumpState', []));
      writeFileSync(path, gunzipSync(Buffer.from(packed.slice(2), 'hex')));
    },
    async stop() {
      provider.destroy();
      await new Promise<void>((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How often each thing that may happen once did. */
export interface Counts {
  deeds: number;
  capacityMints: number;
  listings: number;
  advances: number;
  payments: number;
  claims: number;
}

export const once: Counts = { deeds: 1, capacityMints: 1, listings: 1, advances: 1, payments: 1, claims: 1 };

export const contracts = ({ provider }: PlainChain) => ({
  registry: new Contract(sandboxDeployment.registry, AssetRegistryAbi, provider),
  issuer: new Contract(sandboxDeployment.capacityIssuer, CapacityIssuerAbi, provider),
  desk: new Contract(sandboxDeployment.dealDesk, DealDeskAbi, provider),
  pool: new Contract(sandboxDeployment.pool, AssetPoolAbi, provider),
  vault: (address: string) => new Contract(address, DealVaultAbi, provider),
  token: (address: string) => new Contract(address, CapacityTokenAbi, provider),
});

export async function countOn(chain: PlainChain): Promise<Counts> {
  const { registry, issuer, desk, vault } = contracts(chain);
  const logs = async (contract: Contract, event: string, ...topics: unknown[]) =>
    (await contract.queryFilter(contract.filters[event]!(...topics), 0)) as EventLog[];
  const listed = await logs(desk, 'Listed');
  const vaults = listed.map((log) => vault(String(log.args.vault)));
  const inVaults = async (event: string) =>
    (await Promise.all(vaults.map((one) => logs(one, event)))).reduce((sum, found) => sum + found.length, 0);
  return {
    deeds: (await logs(registry, 'Transfer', ZeroAddress)).length,
    capacityMints: (await logs(issuer, 'CapacityIssued')).length,
    listings: listed.length,
    advances: await inVaults('Funded'),
    payments: await inVaults('Paid'),
    claims: await inVaults('Claimed'),
  };
}

/** The counts in the last state that a home has on its disk. */
export async function countIn(home: string): Promise<Counts> {
  const chain = await startAnvil({ home });
  try {
    return await countOn(chain);
  } finally {
    await chain.stop();
  }
}
