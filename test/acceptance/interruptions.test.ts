/** Runs that are stopped, lose their chain, or are killed once and left alone: each goes on to one of each. */
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '#domain/receipt.ts';
import { stepNames } from '#domain/step.ts';
import { countIn, once, startAnvil } from './chain-reader.ts';
import {
  failureIn,
  gaibOnboard,
  type Outcome,
  onboardRecording,
  scratch,
  stopAt,
  untilStopped,
} from './command-line.ts';

const place = scratch();
afterAll(() => place.remove());

/** A home whose run ended with SIGKILL at a point. */
async function killedAt(point: string, name: string): Promise<string> {
  const home = await place.home(name);
  const { signal } = await onboardRecording(home, { environment: { GAIB_ONBOARD_CRASH_AT: `${point}:1` } });
  expect(signal).toBe('SIGKILL');
  return home;
}

const manifestIn = (home: string) => readFileSync(join(`${home}.out`, 'manifest.json'), 'utf8');

async function finishesOnce(home: string): Promise<void> {
  const last = await onboardRecording(home);
  expect(last.stderr).toContain('Going on with the run of');
  expect([last.status, last.signal]).toEqual([0, null]);
  expect(await countIn(home)).toEqual(once);
}

describe('a run killed once', () => {
  let attested: string;
  beforeAll(async () => {
    attested = await killedAt('journal attestation done', 'attested');
  }, 60_000);

  test.each([
    'journal deed intended',
    'outbox deed signed',
    'journal deed signed',
    'outbox deed broadcast',
    'journal deed sent',
    'journal deed included',
    'sandbox state after deed written',
    'journal deed final',
  ])('at "%s" goes on to one of each', async (point) => {
    const home = place.copyOf(attested);
    const { signal } = await onboardRecording(home, { environment: { GAIB_ONBOARD_CRASH_AT: `${point}:1` } });
    expect(signal).toBe('SIGKILL');
    await finishesOnce(home);
  });

  test('leaves no chain, validator or worker behind', async () => {
    const home = place.copyOf(attested);
    let chain = 0;
    await onboardRecording(home, {
      environment: stopAt('outbox deed signed'),
      onStart: (run) =>
        void untilStopped(run).then(() => {
          chain = chainOf(home);
          run.kill('SIGKILL');
        }),
    });
    expect(chain).toBeGreaterThan(0);
    await expect.poll(() => existsSync(`/proc/${chain}`), { timeout: 10_000 }).toBe(false);
  });
});

describe('a run stopped by SIGINT', () => {
  const stop = (home: string, point: string): Promise<Outcome> =>
    onboardRecording(home, {
      environment: { GAIB_ONBOARD_CRASH_AT: `${point}:1`, GAIB_ONBOARD_CRASH_SIGNAL: 'SIGINT' },
    });

  test('in each step, one after the other, ends with its code each time and goes on to one of each', async () => {
    const home = await place.home(`interrupted-${Date.now()}`);
    for (const step of stepNames.slice(0, -1)) {
      const stopped = await stop(home, `journal ${step} intended`);
      expect([step, stopped.status, failureIn(stopped)?.code]).toEqual([step, 4, 'run.cancelled']);
      expect(stopped.stderr).toContain('The run was stopped before it ended.');
    }
    // The act in progress is always finished; after the last one nothing is left to be stopped.
    const { status } = await stop(home, `journal ${stepNames.at(-1)} intended`);
    expect(status).toBe(0);
    expect(await countIn(home)).toEqual(once);
  });

  test('before it has looked at what is done takes none of it back', async () => {
    const home = await killedAt('journal deed done', 'early');
    const stopped = await stop(home, 'sandbox chain spawned');
    expect([stopped.status, failureIn(stopped)?.code]).toEqual([4, 'run.cancelled']);
    await finishesOnce(home);
    const { run } = JSON.parse(readFileSync(join(`${home}.out`, 'receipt.json'), 'utf8')) as Receipt;
    expect(run.steps.map(({ state }) => state)).toEqual(stepNames.map(() => 'done'));
  });

  test('from the terminal, which sends it to the chain and the validators too, ends the same way', async () => {
    const home = await place.home('terminal');
    const stopped = await onboardRecording(home, {
      group: true,
      environment: stopAt('validators started'),
      onStart: (run) =>
        void untilStopped(run).then(() => {
          process.kill(-(run.pid ?? 0), 'SIGINT');
          process.kill(-(run.pid ?? 0), 'SIGCONT');
        }),
    });
    expect([stopped.status, failureIn(stopped)?.code]).toEqual([4, 'run.cancelled']);
    await finishesOnce(home);
  });
});

