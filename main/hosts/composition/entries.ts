/**
 * Where the other programs of this product lie and how they are started. The bundle keeps them beside each other in
 * dist/; run from source, they are TypeScript files that Node takes as they are.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type SpawnNode, spawnNode } from '#adapters/processes/spawn-node.ts';

export interface Entries {
  probeWorker: string;
  benchmarkWorker: string;
  commandLine: string;
  /** Folder of the built pages. */
  pages: string;
  spawnNode: SpawnNode;
}

/** A host that is no Node itself hands in its own way to start them. */
export function entriesBeside(moduleUrl: string, start: SpawnNode = spawnNode): Entries {
  const at = (path: string) => fileURLToPath(new URL(path, moduleUrl));
  if (existsSync(at('./probe-worker.js'))) {
    return {
      probeWorker: at('./probe-worker.js'),
      benchmarkWorker: at('./benchmark-worker.js'),
      commandLine: at('./gaib-onboard.js'),
      pages: at('./renderer'),
      spawnNode: start,
    };
  }
  return {
    probeWorker: at('../../../native-probes/worker.ts'),
    benchmarkWorker: at('../../adapters/bench/worker.ts'),
    commandLine: at('../cli/gaib-onboard.ts'),
    pages: at('../../../dist/renderer'),
    spawnNode: start,
  };
}
