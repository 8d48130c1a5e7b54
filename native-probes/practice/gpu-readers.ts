/** Recordings of GPUs: what the makers' tools print, and what the bus lists. */
import type { DeviceReading } from '../contract.ts';
import { NotAmdSmi, parseAmdSmi, readAmdSmi } from '../gpu/amd-smi/parse.ts';
import { readComputeCapabilities } from '../gpu/nvidia-smi/csv.ts';
import { readSmiLog } from '../gpu/nvidia-smi/parse.ts';
import { logMark, parseSmiText } from '../gpu/nvidia-smi/text.ts';
import { parseSmiXml } from '../gpu/nvidia-smi/tree.ts';
import { isLspci, readLspci } from '../gpu/pci/lspci.ts';
import { parseRocmJson, parseRocmText, readRocmSmi } from '../gpu/rocm-smi/parse.ts';
import { isGpuTop, readGpuTop } from '../gpu/xpu-smi/gpu-top.ts';
import { parseXpuJson, parseXpuTable, readXpuSmi } from '../gpu/xpu-smi/parse.ts';
import { openSheet } from '../sheet.ts';
import type { Reader } from './reader.ts';
import type { Replayed } from './replayed.ts';

export const gpuReaders: readonly Reader[] = [
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
    source: 'rocm-smi-json',
    what: 'output of rocm-smi -a --json',
    knows: (text) => /"card\d+"\s*:\s*\{/.test(text.slice(0, 4096)) && /"(?:GPU|Device) (?:ID|Name)"|"Card /.test(text),
    read: (text) => [{ probe: 'rocm-smi', answer: readRocmSmi(parseRocmJson(text)) }],
  },
  {
    source: 'rocm-smi-text',
    what: 'output of rocm-smi -a',
    knows: (text) => /^GPU\[\d+\]\s*: \S/m.test(text.slice(0, 65_536)),
    read: (text) => [{ probe: 'rocm-smi', answer: readRocmSmi(parseRocmText(text)) }],
  },
  {
    source: 'amd-smi',
    what: 'output of amd-smi static, list or metric with --json',
    knows: isAmdSmi,
    read: (text) => [{ probe: 'amd-smi', answer: readAmdSmi([parseAmdSmi(text)]) }],
  },
  {
    source: 'xpu-smi-json',
    what: 'output of xpu-smi discovery -j',
    knows: (text) => /^\s*\{/.test(text) && text.slice(0, 65_536).includes('"pci_bdf_address"'),
    read: (text) => [{ probe: 'xpu-smi', answer: readXpuSmi(parseXpuJson(text)) }],
  },
  {
    source: 'xpu-smi-text',
    what: 'tables of xpu-smi discovery',
    knows: (text) => /^\| Device ID \| Device Information/m.test(text.slice(0, 65_536)),
    read: (text) => [{ probe: 'xpu-smi', answer: readXpuSmi(parseXpuTable(text)) }],
  },
  {
    source: 'intel-gpu-top',
    what: 'output of intel_gpu_top -J',
    knows: isGpuTop,
    read: (text) => [{ probe: 'xpu-smi', answer: readGpuTop(text) }],
  },
  {
    source: 'lspci',
    what: 'output of lspci -nn or lspci -nnvmm',
    knows: isLspci,
    read: (text) => [{ probe: 'gpu-pci', answer: readLspci(text) }],
  },
];

function isAmdSmi(text: string): boolean {
  if (!/"(?:gpu|gpu_data)"\s*:/.test(text.slice(0, 4096)) || !/"(?:asic|bdf|power|mem_usage|usage)"/.test(text))
    return false;
  try {
    return parseAmdSmi(text).length > 0;
  } catch (error) {
    if (error instanceof NotAmdSmi) return false;
    throw error;
  }
}

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
