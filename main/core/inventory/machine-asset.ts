/** The machine as one asset: what a run onboards. Its GPUs are its capacity, and name it where nothing else does. */
import type { Asset } from '#domain/asset.ts';
import { assetKey, type Identity, isHardwareIdentity } from '#domain/identity.ts';
import type { Manifest } from '#domain/manifest.ts';

type Component = Manifest['measurement']['components'][number];

export interface MachineAsset {
  kind: Manifest['asset']['kind'];
  name: string;
  identity: Identity;
  key: string;
}

/**
 * @param gpus of the machine, those that can be onboarded
 * @param machineAddress address of the machine's own key, its name where the hardware tells none
 */
export function machineAssetOf(
  assets: readonly Asset[],
  host: Component | undefined,
  gpus: readonly Component[],
  machineAddress: string,
  practice: boolean,
): MachineAsset {
  const alone = standsAlone(assets, host, gpus);
  if (alone?.identity !== undefined && alone.key !== undefined) {
    const { kind, name, identity, key } = alone;
    return { kind: kind === 'accelerator' ? 'gpu' : kind, name, identity, key };
  }
  const known = host?.identity;
  // Eight GPUs name the machine they sit in better than an installation of an operating system does.
  const gpuIdentities = gpus.map(({ identity }) => identity).filter((identity) => identity !== undefined);
  const identity =
    known && isHardwareIdentity(known)
      ? known
      : (identityOfGpus(gpuIdentities) ?? known ?? machineIdentity(machineAddress));
  const kind = gpus.length > 0 ? 'gpu' : 'host';
  return { kind, name: assetName(host, gpus), identity, key: assetKey(kind, identity, practice) };
}

/** A robot or a power system of which there is a recording, and nothing of a machine beside it. */
function standsAlone(
  assets: readonly Asset[],
  host: Component | undefined,
  gpus: readonly Component[],
): Asset | undefined {
  if (gpus.length > 0 || (host !== undefined && host.facts.length > 0)) return undefined;
  return assets.find(
    ({ kind, state, key }) =>
      (kind === 'robot' || kind === 'power') && key !== undefined && state !== 'cannot-be-onboarded',
  );
}

function identityOfGpus(identities: Identity[]): Identity | undefined {
  const uuids = identities.filter(({ scheme }) => scheme === 'gpu-uuid' || scheme === 'chip-certificate');
  const first = uuids[0];
  if (first === undefined) return undefined;
  const value = uuids
    .map((identity) => identity.value)
    .sort()
    .join('+');
  return { ...first, value: value.slice(0, 1000) };
}

const machineIdentity = (address: string): Identity => ({
  scheme: 'machine-key',
  value: address.toLowerCase(),
  source: 'machine-key',
  trust: 'host',
});

function assetName(host: Component | undefined, gpus: readonly Component[]): string {
  const first = gpus[0];
  if (first === undefined) return host?.name ?? 'machine';
  const models = new Set(gpus.map(({ name }) => name));
  return models.size === 1
    ? `${gpus.length}× ${first.name}`
    : `${gpus.length} GPUs (${[...models].join(', ')})`.slice(0, 200);
}
