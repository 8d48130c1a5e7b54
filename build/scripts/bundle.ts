/**
 * Bundles what runs on Node into dist/: the command line in chunks that load when they are needed, and the two worker
 * entries beside it. Native packages stay outside; see docs/adr/0003-bundle.md.
 */
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const outdir = `${root}dist`;

/**
 * Found at run time: binaries of their own, or loaded only inside Electron. A library below node-opcua-client asks for
 * proper-lockfile, which is nowhere installed, and goes on without.
 */
const external = ['koffi', 'electron', '@foundry-rs/anvil', 'proper-lockfile'];

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  outdir,
  external,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Packages in CommonJS ask for `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
} as const;

rmSync(`${outdir}/chunks`, { recursive: true, force: true });
await build({
  ...shared,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  entryPoints: {
    'gaib-onboard': 'main/hosts/cli/gaib-onboard.ts',
    'probe-worker': 'native-probes/worker.ts',
    'benchmark-worker': 'main/adapters/bench/worker.ts',
  },
});

if (existsSync(`${root}main/hosts/electron/shell.ts`)) {
  await build({ ...shared, format: 'esm', entryPoints: { 'electron/shell': 'main/hosts/electron/shell.ts' } });
  await build({
    ...shared,
    format: 'cjs',
    banner: {},
    entryPoints: { 'preload/index': 'preload/index.ts' },
    outExtension: { '.js': '.cjs' },
  });
}
