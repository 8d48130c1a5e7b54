/**
 * Assembles `host/*.wat` into `host/*.wasm.ts`: the module as base64 beside the hash of the text it came from, so that a
 * bundle carries it and a test sees when the two drift apart. Run: `node native-probes/kernels/build-host.ts`.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import wabt from 'wabt';

const folder = join(import.meta.dirname, 'host');

/** Names of the kernels, without ending. */
export function kernelNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wat'))
    .map((name) => name.slice(0, -4))
    .sort();
}

/** The text of the module that belongs to a kernel's source as it is now. */
export async function builtModule(name: string): Promise<string> {
  const source = readFileSync(join(folder, `${name}.wat`), 'utf8');
  const assembler = await wabt();
  const parsed = assembler.parseWat(`${name}.wat`, source, { simd: true });
  parsed.validate();
  const bytes = parsed.toBinary({}).buffer;
  parsed.destroy();
  return [
    `// Built from ${name}.wat by build-host.ts; do not edit.`,
    `export const source = 'sha256:${createHash('sha256').update(source).digest('hex')}';`,
    `export const wasm =\n  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');
}

export function committedModule(name: string): string {
  return readFileSync(join(folder, `${name}.wasm.ts`), 'utf8');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const name of kernelNames()) writeFileSync(join(folder, `${name}.wasm.ts`), await builtModule(name));
}
