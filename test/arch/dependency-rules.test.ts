/**
 * Each dependency rule fires on a seeded violation, a tree without the seeds passes, and the real tree is really read:
 * where dependency-cruiser finds no parser for TypeScript it reads nothing and reports success.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { around, clean, violations } from './seeds.ts';

const root = join(import.meta.dirname, '../..');
const config = join(root, 'build/dependency-rules.cjs');
const rules = (createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }).forbidden;

mkdirSync(join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(join(root, '.cache', 'arch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Cruised {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

/** The JSON that the program of the lint step prints for a tree. */
function cruise(at: string): Cruised {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const words = [
    depcruise,
    '--config',
    config,
    '--output-type',
    'json',
    'main',
    'renderer',
    'preload',
    'native-probes',
  ];
  return JSON.parse(
    execFileSync(process.execPath, words, { cwd: at, encoding: 'utf8', maxBuffer: 2 ** 28 }),
  ) as Cruised;
}

function plant(name: string, files: Readonly<Record<string, string>>): string {
  const tree = join(folder, name);
  mkdirSync(tree);
  for (const file of ['package.json', 'tsconfig.base.json']) copyFileSync(join(root, file), join(tree, file));
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `${content}\n`);
  }
  return tree;
}

test('a tree that keeps the rules passes, all of it read', () => {
  const { modules, summary } = cruise(plant('clean', clean));
  expect(summary.violations).toEqual([]);
  const read = modules.map(({ source }) => source);
  expect(read).toEqual(expect.arrayContaining(Object.keys(clean)));
});

const seeded = cruise(
  plant('seeded', {
    ...clean,
    ...around,
    ...Object.fromEntries(violations.map(([, path, content]) => [path, content])),
  }),
);

test.each(violations)('%s fires', (rule, path) => {
  const fired = seeded.summary.violations.filter(({ rule: { name } }) => name === rule);
  expect(fired.flatMap(({ from, to }) => [from, to])).toContain(path);
});

test('rules that forbid imports fire on their seed and on the seeds that break them in passing only', () => {
  const seeds = new Set([...violations.map(([, path]) => path), ...Object.keys(around)]);
  for (const { from, to, rule } of seeded.summary.violations) {
    expect([rule.name, seeds.has(from) || seeds.has(to)]).toEqual([rule.name, true]);
  }
});

test('each rule has its seed', () => {
  expect(violations.map(([rule]) => rule).sort()).toEqual(rules.map(({ name }) => name).sort());
});

test('the real tree is read, and exactly two files of it import electron', () => {
  const { modules, summary } = cruise(root);
  expect(summary.violations).toEqual([]);
  const read = modules.map(({ source }) => source).filter((source) => /\.tsx?$/.test(source));
  expect(read.length).toBeGreaterThan(450);
  for (const room of [
    'main/domain',
    'main/core',
    'main/adapters',
    'main/api',
    'main/hosts',
    'renderer',
    'native-probes',
  ]) {
    expect([room, read.filter((source) => source.startsWith(`${room}/`)).length > 5]).toEqual([room, true]);
  }
  const doors = (modules as { source: string; dependencies: { module: string }[] }[])
    .filter(({ dependencies }) => dependencies.some(({ module }) => /^electron(\/|$)/.test(module)))
    .map(({ source }) => source);
  expect(doors.sort()).toEqual(['main/hosts/electron/shell.ts', 'preload/index.ts']);
});
