/** The words nvidia-smi uses for "no value", and its modes, brought to the words of this project. */
import type { Problem } from '../../contract.ts';

const absences: Record<string, { code: Problem['code']; because: string }> = {
  '': { code: 'absent', because: 'nvidia-smi leaves it empty' },
  'n/a': { code: 'unsupported', because: 'this GPU or its driver does not offer it (N/A)' },
  'not supported': { code: 'unsupported', because: 'this GPU or its driver does not offer it (Not Supported)' },
  'not available': { code: 'unsupported', because: 'this GPU or its driver does not offer it (Not Available)' },
  'not found': { code: 'unsupported', because: 'the driver has no such entry (Not Found)' },
  'function not found': { code: 'unsupported', because: 'this version of the driver cannot tell (Function Not Found)' },
  'requested functionality has been deprecated': { code: 'unsupported', because: 'the driver no longer offers it' },
  'insufficient permissions': { code: 'denied', because: 'this user may not ask; run as root' },
  'unknown error': { code: 'absent', because: 'the driver answers with an unknown error; see dmesg' },
  'err!': { code: 'absent', because: 'the driver answers with an error; see dmesg' },
  error: { code: 'absent', because: 'the driver answers with an error; see dmesg' },
  'gpu is lost': { code: 'lost', because: 'the GPU has fallen off the bus; restart the machine' },
  'gpu requires reset': { code: 'lost', because: 'the GPU needs a reset before it answers' },
  redacted: { code: 'placeholder', because: 'whoever recorded it took it out' },
};

/** Why `text` is no value, or nothing when it is one. */
export function absenceOf(text: string): { code: Problem['code']; because: string } | undefined {
  const word = text
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .trim()
    .toLowerCase();
  return Object.hasOwn(absences, word) ? absences[word] : undefined;
}

const virtualization: Record<string, string> = {
  none: 'none',
  'pass-through': 'passthrough',
  vgpu: 'vgpu guest',
  'host vgpu': 'vgpu host',
  'host vsga': 'vsga host',
};

export function virtualizationWord(text: string): string {
  const word = text.trim().toLowerCase();
  return virtualization[word] ?? word;
}

/** The ends of the names under clocks_event_reasons (clocks_throttle_reasons before driver 535). */
export const reasonWords: Record<string, string> = {
  gpu_idle: 'idle',
  applications_clocks_setting: 'application clocks setting',
  sw_power_cap: 'software power cap',
  hw_slowdown: 'hardware slowdown',
  sync_boost: 'sync boost',
  sw_thermal_slowdown: 'software thermal slowdown',
  hw_thermal_slowdown: 'hardware thermal slowdown',
  hw_power_brake_slowdown: 'hardware power brake',
  display_clocks_setting: 'display clocks setting',
};

const units: Record<string, number> = {
  '': 1,
  x: 1,
  C: 1,
  '%': 1,
  W: 1,
  mW: 1e-3,
  MHz: 1e6,
  B: 1,
  KiB: 1024,
  MiB: 1_048_576,
  GiB: 1_073_741_824,
};

/** `81920 MiB` to 85899345920, `67.03 W` to 67.03, `16x` to 16; nothing when it is no quantity. */
export function quantity(text: string): number | undefined {
  const match = /^([+-]?\d{1,20}(?:\.\d{1,9})?)\s*([A-Za-z%]{0,3})$/.exec(text.trim());
  const scale = match?.[2] === undefined || !Object.hasOwn(units, match[2]) ? undefined : units[match[2]];
  if (!match || scale === undefined) return undefined;
  return Number(match[1]) * scale;
}

/** `Enabled`, `Yes`, `Active` and their opposites. */
export function switchWord(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'enabled' || word === 'yes' || word === 'active' || word === 'on') return true;
  if (word === 'disabled' || word === 'no' || word === 'not active' || word === 'off') return false;
  return undefined;
}
