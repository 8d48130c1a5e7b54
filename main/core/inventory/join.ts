/**
 * Which testimonies are of one thing. Within one scan of one machine a slot joins them, as long as their identities do
 * not speak against it; beyond that only a strong identity joins. A name never does.
 */
import { type Identity, type IdentityScheme, identityScheme, isHardwareIdentity } from '#domain/identity.ts';
import type { Testimony } from './testimony.ts';

export interface Joined {
  /** Testimonies of one thing, in their order. */
  groups: Testimony[][];
  /** Sentences on identities that two things claim, by the strong name they claim: `gpu-uuid gpu-…`. */
  clashes: Clash[];
}

export interface Clash {
  members: Testimony[];
  sentence: string;
  mend: string;
}

/** Serial numbers of a board with two GPUs are both GPUs' own, and join nothing by themselves. */
const ofBoards: ReadonlySet<IdentityScheme> = new Set(['part-and-serial']);

export function joinTestimonies(testimonies: readonly Testimony[]): Joined {
  const parent = testimonies.map((_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    while (parent[at] !== undefined && parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  const unite = (one: number, other: number) => {
    const [a, b] = [rootOf(one), rootOf(other)].sort((left, right) => left - right);
    if (a !== undefined && b !== undefined) parent[b] = a;
  };
  const membersOf = (root: number) => testimonies.filter((_, index) => rootOf(index) === root);

  const clashes: Clash[] = [];
  for (const indices of slotsOf(testimonies)) {
    for (const [place, index] of indices.entries()) {
      const testimony = testimonies[index];
      if (testimony === undefined) continue;
      const before = [...new Set(indices.slice(0, place).map(rootOf))];
      const against = (root: number) =>
        membersOf(root).find((member) => contradicting(member, testimony) !== undefined);
      const fitting = before.find((root) => against(root) === undefined);
      if (fitting !== undefined) unite(fitting, index);
      else if (before[0] !== undefined) clashes.push(slotClash(against(before[0]) ?? testimony, testimony));
    }
  }
  for (const { scheme, indices } of strongNames(testimonies)) {
    const [first, ...rest] = indices;
    if (first === undefined) continue;
    const groups = new Set(indices.map(rootOf));
    if (groups.size === 1) continue;
    const twice = twiceByOne(testimonies, indices, rootOf);
    if (twice !== undefined) {
      if (!ofBoards.has(scheme)) clashes.push(nameClash(twice, scheme));
      continue;
    }
    for (const index of rest) {
      const against = membersOf(rootOf(first)).find((member) => {
        const candidate = testimonies[index];
        return candidate !== undefined && contradicting(member, candidate) !== undefined;
      });
      if (against === undefined) unite(first, index);
    }
  }
  const roots = [...new Set(testimonies.map((_, index) => rootOf(index)))];
  return { groups: roots.map(membersOf), clashes: unique(clashes) };
}

/** Testimonies by place: one slot of one machine, and one kind of thing in it. */
function slotsOf(testimonies: readonly Testimony[]): number[][] {
  const slots = new Map<string, number[]>();
  for (const [index, { scope, device }] of testimonies.entries()) {
    const key = JSON.stringify([scope, device.locator, familyOf(device.kind)]);
    slots.set(key, [...(slots.get(key) ?? []), index]);
  }
  return [...slots.values()];
}

/** A bare entry of the bus is called an accelerator until its driver says that it is a GPU. */
const familyOf = (kind: string) => (kind === 'accelerator' ? 'gpu' : kind);

const normal = (value: string) => value.trim().toLowerCase();

/** The strongest scheme under which both have names and share none. */
function contradicting(one: Testimony, other: Testimony): IdentityScheme | undefined {
  for (const scheme of identityScheme.options) {
    if (!isHardwareIdentity({ scheme })) return undefined;
    const [left, right] = [one, other].map(({ claims }) =>
      claims.filter((claim) => claim.scheme === scheme).map((claim) => normal(claim.value)),
    );
    if (left === undefined || right === undefined || left.length === 0 || right.length === 0) continue;
    // The strongest name both have decides; weaker ones may differ (a board was changed).
    return left.some((value) => right.includes(value)) ? undefined : scheme;
  }
  return undefined;
}

interface StrongName {
  scheme: IdentityScheme;
  value: string;
  indices: number[];
}

/** Every strong name that more than one testimony gives, strongest scheme first. */
function strongNames(testimonies: readonly Testimony[]): StrongName[] {
  const names = new Map<string, StrongName>();
  for (const [index, { claims, device }] of testimonies.entries()) {
    for (const { scheme, value } of claims) {
      if (!isHardwareIdentity({ scheme })) continue;
      const key = `${familyOf(device.kind)} ${scheme} ${normal(value)}`;
      const entry = names.get(key) ?? { scheme, value, indices: [] };
      if (!entry.indices.includes(index)) entry.indices.push(index);
      names.set(key, entry);
    }
  }
  const rank = ({ scheme }: StrongName) => identityScheme.options.indexOf(scheme);
  return [...names.values()].filter(({ indices }) => indices.length > 1).sort((a, b) => rank(a) - rank(b));
}

/** Two devices of one source that claim one name: one of them is not what it says. */
function twiceByOne(
  testimonies: readonly Testimony[],
  indices: readonly number[],
  rootOf: (index: number) => number,
): Testimony[] | undefined {
  const bySource = new Map<string, Map<number, Testimony>>();
  for (const index of indices) {
    const testimony = testimonies[index];
    if (testimony === undefined) continue;
    const groups = bySource.get(testimony.source) ?? new Map<number, Testimony>();
    groups.set(rootOf(index), testimony);
    bySource.set(testimony.source, groups);
  }
  const several = [...bySource.values()].find((groups) => groups.size > 1);
  return several === undefined ? undefined : [...several.values()];
}

function slotClash(one: Testimony, other: Testimony): Clash {
  const scheme = contradicting(one, other);
  const nameOf = ({ claims }: Testimony) => claims.find((claim) => claim.scheme === scheme)?.value ?? '';
  return {
    members: [one, other],
    sentence: `Two devices are said to be at ${other.device.locator}: ${one.source} names ${nameOf(one)}, ${other.source} names ${nameOf(other)}.`,
    mend: 'Run discovery again; if it stays, one of the two sources is not telling the truth of this machine.',
  };
}

function nameClash(members: Testimony[], scheme: IdentityScheme): Clash {
  const places = members.map(({ device }) => device.locator).join(' and ');
  const value = members[0]?.claims.find((claim) => claim.scheme === scheme)?.value ?? '';
  return {
    members,
    sentence: `The devices at ${places} claim one identity, ${scheme} ${value}: at least one of them is not what it says.`,
    mend: 'Identities are unique: have the firmware of both looked at before either is onboarded.',
  };
}

function unique(clashes: Clash[]): Clash[] {
  return [...new Map(clashes.map((clash) => [clash.sentence, clash])).values()];
}

/** All names of a group, each once for every source. */
export function claimsOf(group: readonly Testimony[]): Identity[] {
  const claims = group.flatMap((testimony) => testimony.claims);
  return [...new Map(claims.map((claim) => [`${claim.scheme} ${claim.value} ${claim.source}`, claim])).values()];
}
