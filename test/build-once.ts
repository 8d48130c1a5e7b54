/**
 * Builds dist/ where it is older than its sources, and gives the tests a copy of it: a build that runs beside them
 * does not pull the program away under them.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
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
const sources = ['main', 'native-probes', 'preload', 'package.json', 'build/scripts/bundle.ts'];

export function setup(project: TestProject): () => void {
  const built = join(dist, 'gaib-onboard.js');
  if (!existsSync(built) || newest(sources) > statSync(built).mtimeMs) {
    execFileSync(process.execPath, [join(root, 'build/scripts/bundle.ts')], { stdio: 'inherit' });
  }
  // Inside the project, so that packages are found from there as they are from dist/.
  const cache = join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const program = mkdtempSync(join(cache, 'program-'));
  cpSync(dist, program, { recursive: true });
  project.provide('program', program);
  return () => rmSync(program, { recursive: true, force: true });
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
