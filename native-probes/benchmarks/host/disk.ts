/**
 * Reads from the disk that the page cache cannot answer: O_DIRECT on a file of its own. The file's name is taken away as
 * soon as it is open, so that nothing is left behind however the program ends.
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fsyncSync, openSync, readSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { BenchmarkAnswer, BenchmarkContext, BenchmarkRunner } from '../contract.ts';
import { measure, paces } from '../method.ts';
import { seededBytes, seededWord } from '../seeded.ts';
import { type Conditions, disturbance, hostConditions, watchOthers } from './conditions.ts';
import type { Job, ReadOrder } from './jobs.ts';
import { alignedBytes } from './kernel-thread.ts';
import { startThreads } from './threads.ts';

const mebibyte = 2 ** 20;
const wantedBytes = { quick: 16 * mebibyte, standard: 128 * mebibyte };
const leastBytes = 16 * mebibyte;
/** The file takes at most this part of what is free. */
const mostOfFree = 0.1;
const chunkBytes = 4 * mebibyte;

/** File systems that keep files in memory, by the magic number of statfs(2). */
const inMemory = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
]);

interface Shape {
  blockBytes: number;
  readers: number;
  order(context: BenchmarkContext, reader: number, readers: number): ReadOrder;
  /** What the rate counts: bytes, or reads. */
  perRead: (blockBytes: number) => number;
}

const sequential: Shape = {
  blockBytes: mebibyte,
  readers: 4,
  order: (_, first, stride) => ({ kind: 'sequential', first, stride }),
  perRead: (blockBytes) => blockBytes,
};

const random: Shape = {
  blockBytes: 4096,
  readers: 8,
  order: ({ seed }, reader) => ({ kind: 'random', state: seededWord(seed, `disk-read-random/${reader}`) }),
  perRead: () => 1,
};

export const diskRead: BenchmarkRunner = (context) => measureReads(context, sequential);
export const diskReadRandom: BenchmarkRunner = (context) => measureReads(context, random);

