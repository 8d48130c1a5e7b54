/** Everything that is known of one thing brought to an asset: checks, disagreements, reasons, state. */
import type { Asset, AssetState, Reason, WitnessCheck } from '#domain/asset.ts';
import { assetKey } from '#domain/identity.ts';
import { findingOf } from '#domain/reading.ts';
import type { WitnessRules } from '#domain/witness-rules.ts';
import type { Reference } from '#ports/reference.ts';
import { compareFacts } from './agreement.ts';
import { conditionsOf, identityReason } from './conditions.ts';
import { type Draft, hasHardwareIdentity } from './draft.ts';
import { checkDriver, checkRelations } from './figures-against-figures.ts';
import type { Clash } from './join.ts';
import { checkModel } from './models.ts';
import { checkPresence, type Surroundings } from './presence.ts';

export interface Context {
  reference: Reference;
  practice: boolean;
  clashes: readonly Clash[];
  /** Of the machine or target it is in; `system`: its operating system, where known. */
  around: Surroundings & { system: string | undefined };
}

type Judged = Omit<Asset, 'id' | 'parent'>;

export function judge(draft: Draft, kind: Asset['kind'], context: Context): Judged {
  const { reference, around } = context;
  const computes = kind === 'gpu' || kind === 'accelerator';
  const agreement = compareFacts(draft, reference.rules);
  const presence = computes ? checkPresence(draft, reference.rules, around) : [];
  const checks: WitnessCheck[] = [
    ...presence.map(({ check }) => check),
    ...agreement.checks,
    ...(computes
      ? [
          ...checkModel(draft, reference),
          ...checkRelations(draft, reference.rules),
          ...checkDriver(draft, reference.rules, around.system),
        ]
      : []),
  ];
  const lacking = identityReason(draft);
  const reasons = unique([
    ...clashReasons(draft, context.clashes),
    ...presence.flatMap(({ check, mend }) => reasonOf(check, mend)),
    ...checks.filter((check) => !presence.some((entry) => entry.check === check)).flatMap((check) => reasonOf(check)),
    ...conditionsOf(draft),
    ...failedSources(draft, computes, reference.rules, around),
    ...(lacking === undefined ? [] : [lacking]),
  ]);
  const state = stateOf(reasons);
  const keyed = draft.identity !== undefined && (hasHardwareIdentity(draft) || kind === 'host');
  return {
    kind,
    name: draft.name,
    locator: draft.locator,
    state,
    reasons: reasons.slice(0, 200),
    verification: verificationOf(draft, checks, reference.rules),
    checks: checks.slice(0, 500),
    ...(draft.identity === undefined ? {} : { identity: draft.identity }),
    otherNames: draft.otherNames.slice(0, 500),
    ...(draft.identity !== undefined && keyed ? { key: assetKey(kind, draft.identity, context.practice) } : {}),
    tokenizable: !context.practice && hasHardwareIdentity(draft) && state !== 'cannot-be-onboarded',
    ...(draft.partition === undefined ? {} : { partition: draft.partition }),
    sources: [...new Set(draft.testimonies.map(({ source }) => source))],
    facts: draft.facts.slice(0, 5000),
    disagreements: agreement.disagreements.slice(0, 500),
    problems: draft.problems
      .map(({ source, problem }) => findingOf(problem, `${source} ${draft.locator}`))
      .slice(0, 2000),
  };
}

function reasonOf({ rule, verdict, weight, sentence }: WitnessCheck, mend?: string): Reason[] {
  if (verdict !== 'contradicts' || weight === 'note') return [];
  return [{ code: rule, weight, sentence, ...(mend === undefined ? {} : { mend }) }];
}

function clashReasons(draft: Draft, clashes: readonly Clash[]): Reason[] {
  return clashes
    .filter(({ members }) => members.some((member) => draft.testimonies.includes(member)))
    .map(({ sentence, mend }) => ({ code: 'identity-clash', weight: 'refuse', sentence, mend }));
}

/** A witness of this device's own maker that hung, crashed or failed: what it would have said is missing. */
function failedSources(draft: Draft, computes: boolean, rules: WitnessRules, { readings }: Surroundings): Reason[] {
  if (!computes) return [];
  const own = rules.presence.find(({ driver }) => draft.testimonies.some(({ probe }) => driver.includes(probe)));
  return readings
    .filter(({ probe, outcome }) => own?.driver.includes(probe) === true && silent.has(outcome))
    .map(({ probe, sentence }) => ({
      code: 'source-silent',
      weight: 'attention',
      sentence: sentence ?? `${probe} did not answer.`,
      mend: 'Run discovery again; if it stays, look at dmesg for what the driver says.',
    }));
}

const silent: ReadonlySet<string> = new Set(['timeout', 'crashed', 'nonsense', 'failed']);

function stateOf(reasons: readonly Reason[]): AssetState {
  if (reasons.some(({ weight }) => weight === 'refuse')) return 'cannot-be-onboarded';
  return reasons.length > 0 ? 'needs-attention' : 'ready';
}

function verificationOf(
  draft: Draft,
  checks: readonly WitnessCheck[],
  { voices }: WitnessRules,
): Asset['verification'] {
  if (checks.some(({ verdict, weight }) => verdict === 'contradicts' && weight !== 'note')) return 'contradicted';
  const voiceOf = (probe: string) => voices.find(({ probes }) => probes.includes(probe))?.id ?? probe;
  const heard = new Set(draft.testimonies.map(({ probe }) => voiceOf(probe)));
  return heard.size > 1 && checks.some(({ verdict }) => verdict === 'agrees') ? 'corroborated' : 'unverified';
}

function unique(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [reason.sentence, reason])).values()];
}
