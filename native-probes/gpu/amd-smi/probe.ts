/** AMD GPUs through the program amd-smi, the successor of rocm-smi. */
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { askTool } from '../../tool.ts';
import { NotAmdSmi, parseAmdSmi, readAmdSmi } from './parse.ts';

export const amdSmiProbe: Probe = {
  id: 'amd-smi',
  subject: 'gpu',
  what: 'AMD GPUs, from the program amd-smi',
  limitMs: 30_000,
  probe,
};

function nothing(outcome: ProbeAnswer['outcome'], sentence: string): ProbeAnswer {
  return { outcome, sentence, devices: [], problems: [] };
}

async function probe({ root, signal }: ProbeContext): Promise<ProbeAnswer> {
  if (root !== '') return nothing('absent', 'A recorded machine has no amd-smi to start.');
  const known = await askTool('amd-smi', ['static', '--json'], signal);
  if (known.state === 'missing') return nothing('absent', 'amd-smi is not installed on this machine.');
  if (known.state === 'failed') {
    if (
      /no (?:amd )?gpu|AMDSMI_STATUS_(?:NO_DRV|NOT_FOUND|DRIVER_NOT_LOADED)|driver not (?:loaded|initialized)/i.test(
        known.reason,
      )
    )
      return nothing('absent', `amd-smi finds no GPU: ${known.reason}`);
    return nothing('failed', `amd-smi failed and said: ${known.reason}`);
  }
  // What moves is a second witness of what stands; without it the first is enough.
  const moving = await askTool('amd-smi', ['metric', '--json'], signal);
  try {
    const outputs = [parseAmdSmi(known.text)];
    const answer = readAmdSmi(moving.state === 'said' ? [...outputs, tolerant(moving.text)] : outputs);
    if (moving.state !== 'failed') return answer;
    const sentence = `amd-smi gives no measurements: ${moving.reason}`;
    return { ...answer, problems: [{ code: 'absent', sentence }] };
  } catch (error) {
    if (!(error instanceof NotAmdSmi)) throw error;
    return nothing('nonsense', `amd-smi printed something that is none of its answers: ${error.message}.`);
  }
}

function tolerant(text: string): ReturnType<typeof parseAmdSmi> {
  try {
    return parseAmdSmi(text);
  } catch {
    return [];
  }
}
