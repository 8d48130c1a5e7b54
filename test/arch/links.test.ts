/** Every relative link in a document leads to a file, and every anchor to a heading. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const left = new Set(['node_modules', 'dist', 'release', 'fixtures', 'out', 'cache']);

function documentsIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return left.has(entry.name) || entry.name.startsWith('.') ? [] : documentsIn(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
const documents = documentsIn('.');

/** As GitHub makes them: lower case, punctuation gone, spaces to hyphens. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) => heading ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');

function brokenLinks(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
  return links.flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? join(root, path) : join(root, dirname(path), file);
    if (!existsSync(target)) return [`${path}: ${link}`];
    if (anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).has(anchor)) return [];
    return [`${path}: ${link} (no such heading in ${relative(root, target)})`];
  });
}

/** Paths of this repository that a document names as code. */
function missingPaths(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  const named = [
    ...text.matchAll(/`((?:main|renderer|preload|native-probes|contracts|build|test|docs)\/[\w./-]*\w\/?)`/g),
  ];
  return named.flatMap(([, name = '']) => (existsSync(join(root, name)) ? [] : [`${path}: ${name}`]));
}

test('paths that documents name are there', () => {
  expect(missingPaths('docs/walk-through.md').concat(documents.flatMap(missingPaths))).toEqual([]);
});

test('links in documents lead somewhere', () => {
  expect(documents.length).toBeGreaterThan(20);
  expect(documents.flatMap(brokenLinks)).toEqual([]);
});
