/**
 * Starts the built desktop app: over the double of Electron wherever Chromium starts, and on Electron's own program
 * wherever it is installed. A spec that looks at the page only is the same for both.
 */
import { copyFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { installedElectron } from '../../../main/hosts/electron/start.ts';
import { type DoubleOptions, type ElectronDouble, electronDouble } from './electron-double.ts';

export interface RunningApp {
  page: Page;
  /** Console errors and page errors. */
  troubles: string[];
  /** How many windows the app has. */
  windows(): number;
  close(): Promise<void>;
}

export interface LaunchOptions {
  home: string;
  /** Words after the program's own. */
  words?: string[];
}

/** Path of Electron's own program, if it is installed. */
export const electronProgram: string | undefined = installedElectron()?.program;

const doubles = new Map<string, ElectronDouble>();
registerHooks({
  resolve(specifier, context, next) {
    const launch = /shell-\d+\.js$/.exec(context.parentURL ?? '')?.[0];
    if (specifier !== 'electron' || launch === undefined) return next(specifier, context);
    const names = Object.keys(doubles.get(launch)?.module ?? {});
    const text = `const double = globalThis[Symbol.for('electron double')].get('${launch}').module;
      ${names.map((name) => `export const ${name} = double.${name};`).join('\n')}`;
    return { url: `data:text/javascript,${encodeURIComponent(text)}`, format: 'module', shortCircuit: true };
  },
});
(globalThis as Record<symbol, unknown>)[Symbol.for('electron double')] = doubles;

let launches = 0;

/** Evaluates a copy of the app's bundle over a fresh double; the app then goes on by itself. */
export function startOverDouble(options: DoubleOptions & LaunchOptions): ElectronDouble {
  const launch = `shell-${launches++}.js`;
  const double = electronDouble(options);
  doubles.set(launch, double);
  const before = { argv: process.argv, home: process.env.GAIB_ONBOARD_HOME };
  process.argv = ['/opt/gaib-onboard', ...(options.words ?? [])];
  process.env.GAIB_ONBOARD_HOME = options.home;
  // The app reads both as it goes, so they stay until it has ended.
  void double.ended.then(() => {
    process.argv = before.argv;
    if (before.home === undefined) delete process.env.GAIB_ONBOARD_HOME;
    else process.env.GAIB_ONBOARD_HOME = before.home;
  });
  const folder = join(inject('program'), 'electron');
  copyFileSync(join(folder, 'shell.js'), join(folder, launch));
  // A bundle that waits at its top level is refused here; Electron would wait for it for ever.
  createRequire(import.meta.url)(join(folder, launch));
  double.begin();
  return double;
}

export async function launchOverDouble(
  options: DoubleOptions & LaunchOptions,
): Promise<RunningApp & { double: ElectronDouble }> {
  const double = startOverDouble(options);
  const page = await windowOf(double);
  return { page, double, troubles: troublesOf(page), windows: () => double.windows.length, close: () => double.quit() };
}

/** The page of the app's first window. */
async function windowOf(double: ElectronDouble): Promise<Page> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const page = double.windows[0]?.webContents.page;
    if (page !== undefined) return page;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the app opened no window within 20 s; it said: ${double.boxes.join(' ')}`);
}

/** On Electron's own program. The page's world is then apart from the preload's, and the system's sandbox is on. */
export async function launchOnElectron(options: LaunchOptions): Promise<RunningApp> {
  const shell = join(inject('program'), 'electron', 'shell.js');
  const app = await _electron.launch({
    executablePath: electronProgram ?? '',
    args: [shell, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(options.words ?? [])],
    env: { ...process.env, GAIB_ONBOARD_HOME: options.home } as Record<string, string>,
  });
  const page = await app.firstWindow();
  return { page, troubles: troublesOf(page), windows: () => app.windows().length, close: () => app.close() };
}

function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`page: ${error.message}`));
  return troubles;
}
