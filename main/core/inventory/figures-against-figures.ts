/** Facts that bound each other, and driver numbers that exist or do not. */
import type { WitnessCheck } from '#domain/asset.ts';
import { formatFigure } from '#domain/number-format.ts';
import type { WitnessRules } from '#domain/witness-rules.ts';
import { type Draft, numberOf, textOf } from './draft.ts';

export function checkRelations({ facts, partition }: Draft, { relations }: WitnessRules): WitnessCheck[] {
  if (partition !== undefined) return [];
  const checks: WitnessCheck[] = [];
  for (const { id, smaller, larger, least, weight } of relations) {
    const [low, high] = [numberOf(facts, smaller), numberOf(facts, larger)];
    if (low === undefined || high === undefined) continue;
    const unit = facts.find(({ name }) => name === larger)?.unit ?? '';
    const [shownLow, shownHigh] = [formatFigure(low, unit), formatFigure(high, unit)];
    const agrees = low <= high && low >= high * least;
    checks.push({
      rule: id,
      weight,
      verdict: agrees ? 'agrees' : 'contradicts',
      sentence: agrees
        ? `${smaller} ${shownLow} goes with ${larger} ${shownHigh}.`
        : `${smaller} is ${shownLow} and ${larger} is ${shownHigh}, which cannot both be.`,
    });
  }
  return checks;
}

/** `system`: name or kernel of the operating system, as a host of the same machine says it. */
export function checkDriver({ facts }: Draft, rules: WitnessRules, system: string | undefined): WitnessCheck[] {
  const [version, maker] = [textOf(facts, 'driver-version'), textOf(facts, 'maker')];
  if (version === undefined) return [];
  const kind = systemKind(system);
  const checks: WitnessCheck[] = [];
  const rule = rules.drivers.find((entry) => entry.maker === maker && entry.system === kind);
  if (rule !== undefined) checks.push(driverOfSystem(rule, version, rules.weights.driverOfSystem));
  const architecture = textOf(facts, 'architecture');
  const least = rules.leastDriver.find((entry) => entry.architecture === architecture);
  const branch = Number(/^(\d{3})\./.exec(version)?.[1] ?? Number.NaN);
  if (maker === 'NVIDIA Corporation' && least !== undefined && Number.isInteger(branch)) {
    const agrees = branch >= least.branch;
    checks.push({
      rule: 'driver-of-architecture',
      weight: rules.weights.driverOfArchitecture,
      verdict: agrees ? 'agrees' : 'contradicts',
      sentence: agrees
        ? `Driver ${version} knows ${architecture}.`
        : `Driver ${version} is older than the first that knows ${architecture} (${least.branch}).`,
    });
  }
  return checks;
}

type DriverRule = WitnessRules['drivers'][number];

function driverOfSystem(rule: DriverRule, version: string, weight: WitnessCheck['weight']): WitnessCheck {
  const check = (verdict: WitnessCheck['verdict'], sentence: string): WitnessCheck => ({
    rule: rule.id,
    weight,
    verdict,
    sentence,
  });
  const branch = Number(new RegExp(rule.form).exec(version)?.[1] ?? Number.NaN);
  const system = rule.system === 'linux' ? 'Linux' : 'Windows';
  if (!Number.isInteger(branch))
    return check('contradicts', `Driver ${version} is no number that ${rule.maker} gives to drivers for ${system}.`);
  if (rule.branches.length === 0) return check('agrees', `Driver ${version} has the form of a driver for ${system}.`);
  if (rule.branches.includes(branch)) return check('agrees', `Branch ${branch} is one of the drivers for ${system}.`);
  return branch > Math.max(...rule.branches)
    ? check('unverified', `Branch ${branch} is newer than the list of drivers for ${system}.`)
    : check('contradicts', `There is no driver branch ${branch} for ${system}; the driver says it is ${version}.`);
}

export function systemKind(system: string | undefined): 'linux' | 'windows' | undefined {
  if (system === undefined) return undefined;
  if (/windows/i.test(system)) return 'windows';
  return /linux|ubuntu|debian|fedora|red hat|rhel|rocky|alma|suse|arch|centos|nixos|gentoo|-generic|\.el\d/i.test(
    system,
  )
    ? 'linux'
    : undefined;
}
