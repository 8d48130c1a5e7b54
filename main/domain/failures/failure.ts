/**
 * A failure is a value: a code from the one catalogue, what happened, what was expected, what was found, and the mend.
 * Terminal, JSON and page all show the same object.
 */
import { catalogue, type FailureCode } from './catalogue.ts';

export interface Failure {
  code: FailureCode;
  /** What `what` is about: a path, an address, a step; the sentence in another language needs it by itself. */
  subject?: string;
  /** What happened, one sentence. */
  what: string;
  expected?: string;
  found?: string;
  /** What to do about it, one sentence or command. */
  mend: string;
  /** Exit status of the command line for this failure. */
  exit: number;
}

export interface FailureDetails {
  /** Fills `{subject}` in the catalogue's sentence: a path, an address, a step. */
  subject?: string;
  expected?: string;
  found?: string;
  /** Overrides the catalogue's mend where the place knows better. */
  mend?: string;
  cause?: unknown;
}

/** Carries a {@link Failure} through code that throws. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, cause?: unknown) {
    super(failure.what, cause === undefined ? undefined : { cause });
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** Builds the failure for a code. Never throws by itself. */
export function failure(code: FailureCode, details: FailureDetails = {}): Failure {
  const entry = catalogue[code];
  const fill = (text: string) => text.replaceAll('{subject}', details.subject ?? 'it');
  return {
    code,
    ...(details.subject === undefined ? {} : { subject: details.subject }),
    what: fill(entry.what),
    ...(details.expected === undefined ? {} : { expected: details.expected }),
    ...(details.found === undefined ? {} : { found: details.found }),
    mend: fill(details.mend ?? entry.mend),
    exit: entry.exit,
  };
}

/** Throws the failure for a code. */
export function fail(code: FailureCode, details: FailureDetails = {}): never {
  throw new FailureError(failure(code, details), details.cause);
}

/** Turns anything thrown into a failure; what the catalogue does not know is `internal.unexpected`. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const fault = diskFault(thrown);
  if (fault) return fault;
  return failure('internal.unexpected', {
    found: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
  });
}

/** Errors of the file system (by `errno` name) and of SQLite (by result code, https://sqlite.org/rescode.html). */
function diskFault(thrown: unknown): Failure | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { code, errcode, path, message } = thrown as Record<string, unknown>;
  const subject = typeof path === 'string' ? path : 'the state folder';
  const found = typeof message === 'string' ? message : undefined;
  const details = { subject, ...(found === undefined ? {} : { found }) };
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === 13) return failure('disk.full', details);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || errcode === 8)
    return failure('disk.denied', details);
  if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'EIO' || errcode === 10 || errcode === 14)
    return failure('disk.unusable', details);
  return undefined;
}
