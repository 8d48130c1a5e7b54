/** TEST DOUBLE of Electron's window and its contents: one page of a real Chromium, with the preload run before its own scripts. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { type DoubleSession, fromWeb, toWeb } from './session-double.ts';

interface WindowOptions {
  webPreferences: { preload: string; sandbox: boolean; contextIsolation: boolean; nodeIntegration: boolean };
}

/** Preventable, as Electron's events are. */
class Happening {
  isPrevented = false;
  readonly url: string;
  readonly isMainFrame: boolean;
  constructor(url: string, isMainFrame: boolean) {
    this.url = url;
    this.isMainFrame = isMainFrame;
  }
  preventDefault(): void {
    this.isPrevented = true;
  }
}

export class DoubleContents extends EventEmitter {
  /** Set once the page is there. */
  page: Page | undefined;
  mainFrame = { url: '' };
  readonly popups: string[] = [];
  #openHandler: (details: { url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' });
  #sending: Promise<unknown> = Promise.resolve();

  setWindowOpenHandler(handler: (details: { url: string }) => { action: 'allow' | 'deny' }): void {
    this.#openHandler = handler;
  }
  isDestroyed(): boolean {
    return this.page?.isClosed() ?? false;
  }
  /** In the order of the calls; what comes while the page is leaving is lost, as in Electron. */
  send(channel: string, ...values: unknown[]): void {
    this.#sending = this.#sending
      .then(() => this.page?.evaluate(deliver, [channel, values] as const))
      .catch(() => undefined);
  }
  /** What the app says to a window that the page would open. */
  asked(url: string): 'allow' | 'deny' {
    return this.#openHandler({ url }).action;
  }
  async popup(opened: Page): Promise<void> {
    const url = fromWeb(opened.url());
    this.popups.push(url);
    if (this.asked(url) === 'deny') await opened.close();
  }
}

export class DoubleWindow extends EventEmitter {
  readonly webContents = new DoubleContents();
  readonly options: WindowOptions;
  focused = 0;
  isShown = false;
  readonly #with: { session: DoubleSession; ipcMain: EventEmitter };
  #asked: string | undefined;

  constructor(options: WindowOptions, surroundings: { session: DoubleSession; ipcMain: EventEmitter }) {
    super();
    this.options = options;
    this.#with = surroundings;
  }

  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.focused += 1;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}

  async loadURL(address: string): Promise<void> {
    const { webContents } = this;
    webContents.page ??= await this.#open();
    this.#asked = address.split('#')[0];
    await webContents.page.goto(toWeb(address)).catch(() => undefined);
    this.emit('ready-to-show');
  }

  async close(): Promise<void> {
    await this.webContents.page?.close();
  }

  async #open(): Promise<Page> {
    const { session, ipcMain } = this.#with;
    const { webContents } = this;
    const page = await session.newPage();
    await page.exposeBinding('doubleIpc', ({ frame }, channel: string, values: unknown[]) => {
      webContents.mainFrame.url = fromWeb(page.mainFrame().url());
      const senderFrame = frame === page.mainFrame() ? webContents.mainFrame : { url: fromWeb(frame.url()) };
      ipcMain.emit(channel, { sender: webContents, senderFrame }, ...values);
    });
    const preload = readFileSync(this.options.webPreferences.preload, 'utf8');
    await page.addInitScript(`(${preloadWorld})(function (require, module, exports) {\n${preload}\n})`);
    await page.route('**/*', async (route, request) => {
      if (request.isNavigationRequest() && !this.#mayGo(fromWeb(request.url()), request.frame()))
        return await route.abort('aborted');
      await session.answer(route, request);
    });
    page.on('popup', (opened) => void webContents.popup(opened));
    page.on('close', () => this.emit('closed'));
    return page;
  }

  /** Puts a navigation to the app's listeners, unless the app itself asked for it. */
  #mayGo(url: string, frame: Frame): boolean {
    const { webContents } = this;
    const isMainFrame = frame === webContents.page?.mainFrame();
    const isOwn = isMainFrame && url === this.#asked;
    this.#asked = undefined;
    if (!isOwn) {
      const happening = new Happening(url, isMainFrame);
      if (isMainFrame) webContents.emit('will-navigate', happening);
      webContents.emit('will-frame-navigate', happening);
      if (happening.isPrevented) return false;
    }
    webContents.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false });
    return true;
  }
}

/** Runs in the page: gives a channel's values to the preload's listeners. */
function deliver([channel, values]: readonly [string, unknown[]]): void {
  const listeners = (window as never as Record<symbol, Map<string, Set<(...all: unknown[]) => void>>>)[
    Symbol.for('preload listeners')
  ];
  for (const listener of listeners?.get(channel) ?? []) listener({}, ...values);
}

/** Runs in the page before its own scripts, in the main frame only: the preload with the two modules it may import. */
const preloadWorld = `(preload) => {
  if (window !== window.top || location.href === 'about:blank') return;
  const send = window.doubleIpc;
  delete window.doubleIpc;
  const listeners = new Map();
  Object.defineProperty(window, Symbol.for('preload listeners'), { value: listeners });
  const of = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: Object.freeze(value), enumerable: true }),
    },
    ipcRenderer: {
      send: (channel, ...values) => void send(channel, values),
      on: (channel, listener) => void of(channel).add(listener),
      removeListener: (channel, listener) => void of(channel).delete(listener),
    },
  };
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload cannot load ' + name);
    return electron;
  };
  preload(require, { exports: {} }, {});
}`;
