/** The only importer of Electron in `main/`: puts {@link Shell} on it and starts the app. It decides nothing itself. */
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  protocol,
  type Session,
  utilityProcess,
  type WebContents,
} from 'electron';
import { entriesBeside } from '#composition/entries.ts';
import { homeAt } from '#composition/home.ts';
import { openProgram } from '#composition/program.ts';
import { failureOf } from '#domain/failures/failure.ts';
import { startApp } from './app.ts';
import { scheme } from './guards.ts';
import type { Rules, Shell } from './shell-port.ts';
import { utilityStarter } from './utility-child.ts';

/** The preload script posts and listens on these two and on nothing else. */
const channels = { call: 'gaib:call', answer: 'gaib:answer' } as const;

let rules: Rules | undefined;

const shell: Shell = {
  claimSingleInstance: (onSecond) => {
    app.on('second-instance', (_event, words) => onSecond(words));
    return app.requestSingleInstanceLock();
  },
  takeLinks: (links, onLink) => {
    // From a checkout the program is Electron itself, and the system would hand it links for good.
    if (app.isPackaged) app.setAsDefaultProtocolClient(links);
    app.on('open-url', (event, link) => {
      event.preventDefault();
      onLink(link);
    });
  },
  ready: () => app.whenReady(),
  guard: (given) => {
    rules = given;
    app.on('web-contents-created', (_event, contents) => guardContents(contents, given));
    app.on('session-created', (created) => guardSession(created, given));
  },
  servePage: (answer) => {
    protocol.handle(scheme, async (request) => {
      const { status, headers, body } = await answer(request.url);
      return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
    });
  },
  openWindow: (options, address, attach) => {
    const window = new BrowserWindow(options);
    const contents = window.webContents;
    const listeners = new Set<(text: string) => void>();
    const hear = (event: Electron.IpcMainEvent, text: unknown) => {
      const frame = event.senderFrame;
      const sender = frame ? { url: frame.url, isMain: frame === contents.mainFrame } : undefined;
      if (event.sender !== contents || !rules?.isTrusted(sender) || typeof text !== 'string') return;
      for (const onText of listeners) onText(text);
    };
    let leave = () => {};
    const enter = () => {
      leave();
      leave = attach({
        post: (text) => {
          if (!contents.isDestroyed()) contents.send(channels.answer, text);
        },
        listen: (onText) => {
          listeners.add(onText);
          return () => listeners.delete(onText);
        },
      });
    };
    ipcMain.on(channels.call, hear);
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) enter();
    });
    window.once('ready-to-show', () => window.show());
    window.once('closed', () => {
      leave();
      ipcMain.off(channels.call, hear);
    });
    void window.loadURL(address);
    return {
      focus: () => {
        if (window.isMinimized()) window.restore();
        window.focus();
      },
      go: (to) => void window.loadURL(to),
    };
  },
  onActivate: (listener) => void app.on('activate', listener),
  onAllClosed: (listener) => void app.on('window-all-closed', listener),
  onQuit: (listener) => {
    let closed = false;
    app.on('before-quit', (event) => {
      if (closed) return;
      event.preventDefault();
      void listener().finally(() => {
        closed = true;
        app.quit();
      });
    });
  },
  quit: () => app.quit(),
};

function guardContents(contents: WebContents, { mayNavigate }: Rules): void {
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function guardSession(of: Session, { mayRequest, mayUse }: Rules): void {
  of.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl)),
  );
  of.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  of.setDevicePermissionHandler(() => false);
  of.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url) }));
}

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Not awaited: Electron is ready only once this module has ended.
void startApp({
  shell,
  rendererFolder: at('../renderer'),
  preload: at('../preload/index.cjs'),
  words: process.argv.slice(1),
  openProgram: () =>
    openProgram({
      home: homeAt(undefined, process.env),
      entries: entriesBeside(
        new URL('../gaib-onboard.js', import.meta.url).href,
        utilityStarter((entry, args, options) => utilityProcess.fork(entry, args, options)),
      ),
      environment: process.env,
      passphrase: {},
      profile: 'standard',
    }),
}).catch((error: unknown) => {
  const { what, mend } = failureOf(error);
  console.error(`${what} ${mend}`);
  dialog.showErrorBox(what, mend);
  app.exit(1);
});
