/** Files that are whole or not there: written beside, flushed, renamed, the folder flushed. Mode 0600 unless said. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from './running-process.ts';

export interface WriteOptions {
  mode?: number;
  /** Called between the flush and the rename; may check what was written and throw. */
  beforeRename?: (beside: string) => void | Promise<void>;
}

/**
 * Throws the file system's own error; what stood at the path before still does then, and nothing is left beside it.
 * What a process that was killed in the middle left beside it goes with the next write.
 */
export async function replaceFile(
  path: string,
  text: string,
  { mode = 0o600, beforeRename }: WriteOptions = {},
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    writeFlushed(beside, path, text, mode);
    await beforeRename?.(beside);
    renameSync(beside, path);
    syncFolder(dirname(path));
    sweepBeside(path);
  } finally {
    rmSync(beside, { force: true });
  }
}

function writeFlushed(beside: string, path: string, text: string, mode: number): void {
  const file = openSync(beside, 'w', mode);
  try {
    const bytes = Buffer.from(text);
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } catch (error) {
    // An open file's errors do not know its name.
    throw Object.assign(error as Error, { path });
  } finally {
    closeSync(file);
  }
}

function sweepBeside(path: string): void {
  const start = `.${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    const writer = name.startsWith(start) ? Number(name.slice(start.length)) : Number.NaN;
    if (Number.isInteger(writer) && !isRunning(writer)) rmSync(join(dirname(path), name), { force: true });
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