async function measureReads(context: BenchmarkContext, shape: Shape): Promise<BenchmarkAnswer> {
  const conditions: Conditions = {
    ...hostConditions(),
    folder: context.folder,
    blockBytes: shape.blockBytes,
    readers: shape.readers,
    direct: true,
  };
  const skipped = (sentence: string): BenchmarkAnswer => ({ outcome: 'skipped', sentence, runs: [], conditions });
  const room = roomIn(context);
  if ('sentence' in room) return skipped(room.sentence);
  const opened = openUnnamed(context.folder);
  if ('sentence' in opened) return skipped(opened.sentence);
  const { fd } = opened;
  try {
    const written = await writeSeeded(fd, room.bytes, context);
    const measured = await timeReads(context, shape, fd, room.bytes);
    const all = { ...conditions, ...measured.meanwhile, fileBytes: room.bytes, warmUpRuns: measured.warmUpRuns };
    if ((await hashOf(fd, room.bytes, context.signal)) !== written) {
      const sentence = 'The file came back other than it was written; the disk or its path is faulty.';
      return { outcome: 'failed', sentence, runs: measured.runs, conditions: all };
    }
    const warning = disturbance(measured.meanwhile);
    return {
      outcome: 'measured',
      runs: measured.runs,
      conditions: all,
      digest: `0x${written}`,
      ...(warning === undefined ? {} : { sentence: warning }),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      return skipped(`The disk of ${context.folder} filled up; free some room and run it again.`);
    throw error;
  } finally {
    closeSync(fd);
  }
}

async function timeReads(context: BenchmarkContext, shape: Shape, fd: number, fileBytes: number) {
  const { blockBytes, readers } = shape;
  const pace = paces[context.profile];
  const threads = startThreads(readers, context.threadEntry, context.signal);
  try {
    const others = watchOthers();
    const measured = await measure({
      ...context,
      pace,
      size: 2 * pace.runMs,
      fixed: true,
      once: async (runMs) => {
        const jobs = Array.from(
          { length: readers },
          (_, reader): Job => ({
            kind: 'read',
            fd,
            fileBytes,
            blockBytes,
            order: shape.order(context, reader, readers),
            runMs,
          }),
        );
        const { done, seconds } = await threads.run(jobs);
        const bytes = done.reduce((sum, { count }) => sum + (count ?? 0), 0);
        return { seconds, amount: (bytes / blockBytes) * shape.perRead(blockBytes) };
      },
    });
    return { ...measured, meanwhile: others() };
  } finally {
    await threads.end();
  }
}

/** How large the file may be, or why there is no place for one. */
function roomIn({ folder, profile }: BenchmarkContext): { bytes: number } | { sentence: string } {
  let free: number;
  try {
    const { type, bavail, bsize } = statfsSync(folder);
    const kept = inMemory.get(type);
    if (kept !== undefined)
      return { sentence: `${folder} lies in memory (${kept}), not on a disk; give a folder on the disk to measure.` };
    free = bavail * bsize;
  } catch (error) {
    return { sentence: `${folder} cannot be used for the disk benchmark: ${reasonOf(error)}.` };
  }
  const bytes = Math.floor(Math.min(wantedBytes[profile], free * mostOfFree) / chunkBytes) * chunkBytes;
  if (bytes >= leastBytes) return { bytes };
  const needed = Math.ceil(leastBytes / mostOfFree / mebibyte);
  return {
    sentence: `${folder} has ${Math.floor(free / mebibyte)} MiB free, ${needed} are needed for the disk benchmark; free some room.`,
  };
}

function openUnnamed(folder: string): { fd: number } | { sentence: string } {
  const path = join(folder, `.gaib-onboard-disk-${process.pid}-${randomBytes(6).toString('hex')}`);
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_DIRECT ?? 0);
  if (constants.O_DIRECT === undefined) return { sentence: 'This system has no reads past the page cache (O_DIRECT).' };
  try {
    const fd = openSync(path, flags, 0o600);
    unlinkSync(path);
    return { fd };
  } catch (error) {
    // Some file systems create the file first and refuse O_DIRECT then.
    removeIfThere(path);
    if (error instanceof Error && 'code' in error && error.code === 'EINVAL') {
      return {
        sentence: `The file system of ${folder} refuses reads past the page cache (O_DIRECT); give a folder on a local disk.`,
      };
    }
    return { sentence: `${folder} cannot be written for the disk benchmark: ${reasonOf(error)}.` };
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was not created.
  }
}

/** ChaCha20 keystream of the seed: no file system or disk can compress it. Gives the hash of what was written. */
async function writeSeeded(fd: number, bytes: number, { seed, signal, progress }: BenchmarkContext): Promise<string> {
  const stream = createCipheriv('chacha20', seededBytes(seed, 'disk-read/content'), Buffer.alloc(16));
  const hash = createHash('sha256');
  const zeros = Buffer.alloc(chunkBytes);
  const chunk = alignedBytes(chunkBytes);
  for (let at = 0; at < bytes; at += chunkBytes) {
    signal.throwIfAborted();
    chunk.set(stream.update(zeros));
    hash.update(chunk);
    for (let done = 0; done < chunkBytes; ) done += writeSync(fd, chunk, done, chunkBytes - done, at + done);
    progress((0.1 * at) / bytes);
    await breathe();
  }
  fsyncSync(fd);
  return hash.digest('hex');
}

async function hashOf(fd: number, bytes: number, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const chunk = alignedBytes(chunkBytes);
  for (let at = 0; at < bytes; at += chunkBytes) {
    signal.throwIfAborted();
    const count = readSync(fd, chunk, 0, chunkBytes, at);
    hash.update(chunk.subarray(0, count));
    await breathe();
  }
  return hash.digest('hex');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const known: Record<string, string> = {
    EACCES: 'no permission',
    ENOENT: 'there is no such folder',
    ENOTDIR: 'it is not a folder',
    EROFS: 'it can only be read',
    ENOSPC: 'the disk is full',
  };
  return known[code] ?? error.message;
}
