/** The page: how much script the first screen needs, and when its first useful paint comes over the real console. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { scriptedDouble } from '#api/scripted-double.ts';
import { serveConsole } from '../../main/hosts/console/serve-console.ts';
import { startBrowser } from '../../test/e2e/browser.ts';
import type { Bench } from './bench.ts';

const folder = fileURLToPath(new URL('../../dist/renderer/', import.meta.url));
const runs = 7;
const kilobyte = 1000;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const gzipped = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length;

export const bench: Bench = {
  what: 'the page: script of the first screen, first useful paint over the console',
  async run() {
    if (!existsSync(`${folder}index.html`)) throw new Error('The page is not built: npm run prepare');
    const started = await startBrowser();
    if ('skip' in started) throw new Error(started.skip);
    const loaded = new Set<string>();
    const paints: number[] = [];
    try {
      for (let run = 0; run < runs; run++) {
        const served = await serveConsole({ context: scriptedDouble().context, rendererFolder: folder, port: 0 });
        const context = await started.browser.newContext({ viewport: { width: 1280, height: 800 } });
        const page = await context.newPage();
        page.on('request', (request) => {
          if (request.resourceType() === 'script') loaded.add(new URL(request.url()).pathname);
        });
        const before = performance.now();
        await page.goto(served.url);
        // Useful: the owner can read what will happen and begin.
        await page.getByRole('heading', { name: 'Create a key' }).waitFor();
        paints.push(performance.now() - before);
        await context.close();
        await served.close();
      }
    } finally {
      await started.browser.close();
    }
    const first = [...loaded].reduce((sum, path) => sum + gzipped(`${folder}${path.slice(1)}`), 0);
    const all = readdirSync(`${folder}assets`)
      .filter((name) => name.endsWith('.js'))
      .reduce((sum, name) => sum + gzipped(`${folder}assets/${name}`), 0);
    return {
      figures: {
        firstScreenScriptKB: first / kilobyte,
        allScriptKB: all / kilobyte,
        budgetKB: 300,
        firstUsefulPaintMs: median(paints),
        mostMs: Math.max(...paints),
        runs,
      },
      notes: ['Script is gzipped at level 9, as a console or a proxy would send it at best; kB are 1000 bytes.'],
    };
  },
};
