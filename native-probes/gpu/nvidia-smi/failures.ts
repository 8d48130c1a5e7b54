/** What nvidia-smi prints when it cannot answer, and what it means (texts quoted from public issues; see fixtures). */
import type { ProbeAnswer, Problem } from '../../contract.ts';
import { printable } from '../../printable.ts';

interface Meaning {
  text: RegExp;
  outcome: ProbeAnswer['outcome'];
  code: Problem['code'];
  sentence: string;
}

const meanings: readonly Meaning[] = [
  {
    text: /version mismatch/i,
    outcome: 'failed',
    code: 'mismatch',
    sentence: 'The NVIDIA driver was updated while its old version still runs: restart the machine.',
  },
  {
    text: /couldn't communicate with the NVIDIA driver/i,
    outcome: 'failed',
    code: 'absent',
    sentence:
      'nvidia-smi is installed and the NVIDIA kernel driver does not answer: load it (modprobe nvidia), or install it.',
  },
  { text: /no devices were found/i, outcome: 'absent', code: 'absent', sentence: 'nvidia-smi runs and finds no GPU.' },
  {
    text: /unable to determine the device handle/i,
    outcome: 'failed',
    code: 'lost',
    sentence: 'One GPU no longer answers, and nvidia-smi lists none because of it: restart the machine.',
  },
  {
    text: /failed to initialize NVML: unknown error/i,
    outcome: 'failed',
    code: 'denied',
    sentence: 'The driver refuses this process; in a container, start it again so that it gets its GPU devices back.',
  },
  {
    text: /insufficient permissions|permission denied/i,
    outcome: 'denied',
    code: 'denied',
    sentence: 'This user may not ask the NVIDIA driver: run as root, or join the group that owns /dev/nvidiactl.',
  },
  {
    text: /libnvidia-ml\.so|couldn't find .*nvidia-ml/i,
    outcome: 'failed',
    code: 'absent',
    sentence: 'nvidia-smi is installed without its library: reinstall the NVIDIA driver.',
  },
  {
    text: /not found|not recognized|ENOENT/i,
    outcome: 'absent',
    code: 'absent',
    sentence: 'nvidia-smi is not installed on this machine.',
  },
];

/** The answer for what nvidia-smi printed, or what starting it said. */
export function explainSmiFailure(said: string): ProbeAnswer {
  const meaning = meanings.find(({ text }) => text.test(said));
  if (!meaning) {
    const quoted = printable(said, 200);
    return {
      outcome: 'failed',
      sentence: quoted ? `nvidia-smi failed and said: ${quoted}` : 'nvidia-smi failed and said nothing.',
      devices: [],
      problems: [],
    };
  }
  const { outcome, code, sentence } = meaning;
  const problems: Problem[] = outcome === 'absent' ? [] : [{ code, sentence, raw: printable(said) }];
  return { outcome, sentence, devices: [], problems };
}

/** Whether one lost GPU silenced the whole listing, so that each has to be asked alone. */
export function isOneLost(said: string): boolean {
  return /unable to determine the device handle/i.test(said);
}
