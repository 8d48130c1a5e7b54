/** An asset on its way: the testimonies of one thing, before anything was judged. */
import type { AssetKind, Partition } from '#domain/asset.ts';
import type { Fact } from '#domain/fact.ts';
import type { Identity } from '#domain/identity.ts';
import { isHardwareIdentity, strongestIdentity } from '#domain/identity.ts';
import type { ReadingProblem } from '#domain/reading.ts';
import { claimsOf } from './join.ts';
import type { Testimony } from './testimony.ts';

export interface Draft {
  kind: AssetKind | 'network';
  name: string;
  locator: string;
  scope: string;
  testimonies: Testimony[];
  facts: Fact[];
  problems: { source: string; problem: ReadingProblem }[];
  identity?: Identity;
  otherNames: Identity[];
  partition?: Partition;
}

export function draftOf(testimonies: Testimony[]): Draft {
  const devices = testimonies.map(({ device }) => device);
  // The bus calls an accelerator what its driver calls a GPU; whoever knows the model names it.
  const knows = ({ observations }: Testimony['device']) => observations.some(({ name }) => name === 'model');
  const best = devices.find(knows) ?? devices.find(({ kind }) => kind !== 'accelerator') ?? devices[0];
  const facts = testimonies.flatMap((testimony) => testimony.facts);
  const claims = claimsOf(testimonies);
  const identity = strongestIdentity(claims);
  const partition = partitionOf(facts);
  return {
    kind: devices.find(({ kind }) => kind !== 'accelerator')?.kind ?? best?.kind ?? 'host',
    name: (best?.name ?? '').slice(0, 200),
    locator: (best?.locator ?? '').slice(0, 200),
    scope: testimonies[0]?.scope ?? '',
    testimonies,
    facts,
    problems: testimonies.flatMap(({ source, device }) => device.problems.map((problem) => ({ source, problem }))),
    ...(identity === undefined ? {} : { identity }),
    otherNames: claims.filter(({ scheme, value }) => scheme !== identity?.scheme || value !== identity.value),
    ...(partition === undefined ? {} : { partition }),
  };
}

/** What the first source says that knows the fact: best witness first. */
export function factOf(facts: readonly Fact[], name: string): Fact['value'] | undefined {
  return facts.find((fact) => fact.name === name)?.value;
}

export function textOf(facts: readonly Fact[], name: string): string | undefined {
  const value = factOf(facts, name);
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(facts: readonly Fact[], name: string): number | undefined {
  const value = factOf(facts, name);
  return typeof value === 'number' ? value : undefined;
}

export const hasHardwareIdentity = ({ identity }: Pick<Draft, 'identity'>) =>
  identity !== undefined && isHardwareIdentity(identity);

/** How it is split or shared, as far as its facts say; a state of the device, never an asset of its own. */
function partitionOf(facts: readonly Fact[]): Partition | undefined {
  const mode = textOf(facts, 'virtualization-mode');
  if (mode === 'vgpu guest') return { kind: 'vgpu-guest', sentence: 'It is a share of a GPU (vGPU).' };
  const driver = textOf(facts, 'pci-driver');
  if (driver === 'vfio-pci' || driver === 'pci-stub')
    return { kind: 'passed-through', sentence: 'It is handed to a virtual machine.' };
  if (factOf(facts, 'mig') === true) {
    const instances = numberOf(facts, 'mig-instances');
    const sentence =
      instances === undefined ? 'It is split into instances (MIG).' : `It is split into ${instances} instances (MIG).`;
    return { kind: 'mig', ...(instances === undefined ? {} : { instances }), sentence };
  }
  const compute = textOf(facts, 'compute-partition');
  if (compute !== undefined && compute !== 'SPX')
    return { kind: 'compute-partition', sentence: `It is split by compute partition ${compute}.` };
  const functions = numberOf(facts, 'virtual-functions');
  if (functions !== undefined && functions > 0)
    return { kind: 'sr-iov', instances: functions, sentence: `It shows ${functions} virtual functions (SR-IOV).` };
  if (mode === 'vgpu host') return { kind: 'vgpu-host', sentence: 'Its driver hands out shares of it (vGPU).' };
  return undefined;
}
