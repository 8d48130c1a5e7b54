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
  const fault = portFault(thrown) ?? diskFault(thrown);
  if (fault) return fault;
  return failure('internal.unexpected', {
    found: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
  });
}

/** A port that cannot be listened on, for another program does, or this user may not. */
function portFault(thrown: unknown): Failure | undefined {
  const { code, syscall, port, message } = (thrown ?? {}) as Record<string, unknown>;
  if (syscall !== 'listen' || (code !== 'EADDRINUSE' && code !== 'EACCES')) return undefined;
  return failure('port.taken', { subject: String(port), found: String(message) });
}

/** SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not be made larger. */
const noRoomForIndex = 4_874;

/** Errors of the file system (by `errno` name) and of SQLite (by result code, https://sqlite.org/rescode.html). */
function diskFault(thrown: unknown): Failure | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { code, errcode: extended, syscall, path, message } = thrown as Record<string, unknown>;
  // SQLite says more in the higher bytes; the lowest one is the kind of error.
  const errcode = typeof extended === 'number' ? extended & 0xff : undefined;
  const subject = typeof path === 'string' ? path : 'a file';
  const found = typeof message === 'string' ? message : undefined;
  const details = { subject, ...(found === undefined ? {} : { found }) };
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' || errcode === 13 || extended === noRoomForIndex)
    return failure('disk.full', details);
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM' || errcode === 8)
    return failure('disk.denied', details);
  if (code === 'EEXIST' && syscall === 'mkdir') return failure('disk.unusable', { ...details, expected: 'a folder' });
  if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'EIO' || errcode === 10 || errcode === 14)
    return failure('disk.unusable', details);
  return undefined;
}
