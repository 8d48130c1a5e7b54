/**
 * Builds dist/ where it is older than its sources, and gives the tests a copy of it: a build that runs beside them
 * does not pull the program away under them.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the copy. */
    program: string;
  }
}

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const shared = ['main', 'native-probes', 'package.json'];
const programs = [...shared, 'preload', 'build/scripts/bundle.ts'];
const pages = [...shared, 'renderer', 'build/vite.renderer.config.ts'];

export function setup(project: TestProject): () => void {
  if (isOlder('gaib-onboard.js', programs)) run('build/scripts/bundle.ts');
  if (isOlder('renderer/index.html', pages))
    run('node_modules/vite/bin/vite.js', 'build', '--config', 'build/vite.renderer.config.ts', '--logLevel', 'warn');
  // Inside the project, so that packages are found from there as they are from dist/.
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const program = mkdtempSync(join(cache, 'program-'));
  cpSync(dist, program, { recursive: true });
  // Some tests start it as another user.
  chmodSync(program, 0o755);
  project.provide('program', program);
  return () => rmSync(program, { recursive: true, force: true });
}

function isOlder(built: string, sources: readonly string[]): boolean {
  const path = join(dist, built);
  return !existsSync(path) || newest(sources) > statSync(path).mtimeMs;
}

function run(...words: string[]): void {
  execFileSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
}

function newest(paths: readonly string[]): number {
  let latest = 0;
  for (const path of paths) {
    const full = join(root, path);
    const files = statSync(full).isFile()
      ? [full]
      : readdirSync(full, { recursive: true }).map((name) => join(full, String(name)));
    for (const file of files) {
      if (!file.endsWith('.test.ts')) latest = Math.max(latest, statSync(file).mtimeMs);
    }
  }
  return latest;
}
