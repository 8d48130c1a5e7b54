/** Builds the page for the specs, apart from dist/, so that they look at the sources as they are. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The folder of the built page. */
export async function buildPage(name: string): Promise<string> {
  const outDir = at(`../../.cache/e2e-page-${name}`);
  // The runner of the specs says `test` here, and React would be built for development.
  process.env.NODE_ENV = 'production';
  await build({ configFile: at('../../build/vite.renderer.config.ts'), logLevel: 'error', build: { outDir } });
  return outDir;
}
