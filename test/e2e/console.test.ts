/** The page in a real browser, over the real console; behind it the scripted TEST DOUBLE of the program. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ScriptOptions, scriptedDouble } from '#api/scripted-double.ts';
import { failure } from '#domain/failures/failure.ts';
import { signedManifest } from '#domain/manifest.ts';
import { stepTitles } from '#domain/step.ts';
import { type Console, serveConsole } from '../../main/hosts/console/serve-console.ts';
import { startBrowser } from './browser.ts';
import { buildPage } from './built-page.ts';
import { screenshot, type Visit, type VisitOptions, visit } from './visit.ts';

const started = await startBrowser();
const browser = 'browser' in started ? started.browser : (undefined as unknown as Browser);
if ('skip' in started) console.warn(`test/e2e/console: skipped. ${started.skip}`);

describe.skipIf('skip' in started)('the console in a browser', { timeout: 30_000 }, () => {
  let rendererFolder: string;
  const open: Console[] = [];
  const visits: Visit[] = [];

  beforeAll(async () => {
    rendererFolder = await buildPage('console');
  }, 60_000);
  afterEach(async () => {
    for (const each of visits.splice(0)) {
      expect(each.troubles).toEqual([]);
      await each.close();
    }
    for (const each of open.splice(0)) await each.close();
  });
  afterAll(() => browser.close());

  async function enter(script: ScriptOptions = {}, options: VisitOptions = {}) {
    const double = scriptedDouble(script);
    const served = await serveConsole({ context: double.context, rendererFolder, port: 0 });
    open.push(served);
    const visited = await visit(browser, served.url, options);
    visits.push(visited);
    await visited.page.getByRole('heading', { level: 1 }).waitFor();
    await visited.page.evaluate(() => {
      window.location.hash = '/run';
    });
    return { double, served, ...visited };
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('takes the token out of the address and keeps the session over a reload', async () => {
    const { page, served } = await enter();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    expect(page.url()).toBe(`${served.url.split('#')[0]}#/run`);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.reload();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
  });

  it('says in words what to do where the link was used by another browser', async () => {
    const { served } = await enter();
    const second = await visit(browser, served.url);
    await second.page.getByRole('alert').waitFor();
    expect(await second.page.getByRole('alert').textContent()).toContain('it prints a new link');
    await screenshot(second.page, 'console-link-used');
    // The refusal is what the spec asks for; Chromium notes it in its console.
    expect(second.troubles.every((trouble) => trouble.includes('401'))).toBe(true);
    await second.close();
  });

  it('tells before the first run what will happen, in three lines', async () => {
    const { page } = await enter();
    await page.getByRole('heading', { name: 'What will happen' }).waitFor();
    expect(await page.locator('section[aria-labelledby=what-will-happen] li').count()).toBe(3);
    expect(await page.getByText('Sandbox: no real money').isVisible()).toBe(true);
    await screenshot(page, 'console-empty-light');
  });

  it('shows the steps live, the receipt at the end, and hands out both files', async () => {
    const { page, double } = await enter({ holdAt: 'benchmark', pace: 2 });
    await press(page, 'Start');
    const running = page.locator('li[aria-current=step]');
    await running.getByText('Disk reads past the page cache').waitFor();
    expect(await running.getByRole('heading').textContent()).toBe(stepTitles.benchmark);
    expect(await running.locator('progress').getAttribute('value')).toBe('0.82');
    expect(await page.getByText('The probe nvidia-smi is not installed').isVisible()).toBe(true);
    await screenshot(page, 'console-running-light');
    double.release();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await page.locator('section[aria-labelledby=receipt]').textContent()).toContain('130,200 AID');
    expect(await page.getByText('10 / 10').isVisible()).toBe(true);

    const [manifest] = await Promise.all([page.waitForEvent('download'), press(page, 'Download manifest.json')]);
    expect(manifest.suggestedFilename()).toBe('manifest.json');
    const text = await readFile(await manifest.path(), 'utf8');
    expect(text.endsWith('}\n')).toBe(true);
    expect(signedManifest.parse(JSON.parse(text)).manifest.type).toBe('gaib.asset-manifest');
    const [receipt] = await Promise.all([page.waitForEvent('download'), press(page, 'Download receipt.json')]);
    expect(JSON.parse(await readFile(await receipt.path(), 'utf8'))).toMatchObject({ type: 'gaib.onboarding-receipt' });
    await screenshot(page, 'console-finished-light');
  });

  it('shows a failure with its mend, and goes on from there', async () => {
    const unreachable = failure('attestation.no_quorum', {
      subject: 'this manifest',
      expected: '2 of 3 validators',
      found: '1 of 3: two did not answer in 30 s',
    });
    const { page, double } = await enter({ failAt: { step: 'attestation', failure: unreachable } });
    await press(page, 'Start');
    const card = page.getByRole('alert');
    await card.waitFor();
    for (const part of [unreachable.what, '2 of 3 validators', '1 of 3', unreachable.mend, 'attestation.no_quorum'])
      expect(await card.textContent()).toContain(part);
    await page.getByText('Stopped by a failure').first().waitFor();
    await screenshot(page, 'console-failed-light');
    double.mend();
    await press(page, 'Go on');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('stops, says so, and goes on', async () => {
    const { page, double } = await enter({ holdAt: 'benchmark' });
    await press(page, 'Start');
    await page.getByText('Disk reads past the page cache').first().waitFor();
    await press(page, 'Stop');
    await page.getByRole('button', { name: 'Go on', exact: true }).waitFor();
    await screenshot(page, 'console-stopped-light');
    double.release();
    await press(page, 'Go on');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  });

  it('shows a run that goes on while nobody looks, from its first event', async () => {
    const { page, double } = await enter({ holdAt: 'listing' });
    await press(page, 'Start');
    await page.getByText('Offering the deed to the pool').first().waitFor();
    await page.reload();
    await page.getByText('Offering the deed to the pool').first().waitFor();
    expect(await page.locator('li:has(h3)').filter({ hasText: 'done' }).count()).toBe(7);
    double.release();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  });

  it('labels practice on the screen', async () => {
    const { page } = await enter({ practice: true, earlier: true }, { width: 390, height: 844 });
    await page.getByText('A practice run: this receipt stands for a recording').waitFor();
    expect(await page.locator('header').getByText('Practice: recorded machine').isVisible()).toBe(true);
  });

  it('is walked by keyboard alone', async () => {
    const { page } = await enter();
    await page.reload();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Start');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  });

  it.each([
    ['dark', 1280, 800],
    ['light', 390, 844],
    ['dark', 390, 844],
  ] as const)('fits in %s at %i × %i without sideways scrolling', async (colorScheme, width, height) => {
    const { page, double } = await enter({ holdAt: 'attestation', earlier: true }, { colorScheme, width, height });
    const size = width === 390 ? `390-${colorScheme}` : colorScheme;
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    expect(await fits()).toBe(true);
    await screenshot(page, `console-finished-${size}`);
    await press(page, 'Start a new run');
    await page.getByText('Validator 2 of 3 has signed').first().waitFor();
    expect(await fits()).toBe(true);
    await screenshot(page, `console-running-${size}`);
    double.release();
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
  });
});
