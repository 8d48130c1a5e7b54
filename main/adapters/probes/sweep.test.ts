/** The sweep against targets that really misbehave, in workers of their own. */
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Reading } from '#probes/contract.ts';
import { type SweepOptions, sweep } from './sweep.ts';

// Each test starts processes, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const workerEntry = join(import.meta.dirname, 'fixtures/misbehaving-targets.ts');
const probes = [{ id: 'power-nut', protocol: 'nut', limitMs: 1500 }] as const;

function named(...hosts: string[]): SweepOptions['targets'] {
  return hosts.map((host, at) => ({ name: `${host} ${at}`, target: { protocol: 'nut', host, port: at + 1 } }));
}

function read(targets: SweepOptions['targets'], options: Partial<SweepOptions> = {}): Promise<Reading[]> {
  return sweep({ workerEntry, targets, probes, signal: AbortSignal.timeout(50_000), perSecond: 1000, ...options });
}

describe('a target that', () => {
  test.each([
    ['silent', 'timeout', 'silent did not answer within 1.5 s.'],
    ['throws', 'failed', 'power-nut ran into a fault of its own: the device [31mlied[0m'],
    ['spins', 'timeout', 'power-nut at spins 0 did not answer within 1.5 s and was ended; its facts are missing.'],
    ['aborts', 'crashed', /^The worker of power-nut at aborts 0 was ended by its own abort \(SIGABRT\)/],
    ['exits', 'crashed', 'The worker of power-nut at exits 0 ended with status 3; its facts are missing.'],
    [
      'chats',
      'nonsense',
      'The worker of power-nut at chats 0 talked nonsense: a line is no JSON; its facts are missing.',
    ],
    ['lies', 'nonsense', /talked nonsense: its kind is none that is known; its facts are missing\.$/],
    ['floods', 'nonsense', /talked nonsense: it said more than 8388608 bytes; its facts are missing\.$/],
    ['hoards', 'crashed', /^The worker of power-nut at hoards 0 (?:was ended by|ended with)/],
  ])('%s costs its own facts: %s', async (host, outcome, sentence) => {
    const [reading, ...others] = await read(named(host));
    expect(others).toEqual([]);
    expect(reading).toMatchObject({ probe: 'power-nut', target: `${host} 0`, outcome, devices: [] });
    if (typeof sentence === 'string') expect(reading?.sentence).toBe(sentence);
    else expect(reading?.sentence).toMatch(sentence);
  });
});

test('every target is answered for, in order, whatever the others in its worker do', async () => {
  const bad = ['aborts', 'spins', 'chats', 'exits'];
  const hosts = bad.flatMap((host) => [host, ...Array(9).fill('good')]);
  const heard: string[] = [];
  const readings = await read(named(...hosts), { onReading: ({ target }) => heard.push(target ?? '') });
  expect(readings.map(({ target }) => target)).toEqual(hosts.map((host, at) => `${host} ${at}`));
  expect(heard.toSorted()).toEqual(readings.map(({ target }) => target ?? '').toSorted());
  const outcomes = readings.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === 'present')).toHaveLength(36);
  expect(bad.map((_, at) => outcomes[at * 10])).toEqual(['crashed', 'timeout', 'nonsense', 'crashed']);
});

test('many targets share few workers', async () => {
  const readings = await read(named(...Array(200).fill('good')), { workers: 2 });
  expect(new Set(readings.map(({ sentence }) => sentence)).size).toBeLessThanOrEqual(2);
});

test('what was contacted stands in the reading, also of one whose worker died', async () => {
  const alone = async (host: string) => (await read(named(host)))[0]?.contacted;
  expect(await alone('twice')).toEqual(['10.0.0.7:1', '[2001:db8::7]:2']);
  // Once among others, and once alone.
  expect(await alone('aborts')).toEqual(['10.0.0.8:8', '10.0.0.8:8']);
  expect(await alone('spins')).toEqual(['10.0.0.9:9', '10.0.0.9:9']);
  expect(await alone('silent')).toEqual([]);
});

test('no more targets are begun in a second than said', async () => {
  const started = performance.now();
  await read(named(...Array(21).fill('good')), { perSecond: 20 });
  expect(performance.now() - started).toBeGreaterThan(990);
});

test('secrets go in by standard input only, and do not come back', async () => {
  const target = {
    protocol: 'nut',
    host: 'echoes',
    secrets: { username: 'reader', password: 'hunter2hunter2' },
  } as const;
  const [echoed] = await read([{ name: 'bmc', target }]);
  expect(echoed?.sentence).toBe('login with ••• refused');
  expect(JSON.stringify(echoed)).not.toContain('hunter2');
  const [argued] = await read([{ name: 'bmc', target: { ...target, host: 'arguments' } }]);
  expect(argued?.sentence).toBe('--targets');
});

test('a protocol nobody reads contacts nobody', async () => {
  const [reading] = await read([{ name: 'x', target: { protocol: 'ipmi', host: 'good' } }]);
  expect(reading).toMatchObject({ outcome: 'failed', sentence: 'Nothing here reads ipmi.', contacted: [] });
});

test('only the probes asked for', async () => {
  const targets = [...named('good'), { name: 'x', target: { protocol: 'ipmi', host: 'good' } } as const];
  expect(await read(targets, { only: ['power-ipmi'] })).toEqual([]);
  expect(await read(targets, { only: ['power-nut'] })).toHaveLength(1);
});

test('a worker that cannot be started has a sentence', async () => {
  const [reading] = await read(named('good'), { nodePath: '/no/such/node' });
  expect(reading?.outcome).toBe('failed');
  expect(reading?.sentence).toMatch(/could not be started: spawn \/no\/such\/node ENOENT; its facts are missing\.$/);
});

test('cancelling ends it at once', async () => {
  const stop = new AbortController();
  const running = read(named('good', ...Array(70).fill('silent')), {
    signal: stop.signal,
    onReading: () => stop.abort(new Error('enough')),
  });
  const started = performance.now();
  await expect(running).rejects.toThrow('enough');
  expect(performance.now() - started).toBeLessThan(10_000);
  await expect(read(named('good'), { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
});