describe('a run whose chain dies under it', () => {
  test('at different moments says that it does not answer, and goes on to one of each', async () => {
    const home = await place.home('bereft');
    for (const point of [
      'journal deploy AssetRegistry signed',
      'journal benchmark intended',
      'validators started',
      'outbox deed signed',
      'outbox capacity broadcast',
      'journal listing included',
      'sandbox state after claim dumped',
    ]) {
      const bereft = await onboardRecording(home, {
        environment: stopAt(point),
        onStart: (run) => void untilStopped(run).then(() => killChain(home, run)),
      });
      // The validators are the first to miss it while they are asked.
      const expected = point === 'validators started' ? ['attestation.no_quorum', 71] : ['chain.unreachable', 30];
      expect([point, failureIn(bereft)?.code, bereft.status]).toEqual([point, ...expected]);
    }
    await finishesOnce(home);
  });

  test('and comes back with an older state is given the same transactions again', async () => {
    const home = await killedAt('journal settlement done', 'older');
    const older = place.copyOf(join(home, 'sandbox'));
    await onboardRecording(home);
    const manifest = manifestIn(home);
    cpSync(join(older, 'state.json'), join(home, 'sandbox', 'state.json'));
    expect((await countIn(home)).deeds).toBe(0);
    const again = await onboardRecording(home);
    expect([again.status, failureIn(again)]).toEqual([0, undefined]);
    expect(manifestIn(home)).toBe(manifest);
    expect(await countIn(home)).toEqual(once);
  });
});

describe('a run that stood still for days', () => {
  test('goes on to one of each, with capacity for as long as it is still attested', async () => {
    const home = await killedAt('journal deed done', 'late');
    const chain = await startAnvil({ home });
    await chain.provider.send('evm_increaseTime', [5 * 24 * 3_600]);
    await chain.provider.send('evm_mine', []);
    await chain.dump(join(home, 'sandbox', 'state.json'));
    await chain.stop();
    const last = await onboardRecording(home);
    expect([last.status, failureIn(last)]).toEqual([0, undefined]);
    expect(last.stderr).toMatch(/Capacity is minted for 6\d\d h, not 720 h: no longer is it attested\./);
    expect(await countIn(home)).toEqual(once);
  });
});

describe('a run killed while it measures', () => {
  const measure = (home: string, environment: Record<string, string> = {}, onStart?: (run: ChildProcess) => void) =>
    gaibOnboard(['onboard', '--quick', '--home', home, '--out', `${home}.out`, '--json'], {
      environment,
      ...(onStart === undefined ? {} : { onStart }),
    });

  test('leaves no worker and no file, and goes on to one of each', async () => {
    const home = await place.home('measured');
    let workers: readonly number[] = [];
    const killed = await measure(
      home,
      {},
      (run) =>
        void untilThere(join(home, 'scratch')).then(async () => {
          await expect.poll(() => childrenOf(run.pid ?? 0).length, { timeout: 20_000 }).toBeGreaterThan(1);
          workers = childrenOf(run.pid ?? 0);
          run.kill('SIGKILL');
        }),
    );
    expect(killed.signal).toBe('SIGKILL');
    await expect.poll(() => workers.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    const last = await measure(home);
    expect([last.status, failureIn(last)]).toEqual([0, undefined]);
    expect(await countIn(home)).toEqual(once);
    expect(readdirSync(join(home, 'scratch'))).toEqual([]);
  });
});

const chainOf = (home: string): number =>
  (JSON.parse(readFileSync(join(home, 'sandbox', 'endpoint.json'), 'utf8')) as { pid: number }).pid;

function killChain(home: string, run: ChildProcess): void {
  process.kill(chainOf(home), 'SIGKILL');
  run.kill('SIGCONT');
}

async function untilThere(path: string): Promise<void> {
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 20));
}

const isRunning = (pid: number) =>
  existsSync(`/proc/${pid}/exe`) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');

/** Processes that a process has started, itself or through them; proc(5), `children`. */
function childrenOf(pid: number): number[] {
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map(Number);
    return [...own, ...own.flatMap(childrenOf)];
  } catch {
    return [];
  }
}
