/**
 * `npm start`: opens the app where Electron's binary is there, else says so in one sentence and opens the same screens
 * in the browser. It never fetches the binary: Electron's own package does that when it is loaded, so it is not loaded.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Launch = { program: string; arguments: string[]; sentence?: string };

export interface FoundElectron {
  program: string;
  distribution: string;
}

export interface Installed {
  /** Folder of the package electron; undefined where it is not installed. */
  electron: string | undefined;
  /** Replaces the folder of the binary, as Electron's own start script has it. */
  override: string | undefined;
  shell: string;
  commandLine: string;
  node: string;
}

export const noElectron =
  "Electron's program is not installed here (npx install-electron fetches it), so the same screens open in the browser:";

/** What to start, decided from what is on the disk alone. */
export function planLaunch(installed: Installed, given: readonly string[]): Launch {
  const found = electronIn(installed);
  if (found) return { program: found.program, arguments: [installed.shell, ...given] };
  return {
    program: installed.node,
    arguments: [installed.commandLine, 'console', '--open', ...given],
    sentence: noElectron,
  };
}

/** Electron's program and the folder of its whole distribution, if it lies where its package says. */
function electronIn({ electron, override }: Pick<Installed, 'electron' | 'override'>): FoundElectron | undefined {
  if (electron === undefined && override === undefined) return undefined;
  const named = join(electron ?? '', 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron';
  const distribution = override ?? join(electron ?? '', 'dist');
  const program = join(distribution, name);
  return existsSync(program) ? { program, distribution } : undefined;
}

/** Electron's own program where it is installed. */
export function installedElectron(): FoundElectron | undefined {
  return electronIn({ electron: electronFolder(), override: process.env.ELECTRON_OVERRIDE_DIST_PATH });
}

function electronFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const launch = planLaunch(
    {
      electron: electronFolder(),
      override: process.env.ELECTRON_OVERRIDE_DIST_PATH,
      shell: join(root, 'dist', 'electron', 'shell.js'),
      commandLine: join(root, 'dist', 'gaib-onboard.js'),
      node: process.execPath,
    },
    process.argv.slice(2),
  );
  if (launch.sentence) console.error(launch.sentence);
  const child = spawn(launch.program, launch.arguments, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
