/**
 * Practice: replays a recorded machine. Takes a file or a folder of recordings, tells by its content what each is, and
 * gives the readings a real machine would have given, each marked with the recording's SHA-256.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DeviceReading, Reading } from './contract.ts';
import { readers } from './practice/recording.ts';
import type { Replayed } from './practice/replayed.ts';
import { isGarbled, printable } from './printable.ts';
import { probes } from './registry.ts';
import { openSheet } from './sheet.ts';

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
  /** Of the file; of a folder, of the sorted lines `<sha256>  <name>` of its files. */
  sha256: string;
  files: string[];
}

/** The largest recording seen is 170 KB; a machine's /sys as one file some megabytes. */
const maxFileBytes = 16 * 1_048_576;
const maxFiles = 200;

/**
 * Reads a recording; throws `PracticeUnreadable` on anything that is none. `as`: the name of a reader, where the content
 * does not tell.
 *
 * @example const { readings, sha256 } = await readPractice('recordings/h100.xml');
 */
export async function readPractice(path: string, options: { as?: string } = {}): Promise<Practice> {
  if (options.as !== undefined && !readers.some((reader) => reader.source === options.as)) {
    const known = readers.map((reader) => reader.source).join(', ');
    throw new PracticeUnreadable(path, `no recordings are read as ${printable(options.as, 40)}; known are ${known}`);
  }
  const files = await listFiles(path);
  const single = files.length === 1 && files[0] === path;
  const replayed: Replayed[] = [];
  const sums: string[] = [];
  const read: string[] = [];
  const refusals: string[] = [];
  for (const file of files) {
    const bytes = await load(file);
    try {
      replayed.push(...(await replay(file, bytes, options.as)));
    } catch (error) {
      if (!(error instanceof PracticeUnreadable) || single) throw error;
      refusals.push(`${basename(file)}: ${error.reason}`);
      continue;
    }
    sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${basename(file)}`);
    read.push(file);
  }
  if (replayed.length === 0) {
    throw new PracticeUnreadable(
      path,
      refusals[0] === undefined ? 'the folder is empty' : `no file in it is a recording (${refusals[0]})`,
    );
  }
  refuseTwoMachines(path, replayed);
  const sha256 = single
    ? (sums[0] ?? '').slice(0, 64)
    : createHash('sha256')
        .update(`${sums.join('\n')}\n`)
        .digest('hex');
  return { readings: asReadings(replayed, sha256), sha256, files: read };
}

async function listFiles(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined) throw new PracticeUnreadable(path, 'there is no such file or folder');
  if (entry.isFile()) return [path];
  if (!entry.isDirectory()) throw new PracticeUnreadable(path, 'it is neither a file nor a folder');
  const names = await readdir(path, { withFileTypes: true }).catch(() => {
    throw new PracticeUnreadable(path, 'this user may not read the folder');
  });
  const files = names.filter((name) => name.isFile() && !name.name.startsWith('.') && !/\.md$/i.test(name.name));
  if (files.length > maxFiles)
    throw new PracticeUnreadable(path, `the folder holds ${files.length} files, which is no one machine`);
  return files.map((file) => join(path, file.name)).sort();
}

async function load(file: string): Promise<Buffer> {
  const { size } = await stat(file);
  if (size > maxFileBytes) throw new PracticeUnreadable(file, `it is larger than ${maxFileBytes / 1_048_576} MiB`);
  return readFile(file).catch(() => {
    throw new PracticeUnreadable(file, 'this user may not read it');
  });
}

async function replay(file: string, bytes: Buffer, as: string | undefined): Promise<Replayed[]> {
  const isBytes = isGarbled(bytes.toString('utf8'));
  const text = bytes
    .toString(isBytes ? 'latin1' : 'utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n');
  const known = readers.filter((entry) => !isBytes || entry.anyEncoding === true);
  const reader = known.find((entry) => (as === undefined ? entry.knows(text) : entry.source === as));
  if (!reader && isBytes) throw new PracticeUnreadable(file, 'it is not UTF-8 text');
  if (!reader) throw new PracticeUnreadable(file, 'its content is of no kind this program knows');
  let replayed: Replayed[];
  try {
    replayed = await reader.read(text);
  } catch (error) {
    const reason = printable(error instanceof Error ? error.message : String(error), 200);
    throw new PracticeUnreadable(file, `it cannot be read as ${reader.what}: ${reason}`);
  }
  if (!replayed.some((entry) => entry.answer.devices.length > 0)) {
    throw new PracticeUnreadable(file, `it was read as ${reader.what} and holds no machine and no device`);
  }
  return replayed;
}

/** A folder is one machine: two recordings that put different GPUs in one slot are of two. */
function refuseTwoMachines(path: string, replayed: readonly Replayed[]): void {
  const seen = new Map<string, string>();
  for (const device of replayed.flatMap((entry) => entry.answer.devices)) {
    for (const claim of device.identity) {
      if (claim.scheme !== 'gpu-uuid' && claim.scheme !== 'system-uuid') continue;
      const key = `${device.locator} ${claim.scheme}`;
      const before = seen.get(key);
      if (before !== undefined && before !== claim.value) {
        throw new PracticeUnreadable(
          path,
          `its files are of several machines: ${device.locator} is ${before} in one and ${claim.value} in another`,
        );
      }
      seen.set(key, claim.value);
    }
  }
}

function asReadings(replayed: readonly Replayed[], recording: string): Reading[] {
  const now = new Date().toISOString();
  const readings: Reading[] = replayed.map(({ probe, answer, recordedAt }) => ({
    probe,
    startedAt: recordedAt ?? now,
    elapsedMs: 0,
    ...answer,
    recording,
  }));
  // In the order a real machine answers; what no probe of it says comes last.
  const order = probes.map(({ id }) => id);
  const rank = (reading: Reading) => (order.indexOf(reading.probe) < 0 ? order.length : order.indexOf(reading.probe));
  readings.sort((a, b) => rank(a) - rank(b));
  if (replayed.some(({ answer }) => answer.devices.some((device) => device.kind === 'host'))) return readings;
  return [
    ...readings,
    {
      probe: 'host-recording',
      startedAt: now,
      elapsedMs: 0,
      outcome: 'present',
      devices: [unknownHost()],
      problems: [],
      recording,
    },
  ];
}

/** The host of a recording that does not speak of it: there, and nothing known. */
function unknownHost(): DeviceReading {
  const sheet = openSheet('host', 'host', 'host');
  sheet.problem('absent', 'The recording says nothing of the machine it was made on.');
  return sheet.read('recorded host');
}
