/** Two witnesses of one machine, the bus and the driver: what only one of them sees has a story. */
import type { WitnessCheck } from '#domain/asset.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { WitnessRules } from '#domain/witness-rules.ts';
import { type Draft, factOf, textOf } from './draft.ts';

type Rule = WitnessRules['presence'][number];

export interface Absence {
  check: WitnessCheck;
  mend?: string;
}

/** What is known of the machine that a device sits in. */
export interface Surroundings {
  /** Readings of the same machine or target. */
  readings: readonly ProbeReading[];
  /** It has no bus of its own to see devices on: WSL, Jetson. */
  busless: boolean;
}

export function checkPresence(draft: Draft, rules: WitnessRules, around: Surroundings): Absence[] {
  const id = textOf(draft.facts, 'pci-device-id');
  const maker = textOf(draft.facts, 'maker') ?? '';
  return rules.presence
    .filter((rule) => (id === undefined ? maker.startsWith(rule.maker) : id.startsWith(`${rule.vendor}:`)))
    .map((rule) => checkOne(draft, rule, around))
    .filter((absence) => absence !== undefined);
}

function checkOne(draft: Draft, rule: Rule, around: Surroundings): Absence | undefined {
  const speaks = (probes: readonly string[]) => draft.testimonies.some(({ probe }) => probes.includes(probe));
  const [onBus, inDriver] = [speaks(rule.bus), speaks(rule.driver)];
  const asked = (probes: readonly string[]) => around.readings.filter(({ probe }) => probes.includes(probe));
  const answered = (probes: readonly string[]) => asked(probes).some(({ outcome }) => outcome === 'present');
  const check = (verdict: WitnessCheck['verdict'], weight: WitnessCheck['weight'], sentence: string): WitnessCheck => ({
    rule: rule.id,
    verdict,
    weight,
    sentence: sentence.slice(0, 2000),
  });

  if (onBus && inDriver) return { check: check('agrees', 'note', 'The bus and the driver both see it.') };
  if (onBus) {
    // Where it is no GPU to compute with, or somebody else's, the driver is not missed.
    if (factOf(draft.facts, 'integrated') === true || handedOver(draft)) return undefined;
    if (answered(rule.driver)) {
      return {
        check: check(
          'contradicts',
          'refuse',
          `It is on the bus at ${draft.locator}, and ${rule.maker}'s driver does not list it: it has fallen off, is broken, or another driver holds it.`,
        ),
        mend: 'See dmesg for its address; restart the machine, and reseat the card if it stays away.',
      };
    }
    const readings = asked(rule.driver);
    if (readings.length === 0) return { check: check('unverified', 'note', 'Only the bus was asked.') };
    const why = readings.find(({ outcome }) => outcome !== 'absent')?.sentence;
    return {
      check: check(
        'contradicts',
        'refuse',
        `It is on the bus at ${draft.locator}, and no driver of ${rule.maker} answers${why === undefined ? '.' : `: ${why}`}`,
      ),
      mend: why === undefined ? sentenceCase(rule.install) : 'Mend what the driver says, then run discovery again.',
    };
  }
  if (!inDriver) return undefined;
  if (around.busless) return { check: check('unverified', 'note', 'This machine shows no bus to see it on.') };
  const buses = asked(rule.bus).filter(({ outcome, devices, problems }) => {
    // A machine whose bus could not be read says nothing by its silence.
    return outcome === 'present' || (outcome === 'absent' && devices.length + problems.length > 0);
  });
  if (buses.length === 0) return { check: check('unverified', 'note', 'The bus was not asked.') };
  return {
    check: check(
      'contradicts',
      'attention',
      `${rule.maker}'s driver lists it at ${draft.locator}, and the bus shows nothing there: one of them is not this machine's.`,
    ),
    mend: 'Make sure that no library stands in place of the driver (LD_LIBRARY_PATH, LD_PRELOAD), then run it again.',
  };
}

function handedOver({ facts, partition }: Draft): boolean {
  return partition?.kind === 'passed-through' || textOf(facts, 'pci-driver') === 'nouveau';
}

const sentenceCase = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
