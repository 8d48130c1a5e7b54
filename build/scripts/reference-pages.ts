/**
 * Writes docs/failures.md from the catalogue and docs/cli/ from the help of each command, so that what is written is
 * what the program says. `--check` writes nothing and fails where a page differs.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { catalogue } from '#domain/failures/catalogue.ts';
import { commands, rootCommand } from '../../main/hosts/cli/commands.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'docs/cli');
const width = 100;

/** Every page by its path. */
export async function referencePages(): Promise<Map<string, string>> {
  const pages = new Map([[join(root, 'docs/failures.md'), failuresPage()]]);
  const program = rootCommand();
  for (const [name, summary, load] of commands) {
    const command = await load(pathToFileURL(join(root, 'dist/gaib-onboard.js')).href);
    program.addCommand(command);
    const texts = [command, ...command.commands].map(helpOf);
    pages.set(join(folder, `${name}.md`), commandPage(name, summary, texts));
  }
  const list = commands.map(([name, summary]) => `- [${name}](${name}.md): ${summary}`).join('\n');
  pages.set(join(folder, 'README.md'), `# Command line\n\n${made}\n\n${fenced(helpOf(program))}\n\n${list}\n`);
  return pages;
}

/** Pages that differ from what is on the disk, and pages on the disk that nothing makes. */
export async function driftedPages(): Promise<string[]> {
  const pages = await referencePages();
  const differing = [...pages].filter(([path, text]) => readOr(path) !== text).map(([path]) => path);
  const stale = existing().filter((path) => !pages.has(path));
  return [...differing, ...stale].map((path) => relative(root, path));
}

const made = 'Made by `npm run docs` from the program itself; do not edit.';
const fenced = (text: string) => `\`\`\`text\n${text.trimEnd()}\n\`\`\``;

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => width,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}

function commandPage(name: string, summary: string, texts: readonly string[]): string {
  return `# gaib-onboard ${name}\n\n${summary[0]?.toUpperCase()}${summary.slice(1)}. ${made}\n\n${texts.map(fenced).join('\n\n')}\n`;
}

function failuresPage(): string {
  const rows = Object.entries(catalogue)
    .sort(([, a], [, b]) => a.exit - b.exit)
    .map(([code, { exit, what, mend }]) => `| ${exit} | \`${code}\` | ${cell(what)} | ${cell(mend)} |`);
  return [
    '# Failures',
    '',
    `${made} Source: \`main/domain/failures/catalogue.ts\`.`,
    '',
    'The terminal, `--json` and the screens show the same: what happened, what was expected, what was found, what to do.',
    '`…` stands for what the failure is about. Exit status 0 is success.',
    '',
    '| exit | code | what happened | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

const cell = (text: string) => text.replaceAll('{subject}', '…').replaceAll('|', '\\|');

function existing(): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const drifted = await driftedPages();
    if (drifted.length > 0) {
      console.error(`✗ These pages differ from the program: ${drifted.join(', ')}\n  to do     npm run docs`);
      process.exit(1);
    }
  } else {
    const pages = await referencePages();
    for (const path of existing()) if (!pages.has(path)) rmSync(path);
    for (const [path, text] of pages) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
}
