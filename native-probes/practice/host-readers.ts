/** Recordings of hosts: tables of the firmware, files of the kernel. */
import { readCpuinfo } from '../host/cpuinfo/parse.ts';
import { readDmidecode } from '../host/dmi/dmidecode.ts';
import { isMachineFiles, readMachineFiles } from './machine-files.ts';
import type { Reader } from './reader.ts';

export const hostReaders: readonly Reader[] = [
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
];
