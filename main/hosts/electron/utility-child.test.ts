/** The shape of a child process over a stand-in for Electron's utility process: a real process without standard input. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Fork, type UtilityProcess, utilityStarter } from './utility-child.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-utility-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sent: string[] = [];
class StandIn extends EventEmitter implements UtilityProcess {
  readonly #child: ChildProcess;
  readonly stdout;
  readonly stderr;
  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.on('exit', (code, signal) => this.emit('exit', code ?? (signal === 'SIGTERM' ? 15 : 9)));
  }
  get pid() {
    return this.#child.pid;
  }
  postMessage(message: string) {
    sent.push(message);
  }
  kill() {
    return this.#child.kill('SIGTERM');
  }
}

const forked: { entry: string; args: string[]; options: Parameters<Fork>[2] }[] = [];
const start = utilityStarter((entry, args, options) => {
  forked.push({ entry, args, options });
  return new StandIn(
    spawn(process.execPath, [entry, ...args], { env: options.env, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
});

function entry(name: string, program: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, program);
  return path;
}

const endOf = (child: EventEmitter) =>
  new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (code, signal) => resolve([code, signal])),
  );

test('what it says, how it ends and what it was given', async () => {
  const log = join(folder, 'log');
  const child = start(
    entry('says', 'console.log(process.argv[2], process.env.WORD); console.error("aside"); process.exitCode = 3;'),
    ['--x'],
    {
      env: { WORD: 'word', NONE: undefined },
      stdin: 'ignore',
      stderrFile: log,
      ownGroup: true,
    },
  );
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  expect(await endOf(child)).toEqual([3, null]);
  expect(said).toBe('--x word\n');
  await expect.poll(() => readFileSync(log, 'utf8')).toBe('aside\n');
  expect(forked.at(-1)?.options).toMatchObject({ env: { WORD: 'word' }, stdio: 'pipe' });
  expect(forked.at(-1)?.options.env).not.toHaveProperty('NONE');
  expect(child.stdin).toBeNull();
});

test('whole lines go over the port, and the end of the input ends it', async () => {
  const child = start(entry('waits', 'setInterval(() => {}, 1000);'), [], { env: {}, stdin: 'pipe' });
  sent.length = 0;
  child.stdin?.write('{"a":');
  child.stdin?.write('1}\n{"b":2}\nhalf');
  await expect.poll(() => sent).toEqual(['{"a":1}', '{"b":2}']);
  child.stdin?.end();
  expect((await endOf(child))[0]).toBe(15);
});

test('one that is killed says so', async () => {
  const child = start(entry('hangs', 'for (;;);'), [], { env: {}, stdin: 'ignore' });
  const end = endOf(child);
  expect(child.kill('SIGKILL')).toBe(true);
  expect(await end).toEqual([null, 'SIGKILL']);
  expect([child.exitCode, child.signalCode]).toEqual([null, 'SIGKILL']);
});
