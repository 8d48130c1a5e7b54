/**
 * Probes that hang, crash their worker, or talk what is no text: through the real program, with a script in the place of
 * nvidia-smi on the PATH. Each costs its own facts and is named; the machine is onboarded as what else is known of it.
 */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SignedManifest } from '#domain/manifest.ts';
import { countIn, once } from './chain-reader.ts';
import { failureIn, gaibOnboard, scratch } from './command-line.ts';

const place = scratch();
afterAll(() => place.remove());

/** A PATH on which nvidia-smi is this script. */
function pathWith(name: string, script: string): Record<string, string> {
  const folder = place.at(name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'nvidia-smi'), 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

const discover = (environment: Record<string, string>, ...words: string[]) =>
  gaibOnboard(['discover', '--probe', 'nvidia-smi', '--strict', '--home', place.at('home'), ...words], { environment });

describe('nvidia-smi', () => {
  // Signal 0 as pid is the process group, which is the worker's: nothing of it is left to answer.
  test.each([
    ['takes its worker down', 'crash', 'kill -SEGV 0', 61, 'crashed', 'SIGSEGV'],
    [
      'prints bytes that are no UTF-8',
      'bytes',
      String.raw`printf '<nvidia_smi_log>\377\376</nvidia_smi_log>'`,
      62,
      'nonsense',
      'UTF-8',
    ],
    ['prints something else', 'words', 'echo hello', 62, 'nonsense', 'no nvidia-smi log'],
  ])('that %s is told by the status and in a sentence', async (_, name, script, status, outcome, sentence) => {
    const environment = pathWith(name, script);
    const said = await discover(environment);
    expect([said.status, said.stdout]).toEqual([status, expect.stringContaining(sentence)]);
    const { readings } = JSON.parse((await discover(environment, '--json')).stdout) as {
      readings: { probe: string; outcome: string; devices: unknown[] }[];
    };
    expect(readings).toMatchObject([{ probe: 'nvidia-smi', outcome, devices: [] }]);
  });

  test('that hangs costs its own facts, and the machine is onboarded', async () => {
    const home = await place.home('hung');
    const startedAt = Date.now();
    const run = await gaibOnboard(['onboard', '--quick', '--home', home, '--out', `${home}.out`, '--json'], {
      environment: pathWith('hang', 'sleep 600'),
    });
    expect([run.status, failureIn(run)]).toEqual([0, undefined]);
    expect(Date.now() - startedAt).toBeLessThan(120_000);
    expect(run.stderr).toMatch(
      /! nvidia-smi: nvidia-smi did not answer within 20 s and was ended; its facts are missing\./,
    );
    const { manifest } = JSON.parse(readFileSync(join(`${home}.out`, 'manifest.json'), 'utf8')) as SignedManifest;
    expect(manifest.measurement.probes).toContainEqual(
      expect.objectContaining({ probe: 'nvidia-smi', outcome: 'timeout' }),
    );
    expect(manifest.measurement.probes.filter(({ outcome }) => outcome === 'present').length).toBeGreaterThan(1);
    expect(await countIn(home)).toEqual(once);
  });
});
