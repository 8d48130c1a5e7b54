import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openerOf, openInBrowser } from './open-browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const url = 'http://127.0.0.1:4711/#t=secret-of-the-link';

test.each([
  ['a desktop', 'linux', { DISPLAY: ':0' }, ['xdg-open']],
  ['Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open']],
  ['no display', 'linux', {}, undefined],
  ['an empty display', 'linux', { DISPLAY: '' }, undefined],
  ['a display over SSH', 'linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '1 2 3 4' }, undefined],
  ['a Mac', 'darwin', {}, ['open']],
  ['Windows', 'win32', {}, ['rundll32', 'url.dll,FileProtocolHandler']],
] as const)('on %s', (_, platform, environment, opener) => {
  expect(openerOf(platform, environment)).toEqual(opener);
});

test('the browser is told of a file that leads to the link, never of the link', async () => {
  const told = join(folder, 'told');
  const browser = join(folder, 'browser');
  writeFileSync(browser, `#!/bin/sh\ncp "$1" "${told}.copy"\necho "$@" > "${told}"\n`);
  chmodSync(browser, 0o755);
  const { opened, forget } = await openInBrowser(url, folder, [browser]);
  expect(opened).toBe(true);
  const file = join(folder, 'console.html');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await expect.poll(() => existsSync(told) && readFileSync(told, 'utf8')).toBe(`${file}\n`);
  expect(readFileSync(`${told}.copy`, 'utf8')).toContain(`url=${url}"`);
  await forget();
  expect(existsSync(file)).toBe(false);
});

test('without a browser nothing is opened and nothing thrown', async () => {
  expect((await openInBrowser(url, folder, undefined)).opened).toBe(false);
  expect((await openInBrowser(url, folder, [join(folder, 'nowhere')])).opened).toBe(false);
  expect((await openInBrowser(url, join(folder, 'told', 'no-folder'), ['true'])).opened).toBe(false);
});
