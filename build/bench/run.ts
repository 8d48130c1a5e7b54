/**
 * `npm run bench -- <name> [--json] [words…]` runs build/bench/<name>.bench.ts and prints what it measured, as a table or
 * as JSON. Without a name it lists what there is.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Bench, BenchReport, Figures } from './bench.ts';

const ending = '.bench.ts';
const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
  .sort();

async function benchOf(name: string): Promise<Bench> {
  return ((await import(`./${name}${ending}`)) as { bench: Bench }).bench;
}

function cell(value: Figures[string] | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) || Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(4)));
}

function table(rows: readonly Figures[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const numeric = columns.map((column) => rows.some((row) => typeof row[column] === 'number'));
  const cells = rows.map((row) => columns.map((column) => cell(row[column])));
  const widths = columns.map((column, at) => Math.max(column.length, ...cells.map((line) => (line[at] ?? '').length)));
  const lineOf = (texts: readonly string[]) =>
    texts
      .map((text, at) => (numeric[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [lineOf(columns), lineOf(widths.map((width) => '-'.repeat(width))), ...cells.map(lineOf)].join('\n');
}

function textOf({ figures }: BenchReport): string {
  if (Array.isArray(figures)) return table(figures);
  const entries = Object.entries(figures as Figures);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${cell(value)}`).join('\n');
}

async function list(): Promise<void> {
  console.log('npm run bench -- <name> [--json]\n');
  for (const name of names) console.log(`  ${name.padEnd(12)} ${(await benchOf(name)).what}`);
}

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || name === '--help') {
  await list();
} else if (names.includes(name)) {
  const json = rest.includes('--json');
  const say = (sentence: string) => console.error(sentence);
  const before = (loadavg()[0] ?? 0).toFixed(2);
  say(
    `${cpus()[0]?.model.trim() ?? 'processor unknown'}, ${availableParallelism()} cores, load ${before} before, Node ${process.version}`,
  );
  const words = rest.filter((word) => word !== '--json');
  const report = await (await benchOf(name)).run({ words, say });
  console.log(json ? JSON.stringify(report.figures, null, 2) : textOf(report));
  for (const note of report.notes ?? []) say(note);
} else {
  console.error(`There is no bench ${name}; there are ${names.join(', ')}.`);
  process.exitCode = 2;
}
