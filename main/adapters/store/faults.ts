/** What SQLite throws, told of the file it happened to. Result codes: https://sqlite.org/rescode.html */
import { fail } from '#domain/failures/failure.ts';

const busy = 5;
const corrupt = 11;
const notDatabase = 26;

/** The kind of error, without what SQLite says more of it in the higher bytes; 0 for what is no error of SQLite. */
const kindOf = (error: unknown) => ((error as { errcode?: number }).errcode ?? 0) & 0xff;

export const isBusy = (error: unknown): boolean => kindOf(error) === busy;

/**
 * Runs `work` on the database at a path.
 * @throws FailureError `journal.broken`; SQLite's own error otherwise, which knows the path then
 */
export function onDatabase<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const kind = kindOf(error);
    if (kind === corrupt || kind === notDatabase)
      fail('journal.broken', { subject: path, found: (error as Error).message, cause: error });
    throw kind === 0 ? error : Object.assign(error as Error, { path });
  }
}
