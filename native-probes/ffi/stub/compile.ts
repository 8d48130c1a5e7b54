/** Builds the libraries in C that stand for drivers, each once for every set of faults compiled in. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Compiles `source` into the shared library `path`; `define` as `SCENE=LOST`. */
export function compileStub(compiler: string, source: string, path: string, ...defines: string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  const flags = defines.map((define) => `-D${define}`);
  execFileSync(compiler, ['-shared', '-fPIC', '-O0', '-I', import.meta.dirname, ...flags, '-o', path, source]);
}
