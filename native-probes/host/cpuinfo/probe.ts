/** Processors and memory from the kernel's own files, /proc/cpuinfo and /proc/meminfo: a second witness to the first. */
import { readFile } from 'node:fs/promises';
import type { Probe, ProbeAnswer, ProbeContext } from '../../contract.ts';
import { readCpuinfo } from './parse.ts';

export const cpuinfoProbe: Probe = {
  id: 'host-cpuinfo',
  subject: 'host',
  what: 'processors and memory, from the files of the kernel',
  limitMs: 5_000,
  probe,
};

async function probe(context: ProbeContext): Promise<ProbeAnswer> {
  // Some 1.5 KB a thread: a machine of 1,024 threads has more than the limit of small kernel files.
  const [cpuinfo, meminfo] = await Promise.all(
    ['cpuinfo', 'meminfo'].map((file) => readFile(`${context.root}/proc/${file}`, 'utf8').catch(() => undefined)),
  );
  if (cpuinfo === undefined) {
    return { outcome: 'absent', sentence: 'This system has no /proc/cpuinfo.', devices: [], problems: [] };
  }
  return readCpuinfo(cpuinfo, meminfo);
}
