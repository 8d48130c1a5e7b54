/** Facts that several sources give: where they say the same, where not, and who says what. */
import type { Disagreement, WitnessCheck } from '#domain/asset.ts';
import type { Fact } from '#domain/fact.ts';
import { formatFigure } from '#domain/number-format.ts';
import type { WitnessRules } from '#domain/witness-rules.ts';
import type { Draft } from './draft.ts';

type Rule = WitnessRules['agreement'][number];

export interface Agreement {
  checks: WitnessCheck[];
  disagreements: Disagreement[];
}

export function compareFacts(draft: Draft, rules: WitnessRules): Agreement {
  const checks: WitnessCheck[] = [];
  const disagreements: Disagreement[] = [];
  for (const rule of rules.agreement) {
    if (!rule.kinds.includes(draft.kind)) continue;
    const said = bySource(draft.facts.filter(({ name }) => name === rule.fact));
    if (said.length < 2) continue;
    const verdicts = said.slice(1).map((fact) => same(rule, said[0] as Fact, fact));
    if (verdicts.includes('no')) {
      disagreements.push({
        name: rule.fact,
        said: said.map(({ value, unit, source, trust }) => ({
          value,
          ...(unit === undefined ? {} : { unit }),
          source,
          trust,
        })),
      });
      checks.push({ ...head(rule), verdict: 'contradicts', sentence: sentenceOf(rule.fact, said) });
    } else if (verdicts.includes('yes')) {
      const sources = said.map(({ source }) => source).join(', ');
      checks.push({
        ...head(rule),
        verdict: 'agrees',
        sentence: `${rule.fact}: ${sources} say the same, ${shown(said[0] as Fact)}.`.slice(0, 2000),
      });
    }
  }
  return { checks, disagreements };
}

const head = ({ id, weight }: Rule) => ({ rule: id, weight });

/** One fact for each source: what it says of the device as a whole comes first. */
function bySource(facts: readonly Fact[]): Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) if (!found.has(fact.source)) found.set(fact.source, fact);
  return [...found.values()];
}

function sentenceOf(name: string, said: readonly Fact[]): string {
  const groups = new Map<string, string[]>();
  for (const fact of said) groups.set(shown(fact), [...(groups.get(shown(fact)) ?? []), fact.source]);
  const parts = [...groups].map(
    ([value, sources]) => `${sources.join(', ')} ${sources.length === 1 ? 'says' : 'say'} ${value}`,
  );
  return `The sources disagree on ${name}: ${parts.join('; ')}.`.slice(0, 2000);
}

function shown({ value, unit }: Fact): string {
  if (typeof value !== 'number') return String(value).slice(0, 200);
  // Two values that differ in the fifth digit must not look the same.
  return Number.isInteger(value) && unit === 'By' ? `${value} B` : formatFigure(value, unit ?? '');
}

function same(rule: Rule, one: Fact, other: Fact): 'yes' | 'no' | 'unknown' {
  if (rule.as === 'number') {
    if (typeof one.value !== 'number' || typeof other.value !== 'number') return 'unknown';
    const larger = Math.max(Math.abs(one.value), Math.abs(other.value));
    return Math.abs(one.value - other.value) <= larger * (rule.tolerance ?? 0) ? 'yes' : 'no';
  }
  const [left, right] = [String(one.value), String(other.value)];
  if (rule.as === 'text') return plain(left) === plain(right) ? 'yes' : 'no';
  if (rule.as === 'digits') return bare(left) === bare(right) ? 'yes' : 'no';
  if (plain(left) === plain(right)) return 'yes';
  const [a, b] = [modelWords(left), modelWords(right)];
  if (a.length === 0 || b.length === 0) return 'unknown';
  return a.some((word) => b.includes(word)) ? 'yes' : 'no';
}

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
/** UUIDs and numbers, whichever way they are punctuated. */
const bare = (text: string) =>
  plain(text)
    .replace(/^gpu-|^0x/, '')
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^0+(?=.)/, '');

/** Words of a capacity, a memory or a socket; two models may share them. */
const ofNoModel = /^(?:\d+(?:g|gb|gib|mb|w)|(?:hbm|gddr|lpddr|ddr|sxm|pcie|gen|rev|v)\d\w*|\d)$/;

/** The words that tell one model from another: those with a digit in them. */
export function modelWords(text: string): string[] {
  return plain(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => /\d/.test(word) && !ofNoModel.test(word));
}
