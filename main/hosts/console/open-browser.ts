/**
 * Opens the console's link in this machine's browser. The link holds a secret and every user can read the arguments of a
 * program, so the browser is given a file that only this user can read, and which leads on to the link.
 */
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '#adapters/files/write-durably.ts';

/** The program that opens a file as the desktop would; undefined where there is no desktop to open it on. */
export function openerOf(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] | undefined {
  if (environment.SSH_CONNECTION !== undefined || environment.CI !== undefined) return undefined;
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  const hasDisplay = (environment.DISPLAY ?? '') !== '' || (environment.WAYLAND_DISPLAY ?? '') !== '';
  return hasDisplay ? ['xdg-open'] : undefined;
}

export interface OpenedLink {
  /** Whether a program was started that should open it; nothing tells whether it did. */
  opened: boolean;
  forget(): Promise<void>;
}

/** Never throws: a link that cannot be opened is still printed. */
export async function openInBrowser(
  url: string,
  folder: string,
  opener: readonly string[] | undefined,
): Promise<OpenedLink> {
  const file = join(folder, 'console.html');
  const forget = () => rm(file, { force: true }).catch(() => {});
  if (opener === undefined) return { opened: false, forget };
  try {
    await replaceFile(file, leadingTo(url));
    return { opened: await start([...opener, file]), forget };
  } catch {
    return { opened: false, forget };
  }
}

/** Our own link: it has no character that HTML would take for something else. */
function leadingTo(url: string): string {
  return `<!doctype html><meta charset="utf-8"><title>GAIB Onboard</title><meta http-equiv="refresh" content="0;url=${url}">\n`;
}

function start([program = '', ...words]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
