/** What verify looked at: each check by name, whether it held, and the failure of each that did not. */
import type { Failure } from './failures/failure.ts';

export interface Check {
  /** Kebab-case, stable: `owner-signature`. */
  id: string;
  /** What was looked at, one short sentence. */
  what: string;
  outcome: 'holds' | 'fails' | 'skipped';
  /** What was seen. */
  seen?: string;
  failure?: Failure;
}

export interface Verification {
  subject: string;
  practice: boolean;
  /** True when every check holds and none was skipped for a missing answer. */
  holds: boolean;
  checks: Check[];
}
