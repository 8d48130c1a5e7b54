/**
 * One run at a time in one home. The lock is an SQLite file held in an exclusive transaction: the operating system
 * gives it back when the process ends, however it ends, so a killed run leaves nothing to clean up.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail } from '#domain/failures/failure.ts';
import { isBusy, onDatabase } from './faults.ts';

/** @throws FailureError `run.locked`, naming the process that holds it. */
export function acquireLock(path: string, subject: string, { quiet = false } = {}): { release(): void } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = onDatabase(path, () => new DatabaseSync(path));
  const holder = `${path}.holder`;
  try {
    onDatabase(path, () =>
      database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 200; BEGIN EXCLUSIVE'),
    );
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw error;
    fail('run.locked', { subject, found: `process ${readHolder(holder)} holds ${path}`, cause: error });
  }
  if (!quiet) writeFileSync(holder, String(process.pid));
  return {
    release() {
      database.close();
    },
  };
}

function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** Whether some process holds the lock now. */
export function isLocked(path: string): boolean {
  try {
    acquireLock(path, path, { quiet: true }).release();
    return false;
  } catch {
    return true;
  }
}
