/**
 * Joins the readings of one scan into one inventory: the machine, its components, every fact with its source, and what
 * contradicts what. Facts are kept side by side; nothing is averaged, guessed or dropped.
 */

import type { Fact, Finding } from '#domain/fact.ts';
import type { Identity } from '#domain/identity.ts';
import { assetKey, isHardwareIdentity, strongestIdentity } from '#domain/identity.ts';
import type { Manifest } from '#domain/manifest.ts';
import { findingOf, type ProbeReading, type ReadDevice } from '#domain/reading.ts';

type Component = Manifest['measurement']['components'][number];

export interface Inventory {
  /** Host first, then by locator. */
  components: Component[];
  findings: Finding[];
  probes: Manifest['measurement']['probes'];
  asset: { kind: 'host' | 'gpu'; name: string; identity: Identity; key: string };
  gpus: Component[];
}

/**
 * @param readings the answers of all probes of one scan
 * @param machineAddress address of the machine's own key, its name where the hardware tells none
 * @param practice whether the readings are a recording's
 */
export function assembleInventory(
  readings: readonly ProbeReading[],
  machineAddress: string,
  practice: boolean,
): Inventory {
  const joined = new Map<string, { component: Component; claims: Identity[] }>();
  const findings: Finding[] = [];
  for (const reading of readings) {
    findings.push(...reading.problems.map((problem) => findingOf(problem, reading.probe)));
    for (const device of reading.devices) {
      findings.push(...device.problems.map((problem) => findingOf(problem, `${reading.probe} ${device.locator}`)));
      join(joined, reading, device);
    }
  }
  const entries = [...joined.values()].sort(
    (a, b) => order(a.component) - order(b.component) || compare(a.component.locator, b.component.locator),
  );
  for (const { component, claims } of entries) {
    findings.push(...contradictions(component));
    const identity = strongestIdentity(claims);
    if (identity === undefined) continue;
    component.identity = identity;
    component.key = assetKey(component.kind, identity, practice);
  }
  const components = entries.map(({ component }) => component);
  const gpus = components.filter(({ kind }) => kind === 'gpu');
  return {
    components,
    findings: unique(findings),
    probes: readings.map(({ probe, outcome, elapsedMs, sentence }) => ({
      probe,
      outcome,
      elapsedMs: Math.round(elapsedMs),
      ...(sentence === undefined ? {} : { sentence: sentence.slice(0, 2000) }),
    })),
    asset: assetOf(components, gpus, machineAddress, practice),
    gpus,
  };
}

function join(
  joined: Map<string, { component: Component; claims: Identity[] }>,
  reading: ProbeReading,
  device: ReadDevice,
): void {
  const facts: Fact[] = device.observations.map(({ name, value, unit, trust }) => ({
    name,
    value: typeof value === 'string' ? value.slice(0, 4096) : value,
    ...(unit === undefined ? {} : { unit }),
    source: reading.probe,
    at: reading.startedAt,
    known: 'reported',
    trust,
  }));
  const claims: Identity[] = device.identity.map((claim) => ({ ...claim, source: reading.probe }));
  const there = joined.get(device.locator);
  if (there === undefined) {
    const { kind, locator, name } = device;
    joined.set(locator, { component: { kind, locator, name: name.slice(0, 200), facts }, claims });
    return;
  }
  there.component.facts.push(...facts);
  there.claims.push(...claims);
  // A bare bus entry learns from the driver what the device is.
  if (there.component.kind === 'accelerator' && device.kind === 'gpu') {
    there.component.kind = 'gpu';
    there.component.name = device.name;
  }
}

/** Names under which several sources must say the same; everything that moves between two reads is left out. */
const comparable = new Set([
  'model',
  'name',
  'serial',
  'uuid',
  'memory-total',
  'pci-device-id',
  'pci-subsystem-id',
  'driver-version',
  'vbios',
]);

function contradictions(component: Component): Finding[] {
  const said = new Map<string, Map<string, string>>();
  for (const { name, value, source } of component.facts) {
    if (!comparable.has(name)) continue;
    const values = said.get(name) ?? new Map<string, string>();
    values.set(String(value).trim().toLowerCase(), `${source} says ${String(value)}`);
    said.set(name, values);
  }
  return [...said]
    .filter(([, values]) => values.size > 1)
    .map(([name, values]) => ({
      code: 'mismatch',
      subject: component.locator,
      sentence: `The sources disagree on ${name}: ${[...values.values()].join(', ')}.`.slice(0, 2000),
    }));
}

function assetOf(
  components: Component[],
  gpus: Component[],
  machineAddress: string,
  practice: boolean,
): Inventory['asset'] {
  const host = components.find(({ kind }) => kind === 'host');
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

function assetName(host: Component | undefined, gpus: Component[]): string {
  const first = gpus[0];
  if (first === undefined) return host?.name ?? 'machine';
  const models = new Set(gpus.map(({ name }) => name));
  return models.size === 1
    ? `${gpus.length}× ${first.name}`
    : `${gpus.length} GPUs (${[...models].join(', ')})`.slice(0, 200);
}

const order = ({ kind }: Component) => (kind === 'host' ? 0 : 1);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function unique(findings: Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [`${finding.code} ${finding.subject} ${finding.sentence}`, finding]));
  return [...seen.values()];
}
