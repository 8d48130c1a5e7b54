/**
 * The deployment plan as deployers get it: contracts/script/plan.json, with the hash of the manifest's published schema
 * and with the plausible peak of every model in the table of accelerators.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { id, keccak256 } from 'ethers';
import { contracts, root } from './forge.ts';

interface Accelerator {
  vendor: string;
  model: string;
  memoryBandwidthGBs: number | null;
  denseTops: Record<string, number | null>;
}

export interface PlanStep {
  deploy?: string;
}

/** A published peak and a tenth: clocks go above the published boost, physics does not go far. */
const room = 1.1;
/** Categories whose figures are of GPUs: compute.host and compute.gpu. */
const categories = [1, 2];

/** Subject and greatest plausible value, in whole units: bytes and operations a second. */
function peaks(): [string, bigint][] {
  const table = JSON.parse(readFileSync(join(root, 'native-probes/reference/accelerators.json'), 'utf8'));
  const limit = (value: number) => BigInt(Math.round(value * room));
  return (table.accelerators as Accelerator[]).flatMap(({ vendor, model, memoryBandwidthGBs, denseTops }) => [
    ...(memoryBandwidthGBs === null
      ? []
      : [[`memory bandwidth of ${vendor} ${model}`, limit(memoryBandwidthGBs * 1e9)] as [string, bigint]]),
    ...['fp16', 'int8'].flatMap((kind): [string, bigint][] => {
      const tops = denseTops[kind];
      return tops === null || tops === undefined ? [] : [[`${kind} of ${vendor} ${model}`, limit(tops * 1e12)]];
    }),
  ]);
}

/** The plan; every `manifestSchema` in it is a hash, and `limitSteps` are there. */
export function deploymentPlan() {
  const plan = JSON.parse(readFileSync(join(contracts, 'script/plan.json'), 'utf8'));
  const schema = keccak256(readFileSync(join(root, 'docs/specs/manifest.schema.json')));
  for (const parameters of Object.values<Record<string, unknown>>(plan.parameters)) parameters.manifestSchema = schema;
  const known = peaks();
  const args = [known.map(([subject]) => id(subject)), known.map(([, value]) => value.toString())];
  plan.aboutLimits =
    'Plausible peaks: subject is keccak256 of "memory bandwidth of VENDOR MODEL" (bytes a second), "fp16 of …" or "int8 of …" (dense operations a second), value the published peak and a tenth.';
  plan.limitSteps = categories.map((category) => ({
    call: 'CategoryRegistry',
    method: 'setLimits',
    args: [category, ...args],
  }));
  return plan;
}
