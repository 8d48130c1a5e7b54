/**
 * Files of /sys and /proc kept as one JSON object, path to content (a link as `-> target`). They are laid out in a
 * folder of their own, and the probes that read such files read them there.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import { amdgpuProbe } from '../gpu/amdgpu/probe.ts';
import { intelDrmProbe } from '../gpu/intel-drm/probe.ts';
import { pciProbe } from '../gpu/pci/probe.ts';
import { cpuinfoProbe } from '../host/cpuinfo/probe.ts';
import { dmiProbe } from '../host/dmi/probe.ts';
import { machineIdProbe } from '../host/machine-id/probe.ts';
import type { Replayed } from './replayed.ts';

/** Probes that read files of the kernel and nothing else. */
const probesOfFiles = [dmiProbe, cpuinfoProbe, machineIdProbe, amdgpuProbe, intelDrmProbe, pciProbe];

const maxFiles = 20_000;
const path = /^\/(?:sys|proc|etc)\/[^\0]{1,400}$/;

export function isMachineFiles(text: string): boolean {
  return /^\s*\{\s*"\/(?:sys|proc|etc)\//.test(text.slice(0, 4096));
}

export async function readMachineFiles(text: string): Promise<Replayed[]> {
  const files: unknown = JSON.parse(text);
  if (typeof files !== 'object' || files === null || Array.isArray(files)) throw new Error('it is no JSON object');
  const entries = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (entries.length > maxFiles) throw new Error(`it holds ${entries.length} files`);
  const root = await mkdtemp(join(tmpdir(), 'gaib-practice-'));
  try {
    for (const [name, content] of entries) await lay(root, name, content);
    const context = { root, signal: new AbortController().signal };
    const replayed: Replayed[] = [];
    for (const probe of probesOfFiles) {
      const answer = await probe.probe(context);
      if (answer.outcome !== 'absent') replayed.push({ probe: probe.id, answer });
    }
    return replayed;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Writes one file or link; a path or a link that leads out of the folder is left out. */
async function lay(root: string, name: string, content: string): Promise<void> {
  if (!path.test(name) || posix.normalize(name) !== name) return;
  const place = join(root, name);
  await mkdir(dirname(place), { recursive: true });
  const target = /^-> (.+)$/.exec(content)?.[1];
  if (target === undefined) {
    await writeFile(place, `${content}\n`, { flag: 'wx' });
    return;
  }
  const aim = posix.resolve(posix.dirname(name), target);
  if (!path.test(aim)) return;
  await symlink(relative(dirname(place), join(root, aim)), place);
}
