/** The nvidia-smi probe in a supervised worker, with a program of that name on PATH that does what the real one does. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Reading } from '#probes/contract.ts';
import { discover, supervise } from './supervise.ts';
import { spawnNodeWorker } from './worker-process.ts';

// Each test starts processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const probesFolder = join(import.meta.dirname, '../../../native-probes');
const workerEntry = join(probesFolder, 'worker.ts');
const fixtures = join(probesFolder, 'gpu/nvidia-smi/fixtures');
const scratch = mkdtempSync(join(tmpdir(), 'gaib-smi-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Reads with a shell script in the place of nvidia-smi; `limitMs` in the place of the probe's own limit. */
async function readWith(script: string | undefined, limitMs = 10_000): Promise<Reading> {
  const folder = mkdtempSync(join(scratch, 'path-'));
  if (script !== undefined) {
    writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'nvidia-smi'), 0o755);
  }
  const before = process.env.PATH;
  process.env.PATH = `${folder}:/usr/bin:/bin`;
  const spawn = spawnNodeWorker({ workerEntry, nodePath: process.execPath });
  process.env.PATH = before;
  const jobs = [{ id: 'nvidia-smi', arguments: ['--probe=nvidia-smi'], limitMs }];
  const [reading] = await supervise({ spawn, jobs, signal: AbortSignal.timeout(30_000) });
  return reading!;
}

const xml = (file: string) => join(fixtures, 'xml', file);

describe('nvidia-smi', () => {
  test('through the package gives the facts of its XML', async () => {
    const reading = await readWith(`cat '${xml('telegraf-a100-sxm4-v12.xml')}'`);
    const replayed = await discover({
      workerEntry,
      practice: { path: xml('telegraf-a100-sxm4-v12.xml') },
      signal: AbortSignal.timeout(30_000),
    });
    expect(reading).toMatchObject({ probe: 'nvidia-smi', outcome: 'present' });
    // Two XML parsers, one reader: the package's and ours must see the same machine.
    expect(reading.devices).toEqual(replayed[0]?.devices);
    expect(reading.problems).toEqual(replayed[0]?.problems);
  });

  test('is asked in plain English and in UTC', async () => {
    const reading = await readWith(`echo "LC_ALL=$LC_ALL TZ=$TZ HOME=$HOME" >&2; exit 9`);
    expect(reading.sentence).toBe('nvidia-smi failed and said: LC_ALL=C TZ=UTC HOME=');
  });

  test('that is not installed is absent', async () => {
    const reading = await readWith(undefined);
    expect(reading).toMatchObject({ outcome: 'absent', sentence: 'nvidia-smi is not installed on this machine.' });
  });

  test('that never returns ends with the limit', async () => {
    const reading = await readWith('sleep 600', 1500);
    expect(reading).toMatchObject({ outcome: 'timeout', devices: [] });
  });

  test.each([
    ['prints no XML', 'echo hello', /^nvidia-smi printed something that is no nvidia-smi log: .+\.$/],
    ['prints nothing', 'true', /^nvidia-smi printed something that is no nvidia-smi log: it printed nothing\.$/],
    ['prints other XML', 'echo "<html></html>"', /it holds no nvidia_smi_log\.$/],
    ['prints half a log', `head -c 5000 '${xml('telegraf-a100-sxm4-v12.xml')}'`, /no nvidia-smi log: .+\.$/],
    [
      'prints bytes that are no UTF-8',
      `sed 's/NVIDIA A100/\\xff\\xfe/' '${xml('telegraf-a100-sxm4-v12.xml')}'`,
      /it printed bytes that are no UTF-8\.$/,
    ],
  ])('that %s talks nonsense', async (_, script, sentence) => {
    const reading = await readWith(script);
    expect(reading.outcome).toBe('nonsense');
    expect(reading.sentence).toMatch(sentence);
    expect(reading.devices).toEqual([]);
  });

  test.each([
    [
      'mismatch',
      'echo "Failed to initialize NVML: Driver/library version mismatch"; exit 18',
      'failed',
      'The NVIDIA driver was updated while its old version still runs: restart the machine.',
    ],
    [
      'no driver',
      `echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."; exit 9`,
      'failed',
      'nvidia-smi is installed and the NVIDIA kernel driver does not answer: load it (modprobe nvidia), or install it.',
    ],
    ['no device', 'echo "No devices were found"; exit 6', 'absent', 'nvidia-smi runs and finds no GPU.'],
    ['a signal', 'kill -SEGV $$', 'failed', /^nvidia-smi failed/],
  ])('%s', async (_, script, outcome, sentence) => {
    const reading = await readWith(script);
    expect(reading.outcome).toBe(outcome);
    if (typeof sentence === 'string') expect(reading.sentence).toBe(sentence);
    else expect(reading.sentence).toMatch(sentence);
  });

  test('one lost GPU that hides the others is named', async () => {
    const words = JSON.parse(readFileSync(join(fixtures, 'errors/tool-error-texts.json'), 'utf8')) as {
      text: string;
    }[];
    const text = words.find((entry) => entry.text.startsWith('Unable to determine'))?.text ?? '';
    const reading = await readWith(`echo "${text}"; exit 15`);
    expect(reading.outcome).toBe('failed');
    expect(reading.sentence).toMatch(/^One GPU no longer answers, and nvidia-smi lists none because of it/);
    expect(reading.problems[0]).toMatchObject({ code: 'lost', raw: text });
  });
});
