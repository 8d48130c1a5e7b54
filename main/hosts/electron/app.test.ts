import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portApi } from '#api/client/api.ts';
import { type Port, portPair } from '#api/client/port.ts';
import { scriptedDouble } from '#api/scripted-double.ts';
import { answerPage, startApp } from './app.ts';
import { pageUrl } from './guards.ts';
import type { PageAnswer, Rules, Shell } from './shell-port.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-app-'));
beforeAll(() => {
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(join(folder, 'page/index.html'), '<title>page</title>');
  writeFileSync(join(folder, 'page/assets/index.js'), 'export {}');
  writeFileSync(join(folder, 'secret.json'), '"secret"');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A shell that does nothing but write down what it is told. */
function writtenDown(options: { runsAlready?: boolean } = {}) {
  const told: string[] = [];
  let second: (words: readonly string[]) => void = () => {};
  let follow: (link: string) => void = () => {};
  let rules: Rules | undefined;
  let answer: ((address: string) => Promise<PageAnswer>) | undefined;
  let attach: ((port: Port) => () => void) | undefined;
  let activate = () => {};
  let allClosed = () => {};
  let quitting: () => Promise<void> = async () => {};
  const shell: Shell = {
    claimSingleInstance(onSecond) {
      second = onSecond;
      return options.runsAlready !== true;
    },
    takeLinks(scheme, onLink) {
      told.push(`links ${scheme}`);
      follow = onLink;
    },
    ready: async () => void told.push('ready'),
    guard(given) {
      told.push('guard');
      rules = given;
    },
    servePage(given) {
      told.push('page');
      answer = given;
    },
    openWindow(_options, address, given) {
      told.push(`open ${address}`);
      attach = given;
      return { focus: () => void told.push('focus'), go: (to) => void told.push(`go ${to}`) };
    },
    onActivate: (listener) => (activate = listener),
    onAllClosed: (listener) => (allClosed = listener),
    onQuit: (listener) => (quitting = listener),
    quit: () => void told.push('quit'),
  };
  return {
    shell,
    told,
    second: (...words: string[]) => second(words),
    follow: (link: string) => follow(link),
    activate: () => activate(),
    allClosed: () => allClosed(),
    quit: () => quitting(),
    rules: () => rules!,
    answer: (address: string) => answer!(address),
    attach: (port: Port) => attach!(port),
  };
}

async function started(options: { words?: string[]; runsAlready?: boolean } = {}) {
  const written = writtenDown(options);
  const double = scriptedDouble();
  let programs = 0;
  let closed = 0;
  await startApp({
    shell: written.shell,
    rendererFolder: join(folder, 'page'),
    preload: '/preload.cjs',
    words: options.words ?? ['/opt/app'],
    openProgram: () => {
      programs += 1;
      const close = async () => {
        closed += 1;
      };
      return { context: double.context, close };
    },
  });
  return { ...written, counts: () => ({ programs, closed }) };
}

describe('the app', () => {
  test('sets its guards before anything else, and opens one window', async () => {
    const { told, counts } = await started();
    expect(told).toEqual(['links gaib-onboard', 'guard', 'ready', 'page', `open ${pageUrl}`]);
    expect(counts()).toEqual({ programs: 1, closed: 0 });
  });

  test('gives way to one that runs already, which comes to the front', async () => {
    const { told, counts } = await started({ runsAlready: true });
    expect(told).toEqual(['quit']);
    expect(counts().programs).toBe(0);
    const first = await started();
    first.second('/opt/app');
    expect(first.told.at(-1)).toBe('focus');
  });

  test('speaks the API over the port of its window', async () => {
    const { attach } = await started();
    const [page, program] = portPair();
    const leave = attach(program);
    expect(await portApi(page).product.get.query()).toMatchObject({ network: 'sandbox' });
    leave();
  });

  test('opens its window again when it is asked to, and closes the program with it', async () => {
    const { told, activate, allClosed, quit, counts } = await started();
    activate();
    expect(told.at(-1)).toBe('focus');
    allClosed();
    expect(told.at(-1)).toBe('quit');
    await quit();
    expect(counts()).toEqual({ programs: 1, closed: 1 });
    activate();
    expect(told.at(-1)).toBe(`open ${pageUrl}`);
  });

  test('says that its page is missing rather than open an empty window', async () => {
    const { shell, told } = writtenDown();
    const options = { shell, preload: '', words: [], openProgram: () => scriptedProgram() };
    await expect(startApp({ ...options, rendererFolder: join(folder, 'nowhere') })).rejects.toMatchObject({
      failure: { code: 'console.page_missing' },
    });
    expect(told.filter((one) => one.startsWith('open'))).toEqual([]);
  });
});

const scriptedProgram = () => ({ context: scriptedDouble().context, close: async () => {} });

describe('a link', () => {
  test('among the words of the start opens the window there', async () => {
    const { told } = await started({ words: ['/opt/app', 'gaib-onboard://run/7'] });
    expect(told.at(-1)).toBe(`open ${pageUrl}#/run/7`);
  });

  test('to an app that runs leads its page there and brings it to the front', async () => {
    const { told, second, follow } = await started();
    second('/opt/app', 'gaib-onboard://run/7');
    expect(told.slice(-2)).toEqual([`go ${pageUrl}#/run/7`, 'focus']);
    follow('gaib-onboard://run/8');
    expect(told.slice(-2)).toEqual([`go ${pageUrl}#/run/8`, 'focus']);
  });

  test('that is none of ours leads nowhere', async () => {
    const { told, second, follow } = await started();
    second('/opt/app', 'https://example.com/');
    follow('javascript:alert(1)');
    expect(told.filter((one) => one.startsWith('go'))).toEqual([]);
  });
});

describe('the page', () => {
  test('comes with headers under which it reaches nothing', async () => {
    const { answer } = await started();
    const { status, headers, body } = await answer(pageUrl);
    expect([status, String(body)]).toEqual([200, '<title>page</title>']);
    expect(headers['content-security-policy']).toContain("connect-src 'none'");
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:|http/);
    expect((await answer(`${pageUrl}assets/index.js`)).headers['content-type']).toContain('text/javascript');
  });

  test.each([
    '../secret.json',
    '%2e%2e/secret.json',
    '..%2fsecret.json',
    'assets/../../secret.json',
    'assets',
    '%00',
    '%',
  ])('has no file %s', async (path) => {
    const { answer } = await started();
    const { status, body } = await answer(`${pageUrl}${path}`);
    expect([status, String(body)]).toEqual([404, '']);
  });

  test('has a sentence where a file vanished', async () => {
    const { answer } = await started();
    const gone = new Map([
      ['/', { contentType: 'text/html', lasting: false, read: () => Promise.reject(new Error('gone')) }],
    ]);
    expect(await answerPage(gone, pageUrl)).toMatchObject({
      status: 500,
      body: 'The program ran into a fault of its own.',
    });
    expect((await answer('https://example.com/')).status).toBe(404);
  });
});
