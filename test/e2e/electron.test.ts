/**
 * The desktop app whole: its main, preload and renderer bundles together, and behind them the real program, which
 * onboards this very machine on the sandbox. Over the double of Electron everywhere; on Electron's own program where it is
 * installed (npx install-electron), which is where what the double cannot show is looked at too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { stepTitles } from '#domain/step.ts';
import { startBrowser } from './browser.ts';
import {
  electronProgram,
  type LaunchOptions,
  launchOnElectron,
  launchOverDouble,
  type RunningApp,
} from './electron/launch.ts';
import { screenshot } from './visit.ts';

const started = await startBrowser();
const browser = 'browser' in started ? started.browser : (undefined as unknown as Browser);
if ('skip' in started) console.warn(`test/e2e/electron, over the double: skipped. ${started.skip}`);
if (electronProgram === undefined && process.env.GAIB_ONBOARD_ELECTRON === '1')
  throw new Error('Electron is to be tested and is not installed: npx install-electron');
if (electronProgram === undefined)
  console.warn("test/e2e/electron, on Electron's own program: skipped. It is not installed (npx install-electron).");
afterAll(() => browser?.close());

const passphrase = 'a passphrase of a test';

const hosts: [string, boolean, (options: LaunchOptions) => Promise<RunningApp>][] = [
  ['over the double of Electron', 'skip' in started, (options) => launchOverDouble({ browser, ...options })],
  ["on Electron's own program", electronProgram === undefined, launchOnElectron],
];

describe.each(hosts)('the desktop app %s', (_, isSkipped, launch) => {
  describe.skipIf(isSkipped)('', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-electron-'));
    let app: RunningApp | undefined;
    afterEach(async () => {
      await app?.close();
      app = undefined;
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));

    async function open(home: string, words: string[] = []): Promise<RunningApp> {
      app = await launch({ home: join(folder, home), words });
      await app.page.getByRole('heading', { level: 1 }).waitFor();
      return app;
    }

    it('onboards this machine: each step as it happens, each signature asked for, the receipt at the end', async () => {
      const { page, troubles } = await open('run');
      await page.getByLabel('Passphrase', { exact: true }).first().fill(passphrase);
      await page.getByLabel('The passphrase again').fill(passphrase);
      await page.getByRole('button', { name: 'Create key', exact: true }).click();
      await page.getByRole('link', { name: 'Onboard this machine' }).click();
      await page.getByRole('button', { name: 'Start', exact: true }).click();
      const running = page.locator('li[aria-current=step]');
      const seen = new Set<string>();
      const isOver = page.getByRole('heading', { name: 'Receipt' }).waitFor({ timeout: 150_000 });
      let over = false;
      void isOver.finally(() => (over = true)).catch(() => {});
      while (!over) {
        const title = await running
          .getByRole('heading')
          .first()
          .textContent({ timeout: 500 })
          .catch(() => null);
        if (title !== null) seen.add(title);
        if (title === stepTitles.benchmark && (await running.locator('progress').count()) > 0)
          await screenshot(page, 'app-running', { fullPage: false });
        // A signature that is asked for; the button is gone where the run went on meanwhile.
        await page
          .getByRole('button', { name: /^Sign( and send)?$/ })
          .click({ timeout: 100 })
          .catch(() => {});
      }
      await isOver;
      expect([...seen]).toEqual(
        expect.arrayContaining([stepTitles.discovery, stepTitles.benchmark, stepTitles.attestation]),
      );
      expect(await page.getByText('10 / 10').isVisible()).toBe(true);
      await screenshot(page, 'app-receipt', { fullPage: false });
      expect(troubles).toEqual([]);
    }, 180_000);

    it('finds the run again when it is opened again, and a reload takes up its stream', async () => {
      const { page, troubles } = await open('run');
      await goTo(page, '/run');
      await page.getByRole('heading', { name: 'Receipt' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Receipt' }).waitFor();
      expect(troubles).toEqual([]);
    }, 60_000);

    it('opens where a link leads', async () => {
      const { page } = await open('links', ['gaib-onboard://activity']);
      await expect.poll(() => page.evaluate(() => window.location.hash)).toBe('#/activity');
    }, 60_000);

    it('gives its page nothing but the bridge', async () => {
      const { page } = await open('bridge');
      expect(await page.evaluate(() => Object.keys((window as unknown as { bridge: object }).bridge).sort())).toEqual([
        'listen',
        'post',
      ]);
      expect(
        await page.evaluate(() =>
          ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
        ),
      ).toEqual([]);
      expect(
        await page.evaluate(() => {
          try {
            Object.assign(window, { bridge: undefined });
          } catch {}
          return typeof (window as unknown as { bridge: unknown }).bridge;
        }),
      ).toBe('object');
    }, 60_000);

    it.each([
      ['another site', 'https://example.com/'],
      ['a file', 'file:///etc/passwd'],
      ['a page of data', 'data:text/html,<p>hello'],
      ['a file of its own that is no page', 'app://gaib-onboard/icon.svg'],
    ])(
      'stays on its page when it is sent to %s',
      async (_name, address) => {
        const { page, windows } = await open('navigation');
        const before = await page.evaluate(() => window.location.href);
        await page.evaluate(
          (to) => {
            const link = document.createElement('a');
            link.href = to;
            document.body.append(link);
            link.click();
          },
          address.replace('app://gaib-onboard/', new URL('/', before).href),
        );
        await page.waitForTimeout(300);
        expect(await page.evaluate(() => window.location.href)).toBe(before);
        expect(windows()).toBe(1);
      },
      60_000,
    );

    it('opens no second window', async () => {
      const { page, windows } = await open('popups');
      await page.evaluate(() => void window.open('https://example.com/'));
      await page.evaluate(() => void window.open('about:blank'));
      await page.waitForTimeout(300);
      expect(windows()).toBe(1);
    }, 60_000);

    it('reaches nothing from its page', async () => {
      const { page } = await open('network');
      const reached = await page.evaluate(async () => {
        const tries: [string, () => Promise<unknown>][] = [
          ['fetch', () => fetch('https://example.com/')],
          ['fetch of its own origin', () => fetch('/index.html')],
          ['image', () => load('img')],
          ['script', () => load('script')],
          [
            'socket',
            () =>
              new Promise((open, fail) =>
                Object.assign(new WebSocket('wss://example.com/'), { onopen: open, onerror: fail }),
              ),
          ],
        ];
        const load = (name: 'img' | 'script') =>
          new Promise((done, fail) => {
            const element = document.createElement(name);
            element.onload = done;
            element.onerror = fail;
            element.setAttribute('src', 'https://example.com/x');
            document.body.append(element);
          });
        const outcomes = await Promise.allSettled(tries.map(async ([, attempt]) => await attempt()));
        return tries.filter((_try, at) => outcomes[at]?.status === 'fulfilled').map(([name]) => name);
      });
      expect(reached).toEqual([]);
    }, 60_000);

    it('is refused what it asks the system for, but for copying', async () => {
      const { page } = await open('permissions');
      expect(
        await page.evaluate(async () => {
          const names = [
            'geolocation',
            'notifications',
            'camera',
            'microphone',
            'clipboard-read',
            'midi',
          ] as PermissionName[];
          const states = await Promise.all(
            names.map(async (name) => (await navigator.permissions.query({ name })).state),
          );
          return states.filter((state) => state === 'granted');
        }),
      ).toEqual([]);
      await page.bringToFront();
      expect(await page.evaluate(() => navigator.clipboard.writeText('0x1').then(() => 'copied', String))).toBe(
        'copied',
      );
    }, 60_000);
  });
});

const goTo = (page: Page, path: string) =>
  page.evaluate((hash) => {
    window.location.hash = hash;
  }, path);
