import { describe, expect, test } from 'vitest';
import {
  addressOfLink,
  isOwnPage,
  isTrusted,
  linkAmong,
  mayNavigate,
  mayRequest,
  mayUse,
  pagePath,
  windowOptions,
} from './guards.ts';

/** Addresses that look like our own page's and are not. */
const foreign = [
  'https://example.com/',
  'http://gaib-onboard/',
  'app://gaib-onboard.example.com/',
  'app://gaib-onboard@example.com/',
  'app://example.com/app://gaib-onboard/',
  'app://gaib-onboard:8080/',
  'app://someone@gaib-onboard/',
  'app:gaib-onboard/',
  'application://gaib-onboard/',
  'file:///etc/passwd',
  'file:///app://gaib-onboard/',
  'data:text/html,<p>app://gaib-onboard/',
  'javascript:alert(1)',
  'about:blank',
  'chrome://gpu',
  'devtools://devtools/bundled/inspector.html',
  'gaib-onboard://run/1',
  'ws://gaib-onboard/',
  '//gaib-onboard/',
  '',
];

describe('a page that is not ours', () => {
  test.each(foreign)('%s is not navigated to, asked, believed or given a permission', (address) => {
    expect(isOwnPage(address)).toBe(false);
    expect(pagePath(address)).toBeUndefined();
    expect(mayNavigate(address)).toBe(false);
    expect(mayRequest(address)).toBe(false);
    expect(mayRequest(`blob:${address}`)).toBe(false);
    expect(mayUse('clipboard-sanitized-write', address)).toBe(false);
    expect(isTrusted({ url: address, isMain: true })).toBe(false);
  });
});

describe('our own page', () => {
  const own = 'app://gaib-onboard/';

  test('is one document, with files beside it', () => {
    expect(mayNavigate(own)).toBe(true);
    expect(mayNavigate(`${own}index.html#/run/1`)).toBe(true);
    expect(mayNavigate(`${own}assets/index.js`)).toBe(false);
    expect(mayRequest(`${own}assets/index.js`)).toBe(true);
    expect(mayRequest(`blob:${own}3b0c`)).toBe(true);
    expect(pagePath(`${own}a/../../b.js?x`)).toBe('/b.js');
  });

  test('is believed from its main frame only', () => {
    expect(isTrusted({ url: own, isMain: true })).toBe(true);
    expect(isTrusted({ url: own, isMain: false })).toBe(false);
    expect(isTrusted(undefined)).toBe(false);
  });

  test.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'window-management',
    'hid',
    'serial',
    'usb',
    'display-capture',
    'idle-detection',
    'storage-access',
    'fileSystem',
    'unknown',
  ])('has no use for %s', (permission) => {
    expect(mayUse(permission, own)).toBe(false);
  });

  test('writes to the clipboard', () => {
    expect(mayUse('clipboard-sanitized-write', own)).toBe(true);
  });
});

test('the window follows every item of the checklist that is an option', () => {
  expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    devTools: false,
  });
  expect(windowOptions('/preload.cjs').webPreferences).not.toHaveProperty('enableBlinkFeatures');
});

describe('a link into the app', () => {
  test('leads to a run', () => {
    expect(addressOfLink('gaib-onboard://run/3f1c-A_9')).toBe('app://gaib-onboard/#/run/3f1c-A_9');
  });

  test.each([
    'gaib-onboard://',
    'gaib-onboard://run//',
    'gaib-onboard://run/a/b',
    'gaib-onboard://run/%2e%2e',
    'gaib-onboard:x',
  ])('%s leads to the page as it is', (link) => {
    expect(addressOfLink(link)).toBe('app://gaib-onboard/');
  });

  test.each([
    'https://runs/1',
    'javascript:alert(1)',
    'gaib-onboards://runs/1',
    `gaib-onboard://run/${'x'.repeat(200)}`,
    '',
  ])('%s leads nowhere', (link) => {
    expect(addressOfLink(link)).toBeUndefined();
  });

  test('is found among the words of a start', () => {
    expect(linkAmong(['/opt/app', '--no-sandbox', 'gaib-onboard://run/1'])).toBe('gaib-onboard://run/1');
    expect(linkAmong(['/opt/gaib-onboard', '.'])).toBeUndefined();
  });
});
