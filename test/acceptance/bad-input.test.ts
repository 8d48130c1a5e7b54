/**
 * What a person can get wrong, and what can be wrong around the program: each ends in one sentence that names the cause,
 * one that mends it, its own exit status, the same failure as JSON, and no file half written.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { spawnNode } from '#adapters/processes/spawn-node.ts';
import { sandboxValidatorKeys, startSandboxValidator } from '#adapters/validators/sandbox-validators.ts';
import { catalogue, type FailureCode } from '#domain/failures/catalogue.ts';
import type { Failure } from '#domain/failures/failure.ts';
import { countIn, once, startAnvil } from './chain-reader.ts';
import {
  failureIn,
  filesIn,
  gaibOnboard,
  type Outcome,
  onboardRecording,
  type RunOptions,
  recording,
  scratch,
  stopAt,
  untilStopped,
} from './command-line.ts';

const place = scratch();
afterAll(() => place.remove());

/** Expects the failure as a person reads it and, from the same command with --json, as a program does. */
function expectFailure({ status, stdout, stderr }: Outcome, code: FailureCode, subject?: string): void {
  const { exit, what, mend } = catalogue[code];
  expect([status, stderr]).toEqual([exit, expect.stringContaining(`code      ${code}, exit ${exit}`)]);
  const [before = '', after = ''] = what.split('{subject}');
  expect(stderr).toMatch(new RegExp(`^✗ ${escaped(before)}.*${escaped(after)}$`, 'm'));
  expect(stderr).toMatch(/^ {2}to do {5}\S/m);
  expect(mend).not.toBe('');
  if (subject !== undefined) expect(stderr).toContain(subject);
  // Nothing of the program's own insides.
  expect(stdout + stderr).not.toMatch(/node:internal|\bat .*\.js:\d+|undefined|\[object/);
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

async function expectBoth(words: string[], code: FailureCode, options: RunOptions & { subject?: string } = {}) {
  const said = await gaibOnboard(words, options);
  expectFailure(said, code, options.subject);
  const asked = await gaibOnboard([...words, '--json'], options);
  expect([asked.status, failureIn(asked)?.code]).toEqual([catalogue[code].exit, code]);
}

/** Names of hidden files: what a write leaves beside its target when it does not end. */
const leftBeside = (folder: string) => filesIn(folder).filter((name) => /(^|\/)\.[^/]+$/.test(name));

const passphrase = (name: string, text: string, mode = 0o600): string => {
  writeFileSync(place.at(name), text, { mode });
  return place.at(name);
};

describe('the command line', () => {
  test.each<[string, string[]]>([
    ['an unknown command', ['onbord']],
    ['an unknown option', ['onboard', '--quik']],
    ['a missing argument', ['verify']],
    ['an argument too many', ['receipt', 'again']],
    ['a port that is none', ['console', '--port', '80x']],
    ['a port that is too high', ['console', '--port', '65536']],
  ])('with %s is usage.invalid', async (_, words) => {
    expectFailure(await gaibOnboard(words), 'usage.invalid');
  });

  test('that needs an answer where nobody can give one is usage.no_terminal', async () => {
    const home = place.at('asked');
    await expectBoth(['init', '--home', home], 'usage.no_terminal', { subject: 'owner.json' });
    expect(existsSync(home)).toBe(false);
    const own = await place.home('asked-owner');
    rmSync(join(own, 'keys', 'owner.passphrase'));
    expectFailure(await onboardRecording(own), 'usage.no_terminal', 'owner.json');
  });

  test('that finds its port taken is port.taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const taken = await gaibOnboard(['console', '--port', String(port), '--home', place.at('port')]);
    other.close();
    expectFailure(taken, 'port.taken', String(port));
  });
});

describe('the owner’s key', () => {
  let home: string;
  beforeAll(async () => {
    home = await place.home('keys');
  });
  const onboard = (...words: string[]) => ['onboard', '--practice', recording, '--home', home, ...words];

  test('with the wrong passphrase is key.wrong_passphrase, and stays as it is', async () => {
    const before = readFileSync(join(home, 'keys', 'owner.json'), 'utf8');
    const file = passphrase('wrong', 'not of a test\n');
    await expectBoth(onboard('--passphrase-file', file), 'key.wrong_passphrase', { subject: 'owner.json' });
    expect(readFileSync(join(home, 'keys', 'owner.json'), 'utf8')).toBe(before);
    expect(readdirSync(join(home, 'keys')).sort()).toEqual(['machine.key', 'owner.json', 'owner.passphrase']);
    expect(readFileSync(file, 'utf8')).toBe('not of a test\n');
  });

  test('is not opened with a passphrase that others can read, or that is not there', async () => {
    const file = passphrase('exposed', 'of a test\n', 0o644);
    chmodSync(file, 0o644);
    await expectBoth(onboard('--passphrase-file', file), 'key.exposed', { subject: file });
    await expectBoth(onboard('--passphrase-file', place.at('nowhere')), 'file.missing', { subject: 'nowhere' });
  });

  test.each<[FailureCode, (keystore: string) => void]>([
    ['key.exposed', (keystore) => chmodSync(keystore, 0o640)],
    ['key.unreadable', (keystore) => writeFileSync(keystore, '{"version":3}')],
    ['key.unreadable', (keystore) => writeFileSync(keystore, Buffer.from([0xff, 0x00, 0xfe]))],
    [
      'key.hostile_parameters',
      (keystore) => writeFileSync(keystore, readFileSync(keystore, 'utf8').replace(/"n":\d+/i, `"n":${2 ** 30}`)),
    ],
  ])('that is damaged or exposed is %s', async (code, damage) => {
    const copy = place.copyOf(home);
    damage(join(copy, 'keys', 'owner.json'));
    const found = readFileSync(join(copy, 'keys', 'owner.json'));
    expectFailure(await onboardRecording(copy), code, 'owner.json');
    expect(readFileSync(join(copy, 'keys', 'owner.json'))).toEqual(found);
  });
});

describe('what is replayed', () => {
  test.each<[string, string | Buffer | undefined]>([
    ['nothing', undefined],
    ['something else', '{"name":"package"}'],
    ['an empty file', ''],
    ['bytes that are no UTF-8', Buffer.from([0x3d, 0x3d, 0xff, 0xfe, 0x0a])],
  ])('%s is capture.unreadable, and no key or chain is made', async (_, content) => {
    const file = place.at('capture.txt');
    rmSync(file, { force: true });
    if (content !== undefined) writeFileSync(file, content);
    const home = place.at('captured');
    await expectBoth(['onboard', '--practice', file, '--home', home], 'capture.unreadable', { subject: file });
    expect(filesIn(home).filter((name) => /keys|sandbox/.test(name))).toEqual([]);
    expectFailure(await gaibOnboard(['discover', '--practice', file]), 'capture.unreadable', file);
  });
});

describe('the home', () => {
  test('that is a file is disk.unusable', async () => {
    const home = place.at('a-file');
    writeFileSync(home, 'mine');
    await expectBoth(['onboard', '--practice', recording, '--home', home], 'disk.unusable', { subject: home });
    expect(readFileSync(home, 'utf8')).toBe('mine');
  });

  test('that this user may not write is disk.denied', async () => {
    const home = place.at('others');
    mkdirSync(home);
    chmodSync(home, 0o500);
    chmodSync(place.folder, 0o755);
    // Root may write anywhere, and becomes nobody for this.
    const user = process.getuid?.() === 0 ? { user: 65_534 } : {};
    expectFailure(await onboardRecording(join(home, 'home'), user), 'disk.denied', home);
    expect(filesIn(home)).toEqual([]);
  });

  test('with a damaged journal is journal.broken, with a newer one journal.newer, and both are kept', async () => {
    const home = await place.home('journal');
    const journal = join(home, 'journal.sqlite');
    writeFileSync(journal, 'this was a journal once, long ago');
    expectFailure(await onboardRecording(home), 'journal.broken', journal);
    expect(readFileSync(journal, 'utf8')).toBe('this was a journal once, long ago');
    rmSync(journal);
    const newer = new DatabaseSync(journal);
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    expectFailure(await onboardRecording(home), 'journal.newer', journal);
    await expectBoth(['receipt', '--home', home], 'journal.newer');
  });

  test('without a finished run has no receipt, and is not made by asking', async () => {
    const home = place.at('never');
    await expectBoth(['receipt', '--home', home], 'run.unknown');
    expect(existsSync(home)).toBe(false);
  });
});

describe('a second one', () => {
  test('at the same time is run.locked, and the first goes on', async () => {
    const home = await place.home('busy');
    let second: Outcome[] = [];
    const first = await onboardRecording(home, {
      environment: stopAt('journal benchmark intended'),
      onStart: (run) =>
        void untilStopped(run).then(async () => {
          second = [await onboardRecording(home), await gaibOnboard(['sandbox', 'reset', '--home', home])];
          run.kill('SIGCONT');
        }),
    });
    for (const one of second) expectFailure(one, 'run.locked', home);
    expect(second).toHaveLength(2);
    expect([first.status, failureIn(first)]).toEqual([0, undefined]);
    expect(await countIn(home)).toEqual(once);
  });

  test('of the same asset, asked for with --fresh, is asset.taken before anything is measured', async () => {
    const home = await place.home('taken');
    await onboardRecording(home);
    const again = await onboardRecording(home, { words: ['--fresh'] });
    expectFailure(again, 'asset.taken', 'deed');
    expect(again.stderr).not.toContain('Sign the manifest');
    expect(await countIn(home)).toEqual(once);
    // The run that was refused is left behind; without --fresh it is the finished one that is meant.
    const finished = await onboardRecording(home);
    expect([finished.status, finished.stderr]).toEqual([0, expect.stringContaining('Nothing is done twice.')]);
  });
});

describe('the embedded chain', () => {
  test('whose state is damaged is chain.sandbox_broken, and is set aside by what the failure names', async () => {
    const home = await place.home('chain');
    mkdirSync(join(home, 'sandbox'));
    writeFileSync(join(home, 'sandbox', 'state.json'), '{"block":');
    const broken = await onboardRecording(home);
    expectFailure(broken, 'chain.sandbox_broken');
    expect(broken.stderr).toContain('gaib-onboard sandbox reset');
    expectFailure(await gaibOnboard(['verify', '12', '--home', home]), 'chain.sandbox_broken', 'state.json');
    expect((await gaibOnboard(['sandbox', 'reset', '--home', home])).status).toBe(0);
    expect((await onboardRecording(home)).status).toBe(0);
    expect(await countIn(home)).toEqual(once);
  });
});

describe('a validator', () => {
  const serve = (...words: string[]) =>
    gaibOnboard(['validator', '--home', join(place.at('v'), 'keys'), ...words], { limitMs: 20_000 });

  test('without its key, with the wrong passphrase, or without a chain says so', async () => {
    const home = await place.home('v');
    const keys = join(home, 'keys');
    expectFailure(
      await serve('--rpc', 'http://127.0.0.1:9', '--passphrase-file', join(keys, 'owner.passphrase')),
      'key.missing',
      'key.json',
    );
    writeFileSync(join(keys, 'key.json'), readFileSync(join(keys, 'owner.json')), { mode: 0o600 });
    expectFailure(
      await serve('--rpc', 'http://127.0.0.1:9', '--passphrase-file', passphrase('wrong-v', 'no\n')),
      'key.wrong_passphrase',
    );
    expectFailure(
      await serve('--rpc', 'http://127.0.0.1:9', '--passphrase-file', join(keys, 'owner.passphrase')),
      'chain.unreachable',
      '127.0.0.1:9',
    );
    expectFailure(await serve('--rpc', 'http://127.0.0.1:9'), 'usage.no_terminal');
  });
});

describe('practice', () => {
  test('is refused by a validator of every chain but the sandbox', async () => {
    const home = await place.home('practice');
    await onboardRecording(home);
    const chain = await startAnvil({ chainId: 1 });
    const [keys] = await sandboxValidatorKeys(place.at('validators'));
    const validator = await startSandboxValidator(keys!, {
      commandLine: join(inject('program'), 'gaib-onboard.js'),
      endpoint: chain.endpoint,
      spawnNode,
    });
    try {
      const body = readFileSync(join(`${home}.out`, 'manifest.json'), 'utf8');
      const response = await fetch(`${validator.url}/challenges`, { method: 'POST', body });
      const { failure } = (await response.json()) as { failure: Failure };
      expect([response.status, failure.code, failure.what]).toEqual([
        422,
        'attestation.refused',
        'A validator refused to attest: practice runs are not attested here.',
      ]);
    } finally {
      await validator.stop();
      await chain.stop();
    }
  });
});

describe('the folder for the papers', () => {
  test('that is a file is disk.unusable after all is done, and the papers are had by the same command again', async () => {
    const home = await place.home('papers');
    writeFileSync(`${home}.out`, 'mine');
    expectFailure(await onboardRecording(home), 'disk.unusable', `${home}.out`);
    expect(readFileSync(`${home}.out`, 'utf8')).toBe('mine');
    rmSync(`${home}.out`);
    expect((await onboardRecording(home)).status).toBe(0);
    expect(filesIn(`${home}.out`)).toEqual(['manifest.json', 'receipt.json']);
    expect(leftBeside(home)).toEqual([]);
  });
});

test('every failure of the catalogue has a status of its own, a sentence and a mend', () => {
  const entries = Object.entries(catalogue);
  expect(new Set(entries.map(([, { exit }]) => exit)).size).toBe(entries.length);
  for (const [code, { exit, what, mend }] of entries) {
    expect([code, exit > 0 && exit < 126]).toEqual([code, true]);
    expect([code, what]).toEqual([code, expect.stringMatching(/^[A-Z{].*\.$/)]);
    expect([code, mend.length > 5]).toEqual([code, true]);
  }
});
