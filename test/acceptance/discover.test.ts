/** `gaib-onboard discover` as a person and as a script use it, on recorded machines and on this one. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Discovery } from '#domain/discovery.ts';
import { gaibOnboard, recording, repository, scratch } from './command-line.ts';

const place = scratch();
let home: string;
beforeAll(async () => {
  home = await place.home();
});
afterAll(() => place.remove());

const fixtures = join(repository, 'native-probes');
const discover = (...words: string[]) => gaibOnboard(['discover', '--home', home, ...words]);

/** A folder with recordings of one machine. */
function folder(name: string, files: Record<string, string>): string {
  const path = place.at(name);
  mkdirSync(path, { recursive: true });
  for (const [to, from] of Object.entries(files)) copyFileSync(join(fixtures, from), join(path, to));
  return path;
}

describe('the table', () => {
  test('of a recorded machine fits 80 columns and says what is in it', async () => {
    const machine = folder('h100', {
      'smi.txt': 'gpu/nvidia-smi/fixtures/text/thamada-H100SXMx8.txt',
      'dmi.txt': 'host/dmi/fixtures/dmidecode/gpud-host.txt',
    });
    const { stdout, status } = await discover('--practice', machine);
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe('PRACTICE: a recorded machine, stands for no hardware');
    expect(stdout).toMatch(/^host {3}Dell Inc\. PowerEdge XE9680 +✓ ready$/m);
    expect(stdout).toMatch(/^gpu7 {3}NVIDIA H100 80GB HBM3 +✓ ready +79\.6 GiB, Hopper, 700 W/m);
    expect(stdout).toContain('       GPU-33135771-a848-ece1-b61e-489e221d663c (gpu-uuid)\n');
    expect(stdout).toMatch(/^9 assets: 9 ready\. /m);
  });

  test('of this machine ends with who answered', async () => {
    const { stdout, status } = await discover();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^host /m);
    expect(stdout).toMatch(/^✓ host-cpuinfo +present +\d+ ms$/m);
    expect(stdout).not.toContain('PRACTICE');
  });
});

describe('--json', () => {
  test('gives the assets, who said what, and the readings they come from', async () => {
    const { stdout } = await discover('--practice', recording, '--json');
    const inventory: Discovery & { readings: { probe: string }[] } = JSON.parse(stdout);
    expect(inventory).toMatchObject({ type: 'gaib.discovery', version: 1, contacted: [] });
    expect(inventory.assets.filter(({ kind }) => kind === 'gpu')).toHaveLength(8);
    // A recording stands for no hardware: nothing of it is for a network with money on it.
    expect(inventory.assets.some(({ tokenizable }) => tokenizable)).toBe(false);
    expect(inventory.readings.map(({ probe }) => probe)).toEqual(['nvidia-smi', 'host-recording']);
  });
});

describe('--explain', () => {
  test.each(['gpu0', 'GPU-513536b6-7d19-9063-b049-1e69664bb298', '1650522003820', '0000:01:00.0', 'gpu-513536'])(
    '%s shows every fact with its source, and what stands against it',
    async (asked) => {
      const file = join(fixtures, 'gpu/nvidia-smi/fixtures/xml/telegraf-a100-sxm4-v12.xml');
      const { stdout, status } = await discover('--practice', file, '--explain', asked);
      expect(status).toBe(0);
      expect(stdout).toContain('NVIDIA A100-SXM4-80GB  gpu0, gpu at 0000:01:00.0');
      expect(stdout).toMatch(/^ {2}memory-total +80 GiB +nvidia-smi$/m);
      expect(stdout).toContain('! It is split into 4 instances (MIG).');
      expect(stdout).toContain('✓ model-of-pci-id: NVIDIA A100-SXM4-80GB is what PCI id 10de:20b2 stands for.');
    },
  );

  test('of a thing that is not there names those that are', async () => {
    const { stderr, status } = await discover('--practice', recording, '--explain', 'gpu9');
    expect(status).toBe(67);
    expect(stderr).toContain('Discovery found nothing called gpu9.');
    expect(stderr).toContain('gpu0 (NVIDIA H100 80GB HBM3)');
  });
});

describe('--witness-rules', () => {
  const own = JSON.parse(readFileSync(join(fixtures, 'reference/witness-rules.json'), 'utf8'));

  test('of another version judge as they say', async () => {
    const path = place.at('rules.json');
    writeFileSync(
      path,
      JSON.stringify({ ...own, version: 7, leastDriver: [{ architecture: 'Hopper', branch: 600, source: 'first' }] }),
    );
    const { stdout } = await discover('--practice', recording, '--json', '--witness-rules', path);
    const inventory: Discovery = JSON.parse(stdout);
    expect(inventory.rules.version).toBe(7);
    const gpu = inventory.assets.find(({ id }) => id === 'gpu0');
    expect(gpu).toMatchObject({ state: 'needs-attention', verification: 'contradicted' });
    expect(gpu?.reasons[0]?.sentence).toBe('Driver 565.57.01 is older than the first that knows Hopper (600).');
  });

  test('that are none are refused', async () => {
    const path = place.at('no-rules.json');
    writeFileSync(path, JSON.stringify({ ...own, version: 0 }));
    const { stderr, status } = await discover('--practice', recording, '--witness-rules', path);
    expect(status).toBe(17);
    expect(stderr).toContain('version');
  });
});

test('--watch gives the first scan, scans again, and ends when it is told to', async () => {
  const child = spawn(
    process.execPath,
    [
      join(inject('program'), 'gaib-onboard.js'),
      'discover',
      '--home',
      home,
      '--watch',
      '1',
      '--json',
      '--probe',
      'host-cpuinfo',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH ?? '', HOME: home, NO_COLOR: '1' } },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await expect.poll(() => said.includes('\n'), { timeout: 30_000 }).toBe(true);
  // Long enough for a second scan, in which nothing changed: nothing more is said.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  const lines = said.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ type: 'gaib.discovery', assets: [{ id: 'host' }] });
});
