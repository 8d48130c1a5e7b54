/**
 * TEST DOUBLE of the module `electron`, as much of it as shell and preload use. Its windows are pages of a real Chromium:
 * files come from the app's own protocol handler, every navigation, request, popup and permission is put to the app's
 * rules first, and `ready` comes, as in Electron, only once the app's module has ended. What it cannot show: that the
 * page's world and the preload's are two, the operating system's sandbox, and the fuses.
 */
import { EventEmitter } from 'node:events';
import type { Browser } from 'playwright-core';
import { DoubleSession } from './session-double.ts';
import { forkDouble } from './utility-double.ts';
import { DoubleWindow } from './window-double.ts';

export interface ElectronDouble {
  /** What `import … from 'electron'` gives. */
  module: Record<string, unknown>;
  windows: DoubleWindow[];
  ipcMain: EventEmitter;
  session: DoubleSession;
  app: EventEmitter;
  /** Utility processes started so far, by their entry. */
  forked: string[];
  /** Error boxes shown. */
  boxes: string[];
  /** What the app asked to be the program for. */
  schemes: string[];
  /** Says that the app's module has been evaluated. */
  begin(): void;
  /** Ends as the app does when a person quits it. */
  quit(): Promise<void>;
  /** Resolves with the exit code once the app has ended. */
  ended: Promise<number>;
}

export interface DoubleOptions {
  browser: Browser;
  /** Whether another instance of the app holds the lock. */
  runsAlready?: boolean;
  isPackaged?: boolean;
  colorScheme?: 'light' | 'dark';
}

export function electronDouble({
  browser,
  runsAlready = false,
  isPackaged = true,
  colorScheme,
}: DoubleOptions): ElectronDouble {
  const app = new EventEmitter();
  const ipcMain = new EventEmitter();
  const session = new DoubleSession(browser, colorScheme ?? 'light');
  const windows: DoubleWindow[] = [];
  const [forked, boxes, schemes]: [string[], string[], string[]] = [[], [], []];
  const children = new Set<{ kill(): boolean }>();
  const { promise: evaluated, resolve: begin } = Promise.withResolvers<void>();
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  let isOver = false;

  const ready = evaluated.then(async () => {
    app.emit('session-created', session);
    await session.open();
    app.emit('ready');
  });

  const exit = async (code: number) => {
    if (isOver) return;
    isOver = true;
    for (const child of children) child.kill();
    await session.close();
    end(code);
  };
  const quit = async () => {
    let isPrevented = false;
    app.emit('before-quit', {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    if (!isPrevented) await exit(0);
  };

  class BrowserWindow extends DoubleWindow {
    constructor(options: ConstructorParameters<typeof DoubleWindow>[0]) {
      super(options, { session, ipcMain });
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
      this.on('closed', () => {
        windows.splice(windows.indexOf(this), 1);
        if (windows.length === 0) app.emit('window-all-closed');
      });
    }
  }

  Object.assign(app, {
    isPackaged,
    enableSandbox: () => {},
    requestSingleInstanceLock: () => !runsAlready,
    setAsDefaultProtocolClient: (scheme: string) => schemes.push(scheme) > 0,
    whenReady: () => ready,
    quit: () => void quit(),
    exit: (code: number) => void exit(code),
  });

  return {
    module: {
      app,
      BrowserWindow,
      ipcMain,
      dialog: { showErrorBox: (title: string, text: string) => boxes.push(`${title} ${text}`) },
      protocol: {
        registerSchemesAsPrivileged: (given: { scheme: string }[]) => session.allow(given.map(({ scheme }) => scheme)),
        handle: (scheme: string, handler: (request: Request) => Promise<Response>) => session.handle(scheme, handler),
      },
      utilityProcess: {
        fork(entry: string, args: string[], options: Parameters<typeof forkDouble>[2]) {
          forked.push(entry);
          const child = forkDouble(entry, args, options);
          children.add(child);
          child.on('exit', () => children.delete(child));
          return child;
        },
      },
    },
    windows,
    ipcMain,
    session,
    app,
    forked,
    boxes,
    schemes,
    begin,
    quit: async () => {
      await quit();
      await ended;
    },
    ended,
  };
}
