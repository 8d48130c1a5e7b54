/**
 * A real Chromium from npm, driven by playwright-core: needs no display, no GPU and no installed browser. Where the
 * system lacks NSS (a bare Debian), the copy that the package brings along is used. Where it cannot start at all, the
 * specs are skipped and say why; GAIB_ONBOARD_ALLOW_SKIP=0 makes that a failure.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const folder = fileURLToPath(new URL('../../.cache/browser', import.meta.url));

/** Not the package's own list: that one turns off the very rules of the web that these specs look at. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

export type Started = { browser: Browser } | { skip: string };

export async function startBrowser(): Promise<Started> {
  try {
    return { browser: await launch() };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    if (process.env.GAIB_ONBOARD_ALLOW_SKIP === '0') throw error;
    return { skip: `Chromium cannot start here: ${why}` };
  }
}

async function launch(): Promise<Browser> {
  const executablePath = await unpack();
  const options = { executablePath, args, headless: true };
  try {
    return await chromium.launch(options);
  } catch (error) {
    const libraries = join(folder, 'al2023', 'lib');
    if (!existsSync(libraries)) await unpackLibraries();
    if (!existsSync(libraries)) throw error;
    const env = { ...process.env, LD_LIBRARY_PATH: libraries } as Record<string, string>;
    return await chromium.launch({ ...options, env });
  }
}

/** Unpacks once for all test processes: whoever makes the folder `lock` unpacks, the others wait for `ready`. */
async function unpack(): Promise<string> {
  const [ready, lock] = [join(folder, 'ready'), join(folder, 'lock')];
  await mkdir(folder, { recursive: true });
  while (!existsSync(ready)) {
    const mine = await mkdir(lock).then(
      () => true,
      () => false,
    );
    if (!mine) {
      await rest(200);
      continue;
    }
    try {
      await inOwnFolder(async () => (await import('@sparticuz/chromium')).default.executablePath());
      await writeFile(ready, '');
    } finally {
      await rm(lock, { recursive: true });
    }
  }
  return join(folder, 'chromium');
}

async function unpackLibraries(): Promise<void> {
  const { inflate } = await import('@sparticuz/chromium');
  const packed = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium/bin/al2023.tar.br', import.meta.url));
  await inOwnFolder(() => inflate(packed));
}

/** The package unpacks into the folder for temporary files; ours keeps two programs from sharing half a browser. */
async function inOwnFolder<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
