/** NVML's return codes in words (nvml.h, `nvmlReturn_t`), each with what a person can do about it. */
import type { Problem } from '../../contract.ts';

export interface CodeMeaning {
  code: Problem['code'];
  /** Completes "<field> is not known: …". */
  sentence: string;
}

const meanings: Record<number, CodeMeaning> = {
  1: { code: 'absent', sentence: 'the NVIDIA library was not initialised' },
  2: { code: 'unsupported', sentence: 'the NVIDIA library refuses the question' },
  3: { code: 'unsupported', sentence: 'this GPU does not offer it' },
  4: { code: 'denied', sentence: 'this user may not ask; run as root or join the group that owns /dev/nvidiactl' },
  6: { code: 'absent', sentence: 'the driver has no such entry' },
  7: { code: 'parse', sentence: 'the answer is longer than any driver should give' },
  8: { code: 'lost', sentence: 'the power cables of this GPU are not all connected' },
  9: { code: 'absent', sentence: 'the NVIDIA kernel driver is not loaded; load it with modprobe nvidia' },
  10: { code: 'timeout', sentence: 'the driver did not answer in its own time limit' },
  11: { code: 'lost', sentence: 'the kernel reports an interrupt fault of this GPU; see dmesg' },
  12: { code: 'absent', sentence: 'the NVIDIA library misses a part of itself; reinstall the driver' },
  13: { code: 'unsupported', sentence: 'this version of the driver cannot tell' },
  14: { code: 'mismatch', sentence: 'the InfoROM of this GPU is corrupted; its identity cannot be believed' },
  15: {
    code: 'lost',
    sentence: 'the GPU has fallen off the bus; restart the machine, and reseat the card if it comes back',
  },
  16: { code: 'lost', sentence: 'the GPU needs a reset before it answers (nvidia-smi --gpu-reset, or restart)' },
  17: { code: 'denied', sentence: 'the operating system blocks the driver; in a container, its devices are missing' },
  18: {
    code: 'mismatch',
    sentence: 'the NVIDIA driver was updated while its old version still runs; restart the machine',
  },
  19: { code: 'denied', sentence: 'another program holds the GPU' },
  20: { code: 'absent', sentence: 'the driver is out of memory' },
  21: { code: 'absent', sentence: 'the driver has no value yet' },
  25: { code: 'unsupported', sentence: 'this version of the driver speaks another layout' },
  26: { code: 'unsupported', sentence: 'the driver no longer offers it' },
  27: { code: 'absent', sentence: 'the driver is not ready; ask again in a minute' },
  28: { code: 'lost', sentence: 'the driver no longer finds this GPU' },
  999: { code: 'absent', sentence: 'the driver answers with an unknown error; see dmesg' },
};

export const nvmlCodes = {
  notSupported: 3,
  noPermission: 4,
  insufficientSize: 7,
  driverNotLoaded: 9,
  functionNotFound: 13,
  gpuIsLost: 15,
  mismatch: 18,
  layoutUnknown: 25,
} as const;

export function nvmlMeaning(code: number): CodeMeaning {
  return (
    meanings[code] ?? { code: 'absent', sentence: `the driver answers with code ${code}, which no NVML documents` }
  );
}
