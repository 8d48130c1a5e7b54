/**
 * The chain that verify reads: an endpoint given, the sandbox that a run keeps open just now, or the sandbox's last
 * state in a chain started for the purpose. Nothing of the run that made the manifest is looked at.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { createGateway } from '#adapters/chain/gateway.ts';
import { connectRpc } from '#adapters/chain/rpc.ts';
import { runningSandbox, startSandboxChain } from '#adapters/sandbox/start-chain.ts';
import type { Chain, Deployment } from '#ports/chain.ts';
import type { Home } from '../home.ts';

export interface VerificationChain {
  chain: Chain;
  close(): Promise<void>;
}

export async function openVerificationChain(options: {
  home: Home;
  rpc?: string;
  deployment?: Deployment;
}): Promise<VerificationChain> {
  const deployment = options.deployment ?? sandboxDeployment;
  const read = (name: string, endpoint: string) => createGateway({ name, rpc: connectRpc(endpoint), deployment });
  const endpoint = options.rpc ?? (await runningSandbox(options.home.sandbox));
  if (endpoint !== undefined)
    return { chain: read(options.rpc ? 'chain' : 'sandbox', endpoint), close: async () => {} };
  const scratch = mkdtempSync(join(tmpdir(), 'gaib-onboard-verify-'));
  const forget = () => rmSync(scratch, { recursive: true, force: true });
  try {
    const sandbox = await startSandboxChain(scratch, { stateFolder: options.home.sandbox });
    return {
      chain: read('sandbox', sandbox.endpoint),
      async close() {
        await sandbox.stop();
        forget();
      },
    };
  } catch (error) {
    forget();
    throw error;
  }
}
