/** What one probe said at one time, as the core takes it in; the shape native-probes promises in its contract. */
import type { Finding } from './fact.ts';
import type { Identity } from './identity.ts';

export const readingOutcomes = ['present', 'absent', 'denied', 'failed', 'timeout', 'crashed', 'nonsense'] as const;
export type ReadingOutcome = (typeof readingOutcomes)[number];

export interface Observed {
  name: string;
  value: string | number | boolean;
  unit?: string;
  trust: 'signed' | 'firmware' | 'host' | 'entered';
  raw?: string;
}

export interface ReadingProblem {
  code: string;
  field?: string;
  sentence: string;
  raw?: string;
}

export interface ReadDevice {
  kind: 'host' | 'gpu' | 'accelerator' | 'robot' | 'power' | 'network';
  locator: string;
  name: string;
  identity: Omit<Identity, 'source'>[];
  observations: Observed[];
  problems: ReadingProblem[];
}

export interface ProbeReading {
  probe: string;
  startedAt: string;
  elapsedMs: number;
  outcome: ReadingOutcome;
  sentence?: string;
  devices: ReadDevice[];
  problems: ReadingProblem[];
  /** SHA-256 of the recording it was replayed from; missing when a real machine was read. */
  recording?: string;
  /** Of a device on the network: the name its owner gave it, or `protocol://host:port`. */
  target?: string;
  /** Of a device on the network: every address and port that was contacted for it, in order. */
  contacted?: string[];
}

/** A problem of a reading in the manifest's words. */
export function findingOf(problem: ReadingProblem, subject: string): Finding {
  return { code: problem.code, subject, sentence: problem.sentence.slice(0, 2000) };
}
