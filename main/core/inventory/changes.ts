/** What changed between two scans of one machine. Figures that move by themselves (watts, clocks) are no change. */
import type { Asset } from '#domain/asset.ts';
import type { Change, Discovery } from '#domain/discovery.ts';
import type { Fact } from '#domain/fact.ts';

/** Texts and flags that follow the load of the moment. */
const moving: ReadonlySet<string> = new Set([
  'performance-state',
  'throttle-reasons',
  'robot-mode',
  'program-state',
  'moving',
  'xid-last',
]);

/** Numbers that stand still on a healthy machine. */
const still: ReadonlySet<string> = new Set([
  'memory-total',
  'mig-instances',
  'virtual-functions',
  'multiprocessors',
  'pci-width',
  'nvlink-active',
  'power-limit',
  'ecc-uncorrected-since-load',
  'ecc-uncorrected-lifetime',
  'pages-retired-single-bit',
  'pages-retired-double-bit',
  'rows-remapped-corrected',
  'rows-remapped-uncorrected',
  'row-banks-exhausted',
  'alarm-count',
  'outlets-on',
  'error-count',
]);

export function changesBetween(before: Pick<Discovery, 'assets'>, after: Pick<Discovery, 'assets'>): Change[] {
  const known = new Map(before.assets.map((asset) => [nameOf(asset), asset]));
  const changes: Change[] = [];
  for (const asset of after.assets) {
    const earlier = known.get(nameOf(asset));
    known.delete(nameOf(asset));
    if (earlier === undefined) {
      changes.push(changeOf(asset, 'appeared', `${asset.locator}, ${asset.state.replaceAll('-', ' ')}.`));
      continue;
    }
    changes.push(...changesOf(earlier, asset));
  }
  const gone = [...known.values()].map((asset) =>
    changeOf(asset, 'vanished', `It was at ${asset.locator}, and no source speaks of it any more.`),
  );
  return [...gone, ...changes];
}

/** The same thing in two scans: by its key, or by its place where it has none. */
const nameOf = ({ kind, key, locator }: Asset) => key ?? `${kind} ${locator}`;

const changeOf = ({ id, name }: Asset, kind: Change['kind'], sentence: string): Change => ({
  kind,
  asset: id,
  name,
  sentence,
});

function changesOf(before: Asset, after: Asset): Change[] {
  const changes: Change[] = [];
  if (before.state !== after.state) {
    const [was, is] = [before.state, after.state].map((state) => state.replaceAll('-', ' '));
    changes.push(changeOf(after, 'state', `It was ${was} and is ${is}.`));
  }
  const had = new Set(before.reasons.map(({ sentence }) => sentence));
  const has = new Set(after.reasons.map(({ sentence }) => sentence));
  for (const sentence of has) if (!had.has(sentence)) changes.push(changeOf(after, 'reason', sentence));
  for (const sentence of had) if (!has.has(sentence)) changes.push(changeOf(after, 'mended', `No longer: ${sentence}`));
  for (const source of after.sources)
    if (!before.sources.includes(source)) changes.push(changeOf(after, 'source-gained', `${source} speaks of it now.`));
  for (const source of before.sources)
    if (!after.sources.includes(source)) changes.push(changeOf(after, 'source-lost', `${source} says no more of it.`));
  changes.push(...factChanges(before, after));
  return changes;
}

function factChanges(before: Asset, after: Asset): Change[] {
  const place = ({ source, name }: Fact) => `${source} ${name}`;
  const earlier = new Map(before.facts.filter(stands).map((fact) => [place(fact), fact]));
  return after.facts.filter(stands).flatMap((fact) => {
    const was = earlier.get(place(fact));
    if (was === undefined || was.value === fact.value) return [];
    return [changeOf(after, 'fact', `${fact.name}: ${was.value} became ${fact.value} (${fact.source}).`)];
  });
}

function stands({ name, value }: Fact): boolean {
  return typeof value === 'number' ? still.has(name) : !moving.has(name);
}
