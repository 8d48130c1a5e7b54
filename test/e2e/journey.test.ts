/**
 * The owner's whole way in a real browser, from first start to the first claimed earnings, over the real console, the
 * real program and the embedded chain: nothing behind the page is mocked. The machine is a recorded one, so that the way
 * is the same everywhere. Every screen on it is held against WCAG 2.2 AA by axe.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { entriesBeside } from '#composition/entries.ts';
import { homeAt } from '#composition/home.ts';
import { openProgram, type Program } from '#composition/program.ts';
import { type Console, serveConsole } from '../../main/hosts/console/serve-console.ts';
import { recording, scratch } from '../acceptance/command-line.ts';
import { startBrowser } from './browser.ts';
import { buildPage } from './built-page.ts';
import { screenshot, type Visit, visit } from './visit.ts';

const started = await startBrowser();
const browser = 'browser' in started ? started.browser : (undefined as unknown as Browser);
if ('skip' in started) console.warn(`test/e2e/journey: skipped. ${started.skip}`);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const place = scratch();
const passphrase = 'a passphrase of a test';

describe.skipIf('skip' in started)('an owner, from first start to first earnings', { timeout: 180_000 }, () => {
  let program: Program;
  let served: Console;
  let visited: Visit;
  let page: Page;
  let actions = 0;
  let actionsToDeed = 0;
  const startedAt = Date.now();

  beforeAll(async () => {
    program = openProgram({
      home: homeAt(place.at('home'), {}),
      entries: entriesBeside(pathToFileURL(join(inject('program'), 'gaib-onboard.js')).href),
      environment: {},
      passphrase: {},
      practice: { path: recording },
      profile: 'quick',
    });
    served = await serveConsole({ context: program.context, rendererFolder: await buildPage('journey'), port: 0 });
    visited = await visit(browser, served.url);
    page = visited.page;
  }, 120_000);
  afterEach(() => expect(visited.troubles).toEqual([]));
  afterAll(async () => {
    await visited?.close();
    await browser.close();
    await served?.close();
    await program?.close();
    place.remove();
  });

  /** A click of the owner, counted. */
  async function press(name: string): Promise<void> {
    actions += 1;
    await page.getByRole('button', { name, exact: true }).first().click();
  }
  async function go(name: string): Promise<void> {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  async function asked(intent: string): Promise<void> {
    await page.getByRole('heading', { name: intent }).waitFor({ timeout: 60_000 });
  }
  /** No violation of WCAG 2.2 A and AA on what is shown now. */
  async function accessible(): Promise<void> {
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        globalThis as unknown as {
          axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    });
    expect(found).toEqual([]);
  }
  const seen = async (name: string) => {
    await accessible();
    await screenshot(page, `journey-${name}`);
  };

  test('makes a key, and is told that its backup was not checked', async () => {
    await page.getByRole('heading', { name: 'Create a key' }).waitFor();
    await seen('start');
    await page.getByLabel('Passphrase', { exact: true }).first().fill('too short');
    await press('Create key');
    await page.getByText('Too short: at least 12 characters.').waitFor();
    await page.getByLabel('Passphrase', { exact: true }).first().fill(passphrase);
    await page.getByLabel('The passphrase again').fill(passphrase);
    actions = 0;
    await press('Create key');
    await page.getByText('The backup was not checked yet.').waitFor();
    await seen('key');
  });

  test('saves the backup, opens it again, and only then it counts', async () => {
    const [saved] = await Promise.all([page.waitForEvent('download'), press('Save the backup')]);
    expect(saved.suggestedFilename()).toMatch(/^gaib-onboard-owner-[0-9a-f]{8}\.json$/);
    await page.getByLabel('Keystore file').setInputFiles(await saved.path());
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
    await press('Check the backup');
    await page.getByText('The backup opens and holds this key.').waitFor();
  });

  test('sees what was found before anything is signed', async () => {
    actions += 1;
    await page.getByRole('link', { name: 'Onboard this machine' }).click();
    await press('Start');
    await asked('Sign the manifest of this asset');
    await go('Machines');
    expect(await page.getByRole('heading', { name: 'NVIDIA H100 80GB HBM3', exact: true }).count()).toBe(8);
    await seen('machines');
    await go('Benchmark');
    await seen('benchmark');
    await go('Manifest');
    await seen('manifest-asked');
  });

  test('signs the manifest, and has it attested by a quorum', async () => {
    await press('Sign');
    await page.getByRole('heading', { name: 'Signatures' }).waitFor();
    await seen('manifest');
    await go('Attestation');
    await asked('Put the validators');
    await seen('attestation-asked');
    await press('Sign and send');
    await asked('Put the attested number of capacity units on chain');
    await press('Sign and send');
    await page.getByText(/99\.99.% of the stake signed/).waitFor({ timeout: 30_000 });
    await seen('attestation');
  });

  test('mints the deed within ten actions and three minutes, and its capacity', async () => {
    await go('Tokenize');
    await asked('Register the asset and mint its deed');
    await seen('tokenize-asked');
    await press('Sign and send');
    await page.getByText('Deed · ERC-721').waitFor();
    actionsToDeed = actions;
    expect(actionsToDeed).toBeLessThanOrEqual(10);
    expect(Date.now() - startedAt).toBeLessThan(180_000);
    await asked('Create the token of a capacity class');
    await press('Sign and send');
    await asked('Lock the deed and mint its capacity');
    await press('Sign and send');
    await page.getByText('Capacity · ERC-20').waitFor();
    await seen('tokenize');
  });

  test('lists it into a pool, whose calculator sums to what is paid in, and gets the advance', async () => {
    await go('List');
    await asked('Pledge the deed and offer it to a pool');
    await page.getByRole('heading', { name: 'What a listing would pay' }).waitFor();
    await seen('list-asked');
    await press('Sign and send');
    await page.getByText('funded', { exact: true }).waitFor();
    await seen('list');
  });

  test('claims the first earnings, and sees why they come', async () => {
    await go('Earnings');
    await asked('Claim what the deal holds for you');
    await press('Sign and send');
    await page.getByText('Paid up to epoch').waitFor({ timeout: 30_000 });
    // A few seconds of interest are due before the owner's part.
    await page.locator('div', { hasText: /^Claimed by you761\.\d+ AID$/ }).waitFor();
    expect(await page.locator('li').filter({ hasText: 'broken' }).count()).toBe(0);
    await seen('earnings');
    const [csv] = await Promise.all([page.waitForEvent('download'), press('Save as CSV')]);
    const text = readFileSync(await csv.path(), 'utf8');
    expect(text.split('\r\n')[0]).toBe('date,epoch,kind,leg,amount,currency,deed,asset,transaction');
    expect(text).toMatch(/payment,owner,761\.\d{18},AID/);
  });

  test('finds every run and transaction again, settles on a language of colours, and reads what goes out for help', async () => {
    await go('Activity');
    await page.getByText('Finished').first().waitFor();
    await seen('activity');
    await go('Settings');
    await seen('settings');
    await go('Diagnostics');
    await page.locator('pre').waitFor();
    await seen('diagnostics');
    await go('Onboard');
    await page.getByRole('heading', { name: 'Receipt' }).waitFor();
    await seen('receipt');
  });

  test('finds all of it as accessible in the dark, and without sideways scrolling on a telephone', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    for (const name of [
      'Start',
      'Onboard',
      'Machines',
      'Manifest',
      'Attestation',
      'Tokenize',
      'List',
      'Earnings',
      'Activity',
      'Settings',
    ]) {
      await go(name);
      await page.waitForTimeout(300);
      await accessible();
    }
    await screenshot(page, 'journey-dark');
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of [
      '/',
      '/run',
      '/machines',
      '/benchmark',
      '/manifest',
      '/attestation',
      '/tokenize',
      '/list',
      '/earnings',
      '/activity',
      '/settings',
    ]) {
      await page.evaluate((to) => {
        window.location.hash = to;
      }, path);
      await page.waitForTimeout(300);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        path,
      ).toBeLessThanOrEqual(0);
      await accessible();
    }
    await screenshot(page, 'journey-390');
  });

  test('reads all of it in French, where the owner chooses it', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    await go('Settings');
    await page.getByLabel('Language').selectOption('fr');
    await page.getByRole('heading', { name: 'Réglages' }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
    for (const name of [
      'Départ',
      'Machines',
      'Mesures',
      'Manifeste',
      'Attestation',
      'Tokenisation',
      'Mise en pool',
      'Revenus',
    ]) {
      await go(name);
      await page.waitForTimeout(300);
      await accessible();
    }
    await screenshot(page, 'journey-french');
  });
});
