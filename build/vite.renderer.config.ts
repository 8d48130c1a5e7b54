/** Builds the page into dist/renderer: plain files of its own origin, nothing inline, as its content policy asks. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Under a test NODE_ENV says so, and React would be built for developers, with the paths of its sources in it.
process.env.NODE_ENV = 'production';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: at('../renderer'),
  base: '/',
  plugins: [react()],
  cacheDir: at('../.cache/vite'),
  build: {
    outDir: at('../dist/renderer'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: {
      output: {
        // Zod looks whether it may make functions as soon as a schema is made: the file that forbids it goes with it.
        codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|renderer\/app\/no-eval/ }] },
      },
    },
  },
});
