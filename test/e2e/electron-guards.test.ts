/**
 * The app's rules as Electron would ask for them: through the double, whose windows, requests and messages are real where
 * they can be and made up where an attacker would make them up. Only the built bundles run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startBrowser } from './browser.ts';
import { launchOverDouble, startOverDouble } from './electron/launch.ts';

const started = await startBrowser();
const browser = 'browser' in started ? started.browser : (undefined as unknown as Browser);
if ('skip' in started) console.warn(`test/e2e/electron-guards: skipped. ${started.skip}`);

type Launched = Awaited<ReturnType<typeof launchOverDouble>>;
const own = 'app://gaib-onboard/';

describe.skipIf('skip' in started)('the desktop app, asked by Electron', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-guards-'));
  let app: Launched | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    await browser.close();
  });
  async function open(options: Partial<Parameters<typeof launchOverDouble>[0]> = {}): Promise<Launched> {
    app = await launchOverDouble({ browser, home: join(folder, 'home'), ...options });
    await app.page.getByRole('heading', { level: 1 }).waitFor();
    return app;
  }

  describe('for a message', () => {
    const call = (id: number) => JSON.stringify({ kind: 'call', id, type: 'query', path: 'product.get' });

    /** Sends a message by hand and tells whether the program answered it. */
    async function isAnswered({ double }: Launched, id: number, sender: object | null, text: unknown = call(id)) {
      const contents = double.windows[0]!.webContents;
      const answers: unknown[] = [];
      const { send } = contents;
      contents.send = (channel, ...values) => {
        answers.push(values[0]);
        send.call(contents, channel, ...values);
      };
      double.ipcMain.emit('gaib:call', { sender: contents, senderFrame: contents.mainFrame, ...sender }, text);
      await new Promise((resolve) => setTimeout(resolve, 150));
      contents.send = send;
      return answers.some((answer) => String(answer).includes(`"id":${id},`) || String(answer).includes(`"id":${id}}`));
    }

    it('answers its own page, and nobody else', async () => {
      const launched = await open();
      expect(await isAnswered(launched, 900_001, {})).toBe(true);
      expect(await isAnswered(launched, 900_002, { senderFrame: null })).toBe(false);
      expect(await isAnswered(launched, 900_003, { senderFrame: { url: own } })).toBe(false);
      expect(await isAnswered(launched, 900_004, { sender: {} })).toBe(false);
      const { mainFrame } = launched.double.windows[0]!.webContents;
      for (const [at, url] of ['https://example.com/', 'app://gaib-onboard.example.com/', 'about:blank'].entries()) {
        mainFrame.url = url;
        expect(await isAnswered(launched, 900_010 + at, {})).toBe(false);
      }
      mainFrame.url = own;
    });

    it.each([
      ['no text', { kind: 'call', id: 1, type: 'query', path: 'product.get' }],
      ['no JSON', 'product.get'],
      ['no call', '{"kind":"eval","id":1}'],
      ['a call with more in it', '{"kind":"call","id":1,"type":"query","path":"product.get","context":{}}'],
      ['a text without an end', 'x'.repeat(3_000_000)],
    ])('drops %s', async (_, text) => {
      const launched = await open();
      expect(await isAnswered(launched, 1_000_001, {}, text)).toBe(false);
      expect(await isAnswered(launched, 1_000_002, {})).toBe(true);
      expect(launched.troubles).toEqual([]);
    });
  });

  it('for a permission: grants copying to its own page, and nothing else to anybody', async () => {
    const { double } = await open();
    const { session } = double;
    const permissions = [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'hid',
      'usb',
      'serial',
    ];
    for (const permission of permissions) {
      expect([permission, session.request(permission, own), session.check(permission, own)]).toEqual([
        permission,
        false,
        false,
      ]);
    }
    expect(session.request('clipboard-sanitized-write', own)).toBe(true);
    expect(session.check('clipboard-sanitized-write', own)).toBe(true);
    expect(session.request('clipboard-sanitized-write', 'https://example.com/')).toBe(false);
    expect(session.check('clipboard-sanitized-write', 'https://example.com')).toBe(false);
    expect(session.device({ deviceType: 'usb' })).toBe(false);
  });

  it('for a request: lets its own files and its own blobs through, whoever asks', async () => {
    const { double, page } = await open();
    const isCancelled = (url: string) => {
      let verdict: boolean | undefined;
      double.session.ask(url, ({ cancel }) => {
        verdict = cancel;
      });
      return verdict;
    };
    expect(isCancelled(`${own}icon.svg`)).toBe(false);
    expect(isCancelled(`blob:${own}1`)).toBe(false);
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1:8545/',
      'ws://127.0.0.1:1/',
      'file:///etc/passwd',
      'blob:https://example.com/1',
    ])
      expect([url, isCancelled(url)]).toEqual([url, true]);
    // And what the page really loaded came from the app alone.
    expect(await page.evaluate(() => performance.getEntriesByType('resource').length)).toBeGreaterThan(0);
    expect(double.session.strayed).toEqual([]);
  });

  it('for a navigation, a redirect, a frame, a webview and a popup: refuses', async () => {
    const { double } = await open();
    const { webContents } = double.windows[0]!;
    const ask = (event: string, details: object) => {
      let isPrevented = false;
      webContents.emit(event, {
        ...details,
        preventDefault: () => {
          isPrevented = true;
        },
      });
      return isPrevented;
    };
    expect(ask('will-navigate', { url: own })).toBe(false);
    expect(ask('will-navigate', { url: 'https://example.com/' })).toBe(true);
    expect(ask('will-redirect', { url: 'https://example.com/' })).toBe(true);
    expect(ask('will-frame-navigate', { url: own, isMainFrame: false })).toBe(true);
    expect(ask('will-frame-navigate', { url: own, isMainFrame: true })).toBe(false);
    expect(ask('will-attach-webview', {})).toBe(true);
    expect(webContents.asked('https://example.com/')).toBe('deny');
    expect(webContents.asked(own)).toBe('deny');
  });

  it('for its window: sandboxed, isolated, with the preload of the bundle', async () => {
    const { double } = await open();
    const { webPreferences } = double.windows[0]!.options;
    expect(webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    expect(webPreferences.preload).toMatch(/preload[/\\]index\.cjs$/);
    expect(double.windows[0]!.isShown).toBe(true);
  });

  it('for links: takes those of its scheme once it is packaged, and comes to the front', async () => {
    const { double, page } = await open();
    expect(double.schemes).toEqual(['gaib-onboard']);
    double.app.emit('second-instance', {}, ['/opt/gaib-onboard', 'gaib-onboard://activity']);
    await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('#/activity');
    double.app.emit('open-url', { preventDefault: () => {} }, 'gaib-onboard://settings');
    await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('#/settings');
    expect(double.windows[0]!.focused).toBe(2);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('from a checkout it does not take the links of the whole system', async () => {
    const { double } = await open({ isPackaged: false });
    expect(double.schemes).toEqual([]);
  });

  it('a second instance gives way, without a window', async () => {
    const double = startOverDouble({ browser, home: join(folder, 'home'), runsAlready: true });
    expect(await double.ended).toBe(0);
    expect(double.windows).toEqual([]);
  });

  it('ends with its last window, and closes the program first', async () => {
    const { double } = await open();
    await double.windows[0]!.close();
    expect(await double.ended).toBe(0);
    app = undefined;
  });
});
