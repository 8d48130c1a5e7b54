/** Which run a start goes on with, over a real journal. What a run does is shown by test/acceptance. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '#adapters/store/open-journal.ts';
import type { StepName } from '#domain/step.ts';
import type { Journal } from '#ports/journal.ts';
import type { OnboardingContext } from './context.ts';
import { openRun, runOnboarding } from './run-onboarding.ts';

let folder: string;
let journal: Journal;
let time: number;
const clock = { now: () => new Date(time) };
const hour = 3_600_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaib-run-'));
  time = Date.parse('2026-01-15T09:30:00.000Z');
  journal = openJournal(join(folder, 'journal.sqlite'), clock);
});
afterEach(() => {
  journal.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Only what is asked before a run begins; anything else would fail. */
const context = (genesis = '0xaa', subject = 'machine') =>
  ({
    journal,
    clock,
    machine: { subject },
    network: { name: 'sandbox', chain: { genesis: async () => genesis } },
  }) as unknown as OnboardingContext;

async function done(run: string, ...names: StepName[]): Promise<void> {
  for (const name of names) {
    await journal.stepIntended(run, name);
    await journal.stepDone(run, name, {}, []);
  }
}

test('a start goes on with the run of this machine on this chain', async () => {
  const first = await openRun(context(), false);
  expect((await openRun(context(), false)).id).toBe(first.id);
  expect((await openRun(context('0xbb'), false)).id).not.toBe(first.id);
  expect((await openRun(context('0xaa', 'practice:00'), false)).id).not.toBe(first.id);
  expect((await openRun(context(), true)).id).not.toBe(first.id);
});

test('a measurement that validators would still take is gone on with', async () => {
  const { id } = await openRun(context(), false);
  await done(id, 'discovery', 'settlement', 'benchmark', 'manifest');
  time += 0.8 * hour;
  expect((await openRun(context(), false)).id).toBe(id);
});

test('one that they would not is made again in a new run, which says so', async () => {
  const { id, startedAt } = await openRun(context(), false);
  await done(id, 'discovery', 'settlement', 'benchmark', 'manifest');
  time += 2 * hour;
  const again = await openRun(context(), false);
  expect(again.id).not.toBe(id);
  expect(await journal.eventsAfter(again.id, 0)).toMatchObject([
    { type: 'warning', sentence: expect.stringContaining(startedAt) },
  ]);
  expect((await openRun(context(), false)).id).toBe(again.id);
});

test('a run that is attested is gone on with, however long ago', async () => {
  const { id } = await openRun(context(), false);
  await done(id, 'discovery', 'settlement', 'benchmark', 'manifest', 'attestation');
  time += 1_000 * hour;
  expect((await openRun(context(), false)).id).toBe(id);
});

test('a recorded machine is refused by a network that takes hardware only, before anything is looked at', async () => {
  const on = context('0xaa', 'practice:00');
  Object.assign(on.network, { practiceAllowed: false });
  Object.assign(on.machine, { practice: { recording: 'h100.txt', sha256: '00' } });
  const run = await openRun(on, false);
  const work = runOnboarding(on, run, { fresh: false, signal: new AbortController().signal });
  await expect(work).rejects.toMatchObject({ failure: { code: 'practice.refused', exit: 51 } });
  expect((await journal.eventsAfter(run.id, 0)).at(-1)).toMatchObject({
    type: 'failed',
    failure: { code: 'practice.refused' },
  });
});

test('a step that is done stays done where the run is stopped before it comes to it', async () => {
  const on = context();
  const run = await openRun(on, false);
  await done(run.id, 'discovery', 'settlement');
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(runOnboarding(on, run, { fresh: false, signal })).rejects.toThrow('stopped');
  expect((await journal.run(run.id))?.steps.slice(0, 2).map(({ state }) => state)).toEqual(['done', 'done']);
});
