/** AMD GPUs through the program rocm-smi, on machines that have it and not its successor. */
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { askTool } from '../../tool.ts';
import { NotRocm, parseRocmJson, readRocmSmi } from './parse.ts';

export const rocmSmiProbe: Probe = {
  id: 'rocm-smi',
  subject: 'gpu',
  what: 'AMD GPUs, from the program rocm-smi',
  limitMs: 20_000,
  probe,
};

function nothing(outcome: ProbeAnswer['outcome'], sentence: string): ProbeAnswer {
  return { outcome, sentence, devices: [], problems: [] };
}

async function probe({ root, signal }: ProbeContext): Promise<ProbeAnswer> {
  if (root !== '') return nothing('absent', 'A recorded machine has no rocm-smi to start.');
  const answer = await askTool('rocm-smi', ['-a', '--json'], signal);
  if (answer.state === 'missing') return nothing('absent', 'rocm-smi is not installed on this machine.');
  if (answer.state === 'failed') return nothing('failed', `rocm-smi failed and said: ${answer.reason}`);
  if (/no json data to report|no amd gpus? (?:specified|detected|found)/i.test(answer.text)) {
    return nothing('absent', 'rocm-smi runs and finds no GPU.');
  }
  try {
    return readRocmSmi(parseRocmJson(answer.text));
  } catch (error) {
    if (!(error instanceof NotRocm)) throw error;
    return nothing('nonsense', `rocm-smi printed something that is none of its answers: ${error.message}.`);
  }
}
