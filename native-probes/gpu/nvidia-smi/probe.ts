/**
 * NVIDIA GPUs through the program nvidia-smi: the way where the driver's library cannot be loaded, and a second witness
 * where it can. The package node-nvidia-smi starts it and has no time limit of its own; the supervisor's limit ends both.
 */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { kernelText } from '../../kernel-file.ts';
import { isGarbled } from '../../printable.ts';
import { explainSmiFailure, isOneLost } from './failures.ts';
import { readSmiLog } from './parse.ts';
import { NotSmi, parseSmiXml, smiLog } from './tree.ts';

const run = promisify(execFile);

export const nvidiaSmiProbe: Probe = {
  id: 'nvidia-smi',
  subject: 'gpu',
  what: 'NVIDIA GPUs, from the program nvidia-smi',
  limitMs: 20_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  if (context.root !== '') {
    return { outcome: 'absent', sentence: 'A recorded machine has no nvidia-smi to start.', devices: [], problems: [] };
  }
  const answer = await askPackage();
  if ('nonsense' in answer) return nonsense(answer.nonsense);
  if ('log' in answer) {
    try {
      return readSmiLog(smiLog(answer.log));
    } catch (error) {
      if (error instanceof NotSmi) return nonsense(error.message);
      throw error;
    }
  }
  // A program that is not there says so itself; any other failure is asked for its words, which the package drops.
  const words = isMissing(answer.failed) ? answer.failed : await askWords(context, answer.failed);
  return isOneLost(words) ? askOneByOne(context, words) : explainSmiFailure(words);
}

function nonsense(reason: string): ProbeAnswer {
  const sentence = `nvidia-smi printed something that is no nvidia-smi log: ${reason.split('\n')[0]}.`;
  return { outcome: 'nonsense', sentence, devices: [], problems: [] };
}

function isMissing(said: string): boolean {
  return /nvidia-smi: (?:command )?not found|ENOENT|is not recognized/i.test(said);
}

type PackageAnswer = { log: unknown } | { failed: string } | { nonsense: string };

async function askPackage(): Promise<PackageAnswer> {
  const { default: nvidiaSmi } = await import('node-nvidia-smi');
  return new Promise((resolve) => {
    nvidiaSmi((error: unknown, log: unknown) => resolve(sortAnswer(error, log)));
  });
}

/** The package hands on a failed command, a text from stderr, or the fault of its XML parser, all as one `error`. */
function sortAnswer(error: unknown, log: unknown): PackageAnswer {
  if (typeof error === 'string') return { failed: error };
  if (error instanceof Error) return 'cmd' in error ? { failed: error.message } : { nonsense: error.message };
  if (log === null || log === undefined) return { nonsense: 'it printed nothing' };
  if (isGarbled(JSON.stringify(log))) return { nonsense: 'it printed bytes that are no UTF-8' };
  return { log };
}

/** What nvidia-smi itself says on either stream: the package passes its error on without its output. */
async function askWords(context: ProbeContext, said: string): Promise<string> {
  try {
    await run('nvidia-smi', ['-L'], { signal: context.signal, maxBuffer: 65_536 });
    return said;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: unknown; stderr?: unknown };
    const words = [stdout, stderr].filter((text) => typeof text === 'string' && text !== '').join('\n');
    return words || said;
  }
}

/** One lost GPU makes nvidia-smi list none; asked by its address, each of the others answers. */
async function askOneByOne(context: ProbeContext, words: string): Promise<ProbeAnswer> {
  const whole = explainSmiFailure(words);
  const devices: ProbeAnswer['devices'] = [];
  const problems: ProbeAnswer['problems'] = [...whole.problems];
  for (const address of await nvidiaAddresses(context)) {
    try {
      const { stdout } = await run('nvidia-smi', ['-q', '-x', '-i', address], {
        signal: context.signal,
        maxBuffer: 4 * 1_048_576,
      });
      devices.push(...readSmiLog(parseSmiXml(stdout)).devices);
    } catch {
      problems.push({
        code: 'lost',
        field: address,
        sentence: `The GPU at ${address} is on the bus and does not answer the driver: restart the machine, and reseat the card if it comes back.`,
      });
    }
  }
  return devices.length === 0 ? { ...whole, problems } : { outcome: 'present', devices, problems };
}

async function nvidiaAddresses(context: ProbeContext): Promise<string[]> {
  const folder = `${context.root}/sys/bus/pci/devices`;
  const found: string[] = [];
  for (const entry of await readdir(folder).catch(() => [])) {
    const [vendor, kind] = await Promise.all([
      kernelText(`${folder}/${entry}/vendor`),
      kernelText(`${folder}/${entry}/class`),
    ]);
    if (vendor === '0x10de' && kind?.startsWith('0x03')) found.push(entry);
  }
  return found.sort();
}
