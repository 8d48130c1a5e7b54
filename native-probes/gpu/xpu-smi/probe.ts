/** Intel GPUs through the program xpu-smi (of Intel XPU Manager). */
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { askTool } from '../../tool.ts';
import { NotXpuSmi, parseXpuJson, readXpuSmi, type Xpu } from './parse.ts';

export const xpuSmiProbe: Probe = {
  id: 'xpu-smi',
  subject: 'gpu',
  what: 'Intel GPUs, from the program xpu-smi',
  limitMs: 30_000,
  probe,
};

function nothing(outcome: ProbeAnswer['outcome'], sentence: string): ProbeAnswer {
  return { outcome, sentence, devices: [], problems: [] };
}

async function probe({ root, signal }: ProbeContext): Promise<ProbeAnswer> {
  if (root !== '') return nothing('absent', 'A recorded machine has no xpu-smi to start.');
  const list = await askTool('xpu-smi', ['discovery', '-j'], signal);
  if (list.state === 'missing') return nothing('absent', 'xpu-smi is not installed on this machine.');
  if (list.state === 'failed') return nothing('failed', `xpu-smi failed and said: ${list.reason}`);
  try {
    const known = parseXpuJson(list.text);
    const details: Xpu[] = [];
    for (const device of known.slice(0, 64)) {
      const number = device.get('device_id');
      if (number === undefined || !/^\d{1,3}$/.test(number)) continue;
      const answer = await askTool('xpu-smi', ['discovery', '-d', number, '-j'], signal);
      if (answer.state === 'said') details.push(...parseXpuJson(answer.text));
    }
    return readXpuSmi([...known, ...details]);
  } catch (error) {
    if (!(error instanceof NotXpuSmi)) throw error;
    if (/device_list"?\s*:\s*\[\s*\]|no device/i.test(list.text))
      return nothing('absent', 'xpu-smi runs and finds no GPU.');
    return nothing('nonsense', `xpu-smi printed something that is none of its answers: ${error.message}.`);
  }
}
