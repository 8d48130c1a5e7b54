/** Replays a recorded machine: the readings a real one would give. */
import type { Reading } from './contract.ts';

/** A file or folder that is no recording this program knows. */
export class PracticeUnreadable extends Error {
  readonly path: string;
  readonly reason: string;
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = 'PracticeUnreadable';
    this.path = path;
    this.reason = reason;
  }
}

export interface Practice {
  readings: Reading[];
  sha256: string;
  files: string[];
}

export async function readPractice(path: string, _options: { as?: string } = {}): Promise<Practice> {
  throw new PracticeUnreadable(path, 'not yet');
}
