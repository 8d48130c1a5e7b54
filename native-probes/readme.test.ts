/** Pages and code say the same: headings, names and units of facts, probes, kinds of recordings, origins of fixtures. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { networkProbes } from './network/registry.ts';
import { readers } from './practice/recording.ts';
import { readPractice } from './practice.ts';
import { probes as localProbes } from './registry.ts';
import { meaningOf } from './vocabulary.ts';

const here = import.meta.dirname;
const probes = [...localProbes, ...networkProbes];
/** Tables may be padded: several spaces are one. */
const read = (path: string) => readFileSync(join(here, path), 'utf8').replace(/ {2,}/g, ' ');
const folders = globSync('{gpu,host,power,robot}/*/probe.ts', { cwd: here })
  .map((path) => dirname(path))
  .sort();
/** Some sources are only ever recorded: they have a page and no probe. */
const pages = globSync('{gpu,host,power,robot}/*/README.md', { cwd: here })
  .map((path) => dirname(path))
  .sort();
const headings = ['What it reads', 'Facts it gives', 'When it is absent', 'Limits', 'Sample'];

/** `outlet.3.power` stands on a page as `outlet.<name>.power`. */
const written = (name: string) => name.replace(/^([a-z]+)\.[\w:.@-]+\.([a-z-]+)$/, '$1.<name>.$2');

/** Rows of the table under "Facts it gives": name and unit. */
function table(folder: string): Map<string, string> {
  const rows = read(`${folder}/README.md`).matchAll(/^\| `([^`]+)` \| (?:`([^`]+)`)? ?\|/gm);
  return new Map([...rows].map((row) => [row[1] ?? '', row[2] ?? '']));
}

test('there is a probe for each folder, and a folder for each probe', () => {
  expect(folders).toHaveLength(probes.length);
  expect(folders.length).toBeGreaterThanOrEqual(7);
});

test('probes have names of their own, a subject that is their folder, and a limit', () => {
  expect(new Set(probes.map((probe) => probe.id)).size).toBe(probes.length);
  for (const probe of probes) {
    expect(probe.id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(folders.some((folder) => folder.startsWith(`${probe.subject}/`))).toBe(true);
    expect(probe.limitMs).toBeGreaterThanOrEqual(1000);
    // A management controller answers a thousand questions, one after the other.
    expect(probe.limitMs).toBeLessThanOrEqual('protocol' in probe ? 180_000 : 60_000);
  }
});

describe.each(pages)('%s', (folder) => {
  test('has a README with the headings of all others', () => {
    const found = [...read(`${folder}/README.md`).matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(found).toEqual(headings);
  });

  test('names facts of the vocabulary, with their units', () => {
    const rows = table(folder);
    // The machine id is an identity and nothing else.
    if (folder !== 'host/machine-id') expect(rows.size).toBeGreaterThanOrEqual(8);
    for (const [name, unit] of rows) {
      const meaning = meaningOf(name.replace('<name>', 'x'));
      expect(meaning, name).toBeDefined();
      expect(unit, name).toBe(meaning?.unit ?? '');
    }
  });

  test('says where each of its recordings is from', () => {
    if (!existsSync(join(here, folder, 'fixtures'))) return;
    const sources = read(`${folder}/fixtures/SOURCES.md`);
    const files = readdirSync(join(here, folder, 'fixtures'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'SOURCES.md')
      .map((entry) => join(entry.parentPath, entry.name).slice(join(here, folder, 'fixtures').length + 1));
    for (const file of files) expect(sources, file).toContain(`| ${file} |`);
    expect(sources.split('\n').filter((line) => /^\| \S+\.\S+ \|/.test(line))).toHaveLength(files.length);
  });
});

test('every fact that a recording gives stands in the README of the probe that gives it', async () => {
  const pageOf: Record<string, string> = {
    'nvidia-smi': 'gpu/nvidia-smi',
    'gpu-pci': 'gpu/pci',
    'rocm-smi': 'gpu/rocm-smi',
    'gpu-amdgpu': 'gpu/amdgpu',
    'xpu-smi': 'gpu/xpu-smi',
    'gpu-intel': 'gpu/intel-drm',
    'host-dmi': 'host/dmi',
    'host-cpuinfo': 'host/cpuinfo',
    'power-nut': 'power/nut',
    'power-apcupsd': 'power/apcupsd',
    'power-snmp': 'power/snmp',
    'robot-vda-mqtt': 'robot/vda5050',
    'robot-universal-robots': 'robot/universal-robots',
    'robot-massrobotics': 'robot/massrobotics',
    'robot-description': 'robot/description',
  };
  const seen = new Set<string>();
  for (const file of globSync('*/*/fixtures/**/*.*', { cwd: here })) {
    if (basename(file) === 'SOURCES.md') continue;
    const practice = await readPractice(join(here, file)).catch(() => undefined);
    for (const reading of practice?.readings ?? []) {
      const page = pageOf[reading.probe];
      if (page === undefined) continue;
      seen.add(reading.probe);
      const names = table(page);
      for (const { name } of reading.devices.flatMap((device) => device.observations)) {
        expect(names.has(written(name)), `${name} of ${file} in ${page}/README.md`).toBe(true);
      }
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(pageOf).sort());
});

test('the front page lists every probe and every kind of recording', () => {
  const page = read('README.md');
  for (const probe of probes) expect(page).toContain(`| \`${probe.id}\` |`);
  for (const reader of readers) expect(page).toContain(`| \`${reader.source}\` |`);
});
