/**
 * The run is killed at every point it crosses, one kill after the other in one home: each start goes on from what the
 * last one left and dies at the first point that no start before it has reached. What the chain holds at the end shows
 * whether anything was done twice.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '#domain/receipt.ts';
import { stepNames } from '#domain/step.ts';
import { countIn, once } from './chain-reader.ts';
import { filesIn, gaibOnboard, type Outcome, onboardRecording, scratch } from './command-line.ts';

const place = scratch();
afterAll(() => place.remove());

/** More than there are points: a run that gets nowhere would be started for ever. */
const startsAtMost = 600;

/** Points in the order in which a trace says that they were crossed. */
function pointsIn(trace: string): string[] {
  const lines = readFileSync(trace, 'utf8').trim().split('\n');
  return [...new Set(lines.map((line) => line.replace(/:\d+$/, '')))];
}

/**
 * The deployment crosses the same five points for each of its transactions, which is half of all: unless everything is
 * asked for, all but the first and the last of them are spared.
 */
function sparedOf(points: readonly string[]): string[] {
  if (process.env.CI !== undefined) return [];
  const from = points.indexOf('journal settlement intended') + 1;
  const to = points.indexOf('sandbox state after deployment dumped');
  const spared = points.slice(from + 5, to - 5);
  console.info(`test/acceptance/kill-everywhere: ${spared.length} of ${points.length} points spared; all with CI=true`);
  return spared;
}

describe('a run that is killed at every point', () => {
  const trace = place.at('every.trace');
  let undisturbed: string[];
  let home: string;
  let starts = 0;
  let last: Outcome;

  beforeAll(async () => {
    const free = place.at('free.trace');
    await onboardRecording(await place.home('free'), { environment: { GAIB_ONBOARD_CRASH_TRACE: free } });
    undisturbed = pointsIn(free);
    const spared = sparedOf(undisturbed);
    writeFileSync(trace, spared.map((point) => `${point}:1\n`).join(''));
    home = await place.home('every');
    const environment = { GAIB_ONBOARD_CRASH_AT: 'unseen', GAIB_ONBOARD_CRASH_TRACE: trace };
    do {
      last = await onboardRecording(home, { environment });
      starts += 1;
    } while (last.signal === 'SIGKILL' && starts < startsAtMost);
    starts += spared.length;
  }, 900_000);

  test('ends well once no point is left', () => {
    expect(last.stderr).toContain('Nothing is done twice.');
    expect(last).toMatchObject({ status: 0, signal: null });
  });

  test('was killed once at each of them, and at each that an undisturbed run crosses', () => {
    const points = pointsIn(trace);
    expect(starts).toBe(points.length + 1);
    expect(points).toEqual(expect.arrayContaining(undisturbed));
  });

  test('was killed around every step and every transaction', () => {
    const receipt = JSON.parse(last.stdout) as Receipt;
    const transactions = receipt.run.steps.flatMap((step) => step.transactions);
    expect(transactions.length).toBeGreaterThanOrEqual(10);
    expect(pointsIn(trace)).toEqual(
      expect.arrayContaining([
        'journal run opened',
        ...stepNames.flatMap((name) => [`journal ${name} intended`, `journal ${name} done`]),
        ...transactions.flatMap(({ purpose }) => [
          `outbox ${purpose} signed`,
          `journal ${purpose} signed`,
          `outbox ${purpose} broadcast`,
          `journal ${purpose} sent`,
          `journal ${purpose} included`,
          `sandbox state after ${purpose} dumped`,
          `sandbox state after ${purpose} written`,
          `sandbox state after ${purpose} renamed`,
          `journal ${purpose} final`,
        ]),
        'outbox deploy AssetRegistry signed',
        'journal deploy AssetRegistry signed',
        'outbox deploy AssetRegistry broadcast',
        'validators started',
        'validator 1 signed',
        'journal run finished',
        'journal receipt stored',
        'papers manifest written',
        'papers manifest left',
      ]),
    );
  });

  test('has one deed, one capacity mint, one listing, one advance, one payment, one claim on the chain', async () => {
    expect(await countIn(home)).toEqual(once);
  });

  test('has one run in its journal, and each transaction signed once', () => {
    const receipt = JSON.parse(last.stdout) as Receipt;
    const hashes = receipt.run.steps.flatMap((step) => step.transactions.map(({ hash }) => hash));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('leaves a receipt that holds, and no half-written file', async () => {
    const { status, stdout } = await gaibOnboard(['verify', `${home}.out/manifest.json`, '--home', home]);
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, 'Everything holds.']);
    expect(filesIn(`${home}.out`)).toEqual(['manifest.json', 'receipt.json']);
    expect(filesIn(home).filter((name) => /(^|\/)\./.test(name))).toEqual([]);
  });
});
