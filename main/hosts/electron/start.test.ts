import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Installed, noElectron, planLaunch } from './start.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function installed(over: Partial<Installed> = {}): Installed {
  return {
    electron: undefined,
    override: undefined,
    shell: '/dist/electron/shell.js',
    commandLine: '/dist/gaib-onboard.js',
    node: '/node',
    ...over,
  };
}

/** The package electron as npm leaves it: with its binary, or as it is where the download did not happen. */
function electronPackage(name: string, files: Record<string, string>): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(root, file), content);
  return root;
}

describe('what npm start opens', () => {
  test('the app, where its program is there', () => {
    const electron = electronPackage('whole', { 'path.txt': 'electron', 'dist/electron': '' });
    expect(planLaunch(installed({ electron }), ['gaib-onboard://run/1'])).toEqual({
      program: join(electron, 'dist', 'electron'),
      arguments: ['/dist/electron/shell.js', 'gaib-onboard://run/1'],
    });
  });

  test('the app, where a folder of its program is named', () => {
    const override = join(electronPackage('elsewhere', { 'dist/electron': '' }), 'dist');
    expect(planLaunch(installed({ override }), []).program).toBe(join(override, 'electron'));
  });

  test.each([
    ['the package is missing', undefined],
    ['its program was never fetched', electronPackage('bare', {})],
    ['its program was named and never fetched', electronPackage('named', { 'path.txt': 'electron' })],
  ])('the console in the browser and one sentence, where %s', (_, electron) => {
    expect(planLaunch(installed({ electron }), ['--port', '0'])).toEqual({
      program: '/node',
      arguments: ['/dist/gaib-onboard.js', 'console', '--open', '--port', '0'],
      sentence: noElectron,
    });
    expect(noElectron.match(/[.:](\s|$)/g)).toHaveLength(1);
  });
});

test('it ends as what it started ends', async () => {
  const started = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), '--unheard-of'], {
    env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nowhere') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  started.stderr.on('data', (chunk) => (said += chunk));
  const status = await new Promise((resolve) => started.on('close', resolve));
  expect(said).toContain(noElectron);
  expect(status).not.toBe(0);
});
