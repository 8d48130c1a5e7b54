/**
 * What a file of a recording is, told by its content: the first reader that knows it reads it. A reader says only what
 * the recording says; what it does not say stays unknown.
 */
import type { DeviceReading } from '../contract.ts';
import { readComputeCapabilities } from '../gpu/nvidia-smi/csv.ts';
import { readSmiLog } from '../gpu/nvidia-smi/parse.ts';
import { logMark, parseSmiText } from '../gpu/nvidia-smi/text.ts';
import { parseSmiXml } from '../gpu/nvidia-smi/tree.ts';
import { isLspci, readLspci } from '../gpu/pci/lspci.ts';
import { readCpuinfo } from '../host/cpuinfo/parse.ts';
import { readDmidecode } from '../host/dmi/dmidecode.ts';
import { openSheet } from '../sheet.ts';
import { isMachineFiles, readMachineFiles } from './machine-files.ts';
import { powerReaders } from './power-readers.ts';
import type { Reader } from './reader.ts';
import type { Replayed } from './replayed.ts';
import { robotReaders } from './robot-readers.ts';

export const readers: readonly Reader[] = [
  {
    source: 'nvidia-smi-xml',
    what: 'output of nvidia-smi -q -x',
    knows: (text) => /<nvidia_smi_log[\s>]/.test(text.slice(0, 4096)),
    read: (text) => [{ probe: 'nvidia-smi', answer: readSmiLog(parseSmiXml(text)) }],
  },
  {
    source: 'nvidia-smi-sections',
    what: 'a capture of nvidia_gpu_exporter: many nvidia-smi commands in one file',
    knows: (text) => text.includes('nvidia_gpu_exporter GPU capture') && text.includes(logMark),
    read: readSections,
  },
  {
    source: 'nvidia-smi-text',
    what: 'output of nvidia-smi -q',
    knows: (text) => text.includes(logMark),
    read: (text) => [{ probe: 'nvidia-smi', answer: readSmiLog(parseSmiText(text)) }],
  },
  {
    source: 'machine-files',
    what: 'files of /sys and /proc in one JSON object, path to content',
    knows: isMachineFiles,
    read: readMachineFiles,
  },
  {
    source: 'dmidecode',
    what: 'output of dmidecode',
    knows: (text) => /^# dmidecode \d|^Handle 0x[0-9A-F]{4}, DMI type \d+,/m.test(text.slice(0, 65_536)),
    read: (text) => [{ probe: 'host-dmi', answer: readDmidecode(text) }],
  },
  {
    source: 'cpuinfo',
    what: 'the content of /proc/cpuinfo',
    knows: (text) => /^processor\s*:\s*\d+$/m.test(text.slice(0, 4096)),
    read: (text) => [{ probe: 'host-cpuinfo', answer: readCpuinfo(text, undefined) }],
  },
  {
    source: 'lspci',
    what: 'output of lspci -nn or lspci -nnvmm',
    knows: isLspci,
    read: (text) => [{ probe: 'gpu-pci', answer: readLspci(text) }],
  },
  ...powerReaders,
  ...robotReaders,
];

/** The facts of the first, idle state; of the host the capture's own heading knows the system. */
function readSections(text: string): Replayed[] {
  const answer = readSmiLog(parseSmiText(text));
  const capabilities = readComputeCapabilities(text);
  for (const device of answer.devices) {
    const capability = capabilities.get(device.locator);
    if (capability !== undefined) {
      device.observations.push({ name: 'compute-capability', value: capability, trust: 'host' });
    }
  }
  const heading = (name: string) => new RegExp(`^${name}:[ \\t]+(\\S.*)$`, 'm').exec(text.slice(0, 4096))?.[1]?.trim();
  const at = heading('collected_at');
  const recordedAt =
    at !== undefined && !Number.isNaN(Date.parse(at)) ? { recordedAt: new Date(at).toISOString() } : {};
  const smi: Replayed = { probe: 'nvidia-smi', answer, ...recordedAt };
  const device = hostOf(heading('os'), heading('kernel'), heading('arch'));
  return [
    smi,
    { probe: 'host-recording', answer: { outcome: 'present', devices: [device], problems: [] }, ...recordedAt },
  ];
}

function hostOf(
  system: string | undefined,
  kernel: string | undefined,
  architecture: string | undefined,
): DeviceReading {
  const sheet = openSheet('host', 'host', 'host');
  // `linux (Ubuntu 22.04.5 LTS)`: the name of the distribution is in the brackets.
  sheet.fact('os-name', system === undefined ? undefined : (/\((.+)\)/.exec(system)?.[1] ?? system), system);
  sheet.fact('kernel', kernel);
  sheet.fact('architecture', architecture);
  sheet.problem('absent', 'This recording says nothing of the machine itself: no maker, serial number or processor.');
  return sheet.read('recorded host');
}
