/**
 * The desktop app over a {@link Shell}: one instance, one window with the page from `app://`, the API over its port.
 * Everything that can be decided without Electron is decided here and in `guards.ts`.
 */
import type { ApiContext } from '#api/context.ts';
import { ipcTransport } from '#api/transports/ipc.ts';
import { failureOf } from '#domain/failures/failure.ts';
import { listPageFiles, type PageFiles, pageFile } from '../page/files.ts';
import { pageHeaders } from '../page/headers.ts';
import {
  addressOfLink,
  isTrusted,
  linkAmong,
  linkScheme,
  mayNavigate,
  mayRequest,
  mayUse,
  pagePath,
  pageUrl,
  windowOptions,
} from './guards.ts';
import type { PageAnswer, Shell, ShellWindow } from './shell-port.ts';

export interface AppOptions {
  shell: Shell;
  rendererFolder: string;
  /** Path of the built preload script. */
  preload: string;
  /** The words the app was started with. */
  words: readonly string[];
  /** Opens the program behind the window; called once, by the one instance. */
  openProgram(): { context: ApiContext; close(): Promise<void> };
}

export async function startApp({ shell, rendererFolder, preload, words, openProgram }: AppOptions): Promise<void> {
  let window: ShellWindow | undefined;
  const first = linkAmong(words);
  let asked = first === undefined ? undefined : addressOfLink(first);
  const follow = (link: string | undefined) => {
    const address = link === undefined ? undefined : addressOfLink(link);
    if (window === undefined) asked = address ?? asked;
    else if (address !== undefined && address !== pageUrl) window.go(address);
    window?.focus();
  };
  if (!shell.claimSingleInstance((second) => follow(linkAmong(second)))) return shell.quit();
  shell.takeLinks(linkScheme, follow);
  shell.guard({ mayNavigate, mayRequest, mayUse, isTrusted });
  const files = await listPageFiles(rendererFolder);
  const program = openProgram();
  shell.onQuit(() => program.close());
  await shell.ready();
  shell.servePage((address) => answerPage(files, address));
  const open = () => {
    const address = asked ?? pageUrl;
    window = shell.openWindow(windowOptions(preload), address, (port) => ipcTransport(program.context, port));
    asked = undefined;
  };
  open();
  shell.onActivate(() => {
    if (window) window.focus();
    else open();
  });
  shell.onAllClosed(() => {
    window = undefined;
    shell.quit();
  });
}

/** The answer to one request of the page for a file of its own. */
export async function answerPage(files: PageFiles, address: string): Promise<PageAnswer> {
  const headers = pageHeaders("'none'");
  const path = pagePath(address);
  const file = path === undefined ? undefined : pageFile(files, path);
  if (!file) return { status: 404, headers, body: '' };
  try {
    return { status: 200, headers: { ...headers, 'content-type': file.contentType }, body: await file.read() };
  } catch (error) {
    return {
      status: 500,
      headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' },
      body: failureOf(error).what,
    };
  }
}
