/**
 * TEST DOUBLE of Electron's session: a context of a real Chromium. Chromium takes no scheme of its own from outside, so
 * `app://gaib-onboard/` is loaded as `https://gaib-onboard.app/`, and each address is turned back before the app's rules
 * see it. Nothing is ever fetched: what the app does not answer itself ends here.
 */
import type { Browser, BrowserContext, Page, Request as PageRequest, Route } from 'playwright-core';

type Handler = (request: Request) => Promise<Response>;
type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (isGranted: boolean) => void,
  details: { requestingUrl: string },
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;
type RequestRule = (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void;

const [inside, outside] = ['app://gaib-onboard/', 'https://gaib-onboard.app/'];
export const toWeb = (address: string) => address.replace(inside, outside);
export const fromWeb = (address: string) => address.replace(outside, inside);

export class DoubleSession {
  readonly #browser: Browser;
  readonly #colorScheme: 'light' | 'dark';
  readonly #handlers = new Map<string, Handler>();
  #schemes: string[] = [];
  #context: BrowserContext | undefined;
  #isOpened = false;
  #request: PermissionRequest | undefined;
  #check: PermissionCheck | undefined;
  #devices: ((details: unknown) => boolean) | undefined;
  #rule: RequestRule = (_details, answer) => answer({ cancel: false });
  /** Addresses that the app's rule refused, and those it let through though nothing answers them. */
  readonly refused: string[] = [];
  readonly strayed: string[] = [];

  readonly webRequest = {
    onBeforeRequest: (rule: RequestRule) => {
      this.#rule = rule;
    },
  };

  constructor(browser: Browser, colorScheme: 'light' | 'dark') {
    this.#browser = browser;
    this.#colorScheme = colorScheme;
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.#request = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#check = handler;
  }
  setDevicePermissionHandler(handler: (details: unknown) => boolean): void {
    this.#devices = handler;
  }

  allow(schemes: string[]): void {
    if (this.#isOpened) throw new Error('schemes are registered before the app is ready');
    this.#schemes = schemes;
  }
  handle(scheme: string, handler: Handler): void {
    if (!this.#isOpened) throw new Error('protocols are handled once the app is ready');
    if (!this.#schemes.includes(scheme)) throw new Error(`${scheme} is no scheme of this app`);
    this.#handlers.set(scheme, handler);
  }

  async open(): Promise<void> {
    this.#isOpened = true;
    this.#context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: this.#colorScheme,
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    });
    // Chromium's own answer for the page is what the app would answer.
    if (this.check('clipboard-sanitized-write', inside))
      await this.#context.grantPermissions(['clipboard-write'], { origin: outside.slice(0, -1) });
  }

  async newPage(): Promise<Page> {
    if (this.#context === undefined) throw new Error('windows are opened once the app is ready');
    return await this.#context.newPage();
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }

  /** What the app answers a page that asks for a permission; Electron grants it where nobody answers. */
  request(permission: string, url: string): boolean {
    let isGranted = this.#request === undefined;
    this.#request?.({}, permission, (answer) => (isGranted = answer), { requestingUrl: url });
    return isGranted;
  }
  check(permission: string, url: string): boolean {
    return this.#check?.({}, permission, url) ?? true;
  }
  device(details: unknown): boolean {
    return this.#devices?.(details) ?? true;
  }

  /** Puts one address to the app's rule for requests. */
  ask(url: string, answer: (verdict: { cancel: boolean }) => void): void {
    this.#rule({ url }, answer);
  }

  /** Answers one request of a page by the app's rule and its protocol handler. */
  async answer(route: Route, request: PageRequest): Promise<void> {
    const url = fromWeb(request.url());
    let isCancelled = false;
    this.ask(url, ({ cancel }) => (isCancelled = cancel));
    if (isCancelled) {
      this.refused.push(url);
      return await route.abort('blockedbyclient');
    }
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) {
      this.strayed.push(url);
      return await route.abort('failed');
    }
    const response = await handler(new Request(url));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }
}
