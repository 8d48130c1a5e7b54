/** What goes out when an owner asks for help; shown before it is saved. */
import type { RunRecord } from './run.ts';

export interface Diagnostics {
  program: { version: string; node: string };
  system: { platform: string; release: string; arch: string; memoryBytes: number };
  home: { folder: string; freeBytes: number | null };
  /** Addresses only. */
  keys: { owner: string | null };
  runs: RunRecord[];
  /** The end of each log by its path, every 32 bytes of hexadecimal left out. */
  logs: Record<string, string>;
}
