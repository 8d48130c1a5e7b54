/**
 * Composes the manifest from what was found and measured, and has it signed: the machine's own key signs the
 * measurement, then machine and owner sign the whole.
 */

import type { Inventory } from '#core/inventory/assemble-inventory.ts';
import type { CategoryName } from '#domain/category.ts';
import { categories } from '#domain/category.ts';
import { fail } from '#domain/failures/failure.ts';
import {
  type BenchmarkFigure,
  type Manifest,
  manifest as manifestSchema,
  type SignedManifest,
} from '#domain/manifest.ts';
import { benchmarkSeed } from '#domain/seed.ts';
import { manifestMessage, measurementMessage } from '#domain/typed-data.ts';
import type { Block, Deployment } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { Signer } from '#ports/keys.ts';

export interface ManifestParts {
  inventory: Inventory;
  benchmarks: BenchmarkFigure[];
  /** The block whose hash the benchmark seed binds. */
  seedBlock: Pick<Block, 'number' | 'hash'>;
  deployment: Pick<Deployment, 'chainId' | 'registry'>;
  practice: Manifest['practice'];
  software: Manifest['software'];
}

export interface Signers {
  owner: Signer;
  machine: Signer;
}

/** @throws FailureError `manifest.invalid` when a probe or benchmark gave something the schema has no room for. */
export async function sealManifest(parts: ManifestParts, signers: Signers, clock: Clock): Promise<SignedManifest> {
  const { inventory, seedBlock, deployment } = parts;
  const now = clock.now().toISOString();
  const asset: Manifest['asset'] = {
    key: inventory.asset.key,
    kind: inventory.asset.kind,
    category: categories[inventory.asset.kind].id,
    name: inventory.asset.name,
    identity: inventory.asset.identity,
  };
  const measured = {
    network: { chainId: deployment.chainId, registry: deployment.registry },
    asset,
    machine: signers.machine.address,
    measurement: {
      seed: {
        block: seedBlock.number,
        blockHash: seedBlock.hash,
        value: benchmarkSeed({ blockHash: seedBlock.hash, assetKey: asset.key, owner: signers.owner.address }),
      },
      measuredAt: now,
      components: inventory.components,
      findings: inventory.findings,
      probes: inventory.probes,
      benchmarks: parts.benchmarks,
    },
  };
  const unsigned: Manifest = {
    type: 'gaib.asset-manifest',
    version: 1,
    practice: parts.practice,
    ...measured,
    owner: signers.owner.address,
    capacity: capacityOf(inventory),
    measurementSignature: await signers.machine.signTypedData(measurementMessage(measured)),
    createdAt: now,
    software: parts.software,
  };
  const checked = manifestSchema.safeParse(unsigned);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    fail('manifest.invalid', {
      subject: 'what was measured',
      found: issue ? `${issue.path.join('.')}: ${issue.message}` : 'no detail',
      mend: 'A probe gave something out of bounds; run gaib-onboard discover to see which.',
    });
  }
  const message = manifestMessage(checked.data);
  return {
    manifest: checked.data,
    signatures: {
      owner: await signers.owner.signTypedData(message),
      machine: await signers.machine.signTypedData(message),
    },
  };
}

/** One unit for each GPU of the machine, or one host. */
export function capacityOf({ asset, gpus }: Pick<Inventory, 'asset' | 'gpus'>): Manifest['capacity'] {
  const category: CategoryName = asset.kind;
  const unit = categories[category].unit;
  const models = new Set(gpus.map(({ name }) => name));
  const first = gpus[0];
  const model = first === undefined ? '' : models.size === 1 ? `${first.name} ` : 'mixed ';
  return { class: `${model}${unit}`.slice(0, 100), units: Math.max(1, gpus.length), unit };
}
