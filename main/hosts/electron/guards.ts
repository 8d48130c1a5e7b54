/**
 * What the window may do: pure decisions, one function each, tried in plain Node. The shell asks them; it decides
 * nothing itself. Addresses are parsed and compared whole, never by their beginning.
 */

/** Where a message comes from. */
export interface Frame {
  url: string;
  isMain: boolean;
}

export const scheme = 'app';
const host = 'gaib-onboard';
export const pageUrl = `${scheme}://${host}/`;

/** Links of this scheme lead into the app; the system hands them over from anywhere, so nothing in them is believed. */
export const linkScheme = 'gaib-onboard';

/**
 * The address in the app that a link leads to: a screen, perhaps with the name of what it shows, or the page as it is.
 * It never starts anything.
 * @example addressOfLink('gaib-onboard://run/3f1c') // 'app://gaib-onboard/#/run/3f1c'
 */
export function addressOfLink(link: string): string | undefined {
  if (link.length > 200 || !URL.canParse(link) || new URL(link).protocol !== `${linkScheme}:`) return undefined;
  const screen = /^gaib-onboard:\/\/([a-z]{1,20}(?:\/[A-Za-z0-9_-]{1,64})?)\/?$/.exec(link)?.[1];
  return screen === undefined ? pageUrl : `${pageUrl}#/${screen}`;
}

/** The link among the words a program was started with, if there is one. */
export function linkAmong(words: readonly string[]): string | undefined {
  return words.find((word) => word.startsWith(`${linkScheme}:`));
}

/** Whether an address is one of our own page's. */
export function isOwnPage(address: string): boolean {
  return ownUrl(address) !== undefined;
}

/** The path of an own address, as the list of the page's files knows it; undefined for every other address. */
export function pagePath(address: string): string | undefined {
  return ownUrl(address)?.pathname;
}

/** The page is one document: nothing but the very same page is ever navigated to. */
export function mayNavigate(address: string): boolean {
  const path = pagePath(address);
  return path === '/' || path === '/index.html';
}

/** The renderer reaches its own files and what it made itself to be saved; no network, no file, no other scheme. */
export function mayRequest(address: string): boolean {
  if (isOwnPage(address)) return true;
  return address.startsWith('blob:') && isOwnPage(address.slice('blob:'.length));
}

/** Writing to the clipboard, for the copy buttons of the own page. Electron grants everything that is not refused. */
export function mayUse(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnPage(address);
}

/** A message counts only from the main frame of our own page. */
export function isTrusted(sender: Frame | undefined): boolean {
  return sender?.isMain === true && isOwnPage(sender.url);
}

/** Each item of Electron's security checklist that is an option of a window. */
export function windowOptions(preload: string) {
  return {
    width: 1280,
    height: 860,
    minWidth: 390,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    title: 'GAIB Onboard',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  } as const;
}

function ownUrl(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isOwn = url.protocol === `${scheme}:` && url.hostname === host;
  return isOwn && url.port === '' && url.username === '' && url.password === '' ? url : undefined;
}
