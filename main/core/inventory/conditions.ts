/**
 * What stands between a device and its onboarding, from its own facts and problems: why, and what a person does about
 * it. Each condition is one row; what is merely unknown is no condition.
 */
import type { Reason } from '#domain/asset.ts';
import { type Draft, factOf, hasHardwareIdentity, numberOf, textOf } from './draft.ts';

interface Condition {
  code: string;
  weight: Reason['weight'];
  kinds?: readonly Draft['kind'][];
  holds(draft: Draft): boolean;
  sentence(draft: Draft): string;
  mend?: string;
}

const compute: readonly Draft['kind'][] = ['gpu', 'accelerator'];
const robots: readonly Draft['kind'][] = ['robot'];
const is = (name: string, value: unknown) => (draft: Draft) => factOf(draft.facts, name) === value;
const positive = (name: string) => (draft: Draft) => (numberOf(draft.facts, name) ?? 0) > 0;
const problem = (code: string) => (draft: Draft) => draft.problems.some((entry) => entry.problem.code === code);
const firstSentence = (code: string) => (draft: Draft) =>
  draft.problems.find((entry) => entry.problem.code === code)?.problem.sentence ?? '';

const conditions: readonly Condition[] = [
  {
    code: 'lost',
    weight: 'refuse',
    kinds: compute,
    holds: problem('lost'),
    sentence: firstSentence('lost'),
    mend: 'Restart the machine, and reseat the card if it comes back.',
  },
  {
    code: 'vgpu',
    weight: 'refuse',
    kinds: compute,
    holds: ({ partition }) => partition?.kind === 'vgpu-guest',
    sentence: () => 'It is a share of a GPU (vGPU), and a share is no asset.',
    mend: 'Onboard the whole GPU, from the machine it is in.',
  },
  {
    code: 'passed-through',
    weight: 'refuse',
    kinds: compute,
    holds: ({ partition }) => partition?.kind === 'passed-through',
    sentence: ({ locator }) => `The card at ${locator} is handed to a virtual machine.`,
    mend: 'Run discovery inside that virtual machine.',
  },
  {
    code: 'nouveau',
    weight: 'refuse',
    kinds: compute,
    holds: is('pci-driver', 'nouveau'),
    sentence: () => 'It runs on nouveau, which cannot compute.',
    mend: "Install NVIDIA's driver, then restart.",
  },
  {
    code: 'integrated',
    weight: 'refuse',
    kinds: compute,
    holds: (draft) => factOf(draft.facts, 'integrated') === true && !hasHardwareIdentity(draft),
    sentence: () => 'It is graphics inside a processor, part of the host and no asset of its own.',
  },
  {
    code: 'rows-failed',
    weight: 'refuse',
    kinds: compute,
    holds: is('rows-remapped-failed', true),
    sentence: () => 'Its memory has a row that could not be remapped: it is broken.',
    mend: 'Have it replaced; NVIDIA takes such a GPU back under warranty.',
  },
  {
    code: 'xid-lost',
    weight: 'refuse',
    kinds: compute,
    holds: is('fallen-off-the-bus', true),
    sentence: () => 'The kernel has reported since its start that this GPU fell off the bus.',
    mend: 'Restart the machine, and reseat the card if it comes back.',
  },
  {
    code: 'rows-pending',
    weight: 'attention',
    kinds: compute,
    holds: (draft) => is('rows-remapped-pending', true)(draft) || is('pages-retired-pending', true)(draft),
    sentence: () => 'Parts of its memory wait to be taken out of use.',
    mend: 'Reset it (nvidia-smi --gpu-reset) or restart the machine.',
  },
  {
    code: 'ecc',
    weight: 'attention',
    kinds: compute,
    holds: positive('ecc-uncorrected-since-load'),
    sentence: ({ facts }) =>
      `${numberOf(facts, 'ecc-uncorrected-since-load')} memory errors since the driver was loaded could not be corrected.`,
    mend: 'Reset it, and have it looked at if the number grows.',
  },
  {
    code: 'xid',
    weight: 'attention',
    kinds: compute,
    holds: (draft) => (textOf(draft.facts, 'xid-hardware') ?? '') !== '',
    sentence: ({ facts }) =>
      `The kernel reports errors of this GPU since its start: Xid ${textOf(facts, 'xid-hardware')}.`,
    mend: "See dmesg, and NVIDIA's list of Xid errors for what each one asks for.",
  },
  {
    code: 'recovery',
    weight: 'attention',
    kinds: compute,
    holds: ({ facts }) => !['none', ''].includes(textOf(facts, 'recovery-action') ?? ''),
    sentence: ({ facts }) => `Its driver asks for recovery: ${textOf(facts, 'recovery-action')}.`,
    mend: 'Do what it asks for before it is measured.',
  },
  {
    code: 'mig',
    weight: 'attention',
    kinds: compute,
    holds: ({ partition }) => partition?.kind === 'mig' || partition?.kind === 'compute-partition',
    sentence: ({ partition }) => `${partition?.sentence} The whole GPU is the asset, and benchmarks see a part of it.`,
    mend: 'Join it again before it is measured (nvidia-smi -mig 0; amd-smi set --compute-partition SPX).',
  },
  {
    code: 'fabric',
    weight: 'attention',
    kinds: compute,
    holds: ({ facts }) => ['not started', 'in progress'].includes(textOf(facts, 'fabric-state')?.toLowerCase() ?? ''),
    sentence: ({ facts }) => `It is not registered with the NVLink fabric (${textOf(facts, 'fabric-state')}).`,
    mend: 'Start the fabric manager (systemctl start nvidia-fabricmanager).',
  },
  {
    code: 'throttled',
    weight: 'attention',
    kinds: compute,
    holds: ({ facts }) => /hardware (?:slowdown|thermal|power)/.test(textOf(facts, 'throttle-reasons') ?? ''),
    sentence: ({ facts }) => `Its clocks are held down: ${textOf(facts, 'throttle-reasons')}.`,
    mend: 'Check cooling and power cables before it is measured.',
  },
  {
    code: 'prohibited',
    weight: 'attention',
    kinds: compute,
    holds: is('compute-mode', 'prohibited'),
    sentence: () => 'Programs are not allowed to compute on it.',
    mend: 'Allow them (nvidia-smi -c DEFAULT).',
  },
  {
    code: 'inforom',
    weight: 'attention',
    kinds: compute,
    holds: ({ problems }) => problems.some(({ problem: { sentence } }) => sentence.includes('InfoROM')),
    sentence: ({ problems }) =>
      problems.find(({ problem: { sentence } }) => sentence.includes('InfoROM'))?.problem.sentence ?? '',
    mend: 'Have its firmware looked at; its identity cannot be relied on.',
  },
  {
    code: 'emergency-stop',
    weight: 'attention',
    kinds: robots,
    holds: is('emergency-stop', true),
    sentence: () => 'An emergency stop is active.',
    mend: 'Have a person release it at the robot.',
  },
  {
    code: 'protective-stop',
    weight: 'attention',
    kinds: robots,
    holds: is('protective-stop', true),
    sentence: () => 'It stands in a protective stop.',
    mend: 'Have a person see why, and release it at the robot.',
  },
  {
    code: 'safety-fault',
    weight: 'attention',
    kinds: robots,
    holds: ({ facts }) => /^(?:VIOLATION|FAULT)$/.test(textOf(facts, 'safety-state') ?? ''),
    sentence: ({ facts }) => `Its safety system reports ${textOf(facts, 'safety-state')}.`,
    mend: 'Have it looked at by somebody who may.',
  },
  {
    code: 'not-connected',
    weight: 'attention',
    kinds: robots,
    holds: ({ facts }) => /^(?:OFFLINE|CONNECTION_?BROKEN)$/.test(textOf(facts, 'connection-state') ?? ''),
    sentence: ({ facts }) => `Its broker has it as not connected (${textOf(facts, 'connection-state')}).`,
    mend: 'Switch it on, or see to its network.',
  },
  {
    code: 'robot-errors',
    weight: 'attention',
    kinds: robots,
    holds: ({ facts }) => /\b(?:FATAL|CRITICAL)\b/.test(textOf(facts, 'errors') ?? ''),
    sentence: ({ facts }) => `It reports errors: ${textOf(facts, 'errors')}.`,
    mend: 'Have them cleared at the robot.',
  },
];

