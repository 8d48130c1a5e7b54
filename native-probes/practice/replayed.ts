import type { ProbeAnswer } from '../contract.ts';

/** What one reader made of one file: an answer per probe that a real machine would have run. */
export interface Replayed {
  probe: string;
  answer: ProbeAnswer;
  /** When the recording says it was made, ISO 8601. */
  recordedAt?: string;
}
