/** What the desktop app asks of Electron: so little that a test double of it fits on a page. */
import type { Port } from '#api/client/port.ts';
import type { Frame, windowOptions } from './guards.ts';

export interface Rules {
  mayNavigate(address: string): boolean;
  mayRequest(address: string): boolean;
  mayUse(permission: string, address: string): boolean;
  isTrusted(sender: Frame | undefined): boolean;
}

export interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

export interface ShellWindow {
  focus(): void;
  /** Leads the page to an address of its own. */
  go(address: string): void;
}

export interface Shell {
  /** False when the app runs already; the one that runs is then told, with the words of the second. */
  claimSingleInstance(onSecond: (words: readonly string[]) => void): boolean;
  /** Has the system hand links of this scheme to this app; macOS tells each by this listener, others by words. */
  takeLinks(scheme: string, onLink: (link: string) => void): void;
  ready(): Promise<void>;
  /** Puts the rules over every window and every page in it, now and later. */
  guard(rules: Rules): void;
  servePage(answer: (address: string) => Promise<PageAnswer>): void;
  /** Opens a window; `attach` is called with a fresh port for each page it loads, and what it gives is called after. */
  openWindow(
    options: ReturnType<typeof windowOptions>,
    address: string,
    attach: (port: Port) => () => void,
  ): ShellWindow;
  onActivate(listener: () => void): void;
  onAllClosed(listener: () => void): void;
  /** Calls back before the app ends, and lets it end after that. */
  onQuit(listener: () => Promise<void>): void;
  quit(): void;
}