/** Reasons from what the device itself shows. Its identity is judged by `identityReason`. */
export function conditionsOf(draft: Draft): Reason[] {
  return conditions
    .filter(({ kinds, holds }) => (kinds === undefined || kinds.includes(draft.kind)) && holds(draft))
    .map(({ code, weight, sentence, mend }) => ({
      code,
      weight,
      sentence: sentence(draft).slice(0, 2000),
      ...(mend === undefined ? {} : { mend }),
    }));
}

/** A thing without a strong name cannot be told from another one of its kind: it is shown, and gets no token. */
export function identityReason(draft: Draft): Reason | undefined {
  if (hasHardwareIdentity(draft)) return undefined;
  const { kind, identity, facts, problems } = draft;
  if (kind === 'host') {
    // A recording of a card says nothing of the machine it is in, and nobody asked for it.
    if (facts.length === 0 && identity === undefined) return undefined;
    return {
      code: 'weak-identity',
      weight: 'attention',
      sentence:
        identity === undefined
          ? 'Nothing tells this machine from others of its kind.'
          : `Its best name, ${identity.scheme}, is of an installation or a part: good for the sandbox, and for no network with money on it.`,
      mend: problems.some(({ problem: { code } }) => code === 'denied')
        ? 'Run discovery once as root (sudo), so that the serial numbers and the UUID of the machine can be read.'
        : 'Its maker or its hypervisor gave it no number that can be read from inside; GPUs in it have their own.',
    };
  }
  const placeholder = problems.find(({ problem: { code } }) => code === 'placeholder')?.problem.sentence;
  return {
    code: 'no-identity',
    weight: 'refuse',
    sentence:
      `No source gives it a name that tells it from others of its kind.${placeholder === undefined ? '' : ` ${placeholder}`}`.slice(
        0,
        2000,
      ),
    mend:
      kind === 'robot' || kind === 'power'
        ? 'Name the protocol of its own controller as a target as well: a maker and a serial number make a name.'
        : "Install the maker's driver and tools, or have the serial number read by the management controller.",
  };
}
