/**
 * Joins the readings of one scan into one inventory: every asset with its facts and their sources, what the witnesses
 * say of each other, what state it is in and why. Facts are kept side by side; nothing is averaged, guessed or dropped.
 */
import type { Asset, AssetKind } from '#domain/asset.ts';
import type { Finding } from '#domain/fact.ts';
import { assetKey } from '#domain/identity.ts';
import type { Manifest } from '#domain/manifest.ts';
import { findingOf, type ProbeReading } from '#domain/reading.ts';
import type { WitnessRules } from '#domain/witness-rules.ts';
import type { Reference } from '#ports/reference.ts';
import { type Draft, draftOf, textOf } from './draft.ts';
import { type Clash, joinTestimonies } from './join.ts';
import { type Context, judge } from './judge.ts';
import { type MachineAsset, machineAssetOf } from './machine-asset.ts';
import { sourceOf, testimoniesOf } from './testimony.ts';

type Component = Manifest['measurement']['components'][number];

export interface Inventory {
  /** Of the machine first, then by kind and place; what stands in a rack or a network beside it after that. */
  assets: Asset[];
  /** What the manifest holds: assets and the parts that are none, host first, then by locator. */
  components: Component[];
  findings: Finding[];
  probes: Manifest['measurement']['probes'];
  /** The machine as one asset. */
  asset: MachineAsset;
  /** GPUs of this machine that can be onboarded. */
  gpus: Component[];
  rules: Pick<WitnessRules, 'version' | 'date'>;
}

export interface Assembly {
  /** Address of the machine's own key, its name where the hardware tells none. */
  machineAddress: string;
  /** Whether the readings are a recording's. */
  practice: boolean;
  reference: Reference;
}

/** @param readings the answers of all probes of one scan, best witness first */
export function assembleInventory(readings: readonly ProbeReading[], assembly: Assembly): Inventory {
  const { practice, reference, machineAddress } = assembly;
  const { groups, clashes } = joinTestimonies(testimoniesOf(readings));
  const drafts = groups.map(draftOf).sort(inOrder);
  const numbered = numberAssets(drafts, (draft, kind) => judge(draft, kind, contextOf(draft)));
  const assets = numbered.map(({ asset }) => asset);
  const components = drafts.map((draft) => componentOf(draft, practice));
  const onboardable = new Set(
    numbered.filter(({ asset }) => asset.state !== 'cannot-be-onboarded').map(({ draft }) => draft),
  );
  const gpus = components.filter((_, index) => {
    const draft = drafts[index];
    return draft !== undefined && draft.scope === '' && computes(draft) && onboardable.has(draft);
  });
  const host = components.find((_, index) => drafts[index]?.kind === 'host' && drafts[index]?.scope === '');
  return {
    assets,
    components,
    findings: findingsOf(readings, clashes, assets),
    probes: readings.map(({ probe, target, outcome, elapsedMs, sentence }) => ({
      probe: sourceOf({ probe, ...(target === undefined ? {} : { target }) }),
      outcome,
      elapsedMs: Math.round(elapsedMs),
      ...(sentence === undefined ? {} : { sentence: sentence.slice(0, 2000) }),
    })),
    asset: machineAssetOf(assets, host, gpus, machineAddress, practice),
    gpus,
    rules: { version: reference.rules.version, date: reference.rules.date },
  };

  function contextOf(draft: Draft): Context {
    const near = readings.filter((reading) => (reading.target ?? '') === draft.scope);
    const facts = drafts.find(({ kind, scope }) => kind === 'host' && scope === draft.scope)?.facts ?? [];
    const system = textOf(facts, 'os-name') ?? textOf(facts, 'kernel');
    const busless =
      textOf(facts, 'hypervisor') === 'wsl' ||
      near.some(({ probe, outcome }) => probe === 'gpu-jetson' && outcome === 'present');
    return { reference, practice, clashes, around: { readings: near, busless, system } };
  }
}

const computes = ({ kind }: Pick<Draft, 'kind'>) => kind === 'gpu' || kind === 'accelerator';

const order: readonly Draft['kind'][] = ['host', 'gpu', 'accelerator', 'network', 'power', 'robot'];

function inOrder(one: Draft, other: Draft): number {
  const rank = ({ kind }: Draft) => order.indexOf(kind);
  return compare(one.scope, other.scope) || rank(one) - rank(other) || compare(one.locator, other.locator);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Where it was found, unique over all machines of the scan. */
function placeOf({ scope, locator }: Draft): string {
  return scope === '' || scope === locator ? locator : `${scope}/${locator}`;
}

interface Numbered {
  draft: Draft;
  asset: Asset;
}

/** Short names in the order of the drafts; parts (network cards) are none. */
function numberAssets(drafts: readonly Draft[], of: (draft: Draft, kind: AssetKind) => Omit<Asset, 'id'>): Numbered[] {
  const counts = new Map<string, number>();
  const numbered: Numbered[] = [];
  for (const draft of drafts) {
    if (draft.kind === 'network') continue;
    const count = counts.get(draft.kind) ?? 0;
    counts.set(draft.kind, count + 1);
    const id = draft.kind === 'host' && count === 0 ? 'host' : `${draft.kind}${count}`;
    const { kind, ...rest } = of(draft, draft.kind);
    numbered.push({ draft, asset: { id, kind, ...rest, locator: placeOf(draft).slice(0, 200) } });
  }
  for (const { draft, asset } of numbered) {
    const within = numbered.find((entry) => entry.draft.kind === 'host' && entry.draft.scope === draft.scope);
    if (within !== undefined && within.asset !== asset && computes(draft)) asset.parent = within.asset.id;
  }
  return numbered;
}

function componentOf(draft: Draft, practice: boolean): Component {
  const { kind, name, identity, facts } = draft;
  return {
    kind,
    locator: placeOf(draft).slice(0, 100),
    name,
    ...(identity === undefined ? {} : { key: assetKey(kind, identity, practice), identity }),
    facts: facts.slice(0, 2000),
  };
}

function findingsOf(readings: readonly ProbeReading[], clashes: readonly Clash[], assets: readonly Asset[]): Finding[] {
  const findings: Finding[] = [];
  for (const reading of readings) {
    const source = sourceOf(reading);
    findings.push(...reading.problems.map((problem) => findingOf(problem, source)));
    for (const device of reading.devices) {
      const subject = `${source} ${device.locator}`.slice(0, 100);
      findings.push(...device.problems.map((problem) => findingOf(problem, subject)));
    }
  }
  findings.push(...clashes.map(({ sentence }) => ({ code: 'identity-clash', subject: 'identity', sentence })));
  for (const { locator, checks, reasons } of assets) {
    const subject = locator.slice(0, 100);
    for (const { verdict, sentence } of checks) {
      if (verdict === 'contradicts') findings.push({ code: 'mismatch', subject, sentence });
    }
    for (const { code, sentence } of reasons) findings.push({ code, subject, sentence });
  }
  const seen = new Map(findings.map((finding) => [`${finding.subject} ${finding.sentence}`, finding]));
  return [...seen.values()].slice(0, 2000);
}
