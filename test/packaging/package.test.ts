/**
 * The desktop app packed into a folder, offline, from a STUB of Electron's distribution: its files by name, its program a
 * text with a fuse wire in it. What is packed is real; it cannot be started.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage, extractAll, extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pack } from '../../build/scripts/package.ts';
import { gaibOnboard, recording, repository } from '../acceptance/command-line.ts';

const place = mkdtempSync(join(tmpdir(), 'gaib-onboard-package-'));
const electronDist = join(place, 'electron');
const packed = join(place, 'release', 'linux-unpacked');
const archive = join(packed, 'resources', 'app.asar');

/** Where Electron's tools find and turn its fuses: the mark, version, length, and a letter for each. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 8]),
  Buffer.from('10110011'),
]);

const inArchive = () => listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/').slice(1));

describe.skipIf(process.platform !== 'linux')('the packed app', () => {
  beforeAll(async () => {
    mkdirSync(join(electronDist, 'resources'), { recursive: true });
    mkdirSync(join(electronDist, 'locales'));
    const { version } = JSON.parse(readFileSync(join(repository, 'node_modules/electron/package.json'), 'utf8'));
    const files: Record<string, string | Buffer> = {
      electron: Buffer.concat([Buffer.from('stub of a program\n'), fuseWire, Buffer.from('\nend')]),
      version,
      LICENSE: 'stub',
      'LICENSES.chromium.html': 'stub',
      'locales/en-US.pak': 'stub',
      'locales/fr.pak': 'stub',
      'locales/de.pak': 'stub',
    };
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(electronDist, name), content, { mode: 0o755 });
    await createPackage(join(electronDist, 'locales'), join(electronDist, 'resources', 'default_app.asar'));
    await pack({ electronDist, output: join(place, 'release'), targets: ['dir'] });
  }, 300_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test('holds every bundle and the page', () => {
    const files = new Set(inArchive());
    for (const file of [
      'package.json',
      'dist/electron/shell.js',
      'dist/preload/index.cjs',
      'dist/renderer/index.html',
      'dist/gaib-onboard.js',
      'dist/probe-worker.js',
      'dist/benchmark-worker.js',
    ])
      expect([file, files.has(file)]).toEqual([file, true]);
    expect([...files].filter((path) => path.startsWith('dist/chunks/')).length).toBeGreaterThan(5);
    const { main, type } = JSON.parse(extractFile(archive, 'package.json').toString());
    expect([main, type]).toEqual(['dist/electron/shell.js', 'module']);
  });

  test('holds nothing else: no sources, no tests, no packages but those with a binary', () => {
    const files = inArchive().filter((path) => !path.startsWith('dist'));
    const packages = files.filter((path) => path.startsWith('node_modules'));
    expect(files.filter((path) => !path.startsWith('node_modules')).sort()).toEqual(['LICENSE', 'package.json']);
    const names = packages.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
    expect([...new Set(names)].filter((name) => !name.startsWith('@') || name.includes('/')).sort()).toEqual(
      [
        '@foundry-rs/anvil',
        `@foundry-rs/anvil-${systemOfAnvil}`,
        `@koromix/koffi-linux-${process.arch}`,
        'koffi',
      ].sort(),
    );
    expect(packages.filter((path) => /\.(c|cc|cpp|h|ts|map|md)$/.test(path))).toEqual([]);
  });

  test('is small: megabytes of our own, and anvil', () => {
    expect(statSync(archive).size).toBeLessThan(25 * 2 ** 20);
  });

  test('has what the system itself opens beside the archive', () => {
    const unpacked = join(packed, 'resources', 'app.asar.unpacked', 'node_modules');
    const anvil = join(unpacked, `@foundry-rs/anvil-${systemOfAnvil}`, 'bin', 'anvil');
    expect(statSync(anvil).mode & 0o111).not.toBe(0);
    const native = readdirSync(join(unpacked, '@koromix', `koffi-linux-${process.arch}`), { recursive: true });
    expect(native.map(String)).toContain(`linux_${process.arch}/koffi.node`);
    for (const file of ['systemd/gaib-onboard-console.service', 'linux/gaib-onboard.desktop'])
      expect(existsSync(join(packed, 'resources', file))).toBe(true);
    expect(existsSync(join(packed, 'resources', 'default_app.asar'))).toBe(false);
  });

  test('holds no secret, no path of the machine that packed it, no key', () => {
    // Libraries write the head of such a file; only a body makes it a key.
    const suspicious = [
      /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/,
      /npm_[A-Za-z0-9]{36}/,
      /gh[ps]_[A-Za-z0-9]{36}/,
    ];
    for (const path of inArchive().filter((file) => /^dist\/.*\.(js|cjs|html|css)$/.test(file))) {
      const text = extractFile(archive, path).toString();
      expect([path, text.includes(repository)]).toEqual([path, false]);
      for (const pattern of suspicious) expect([path, pattern.test(text)]).toEqual([path, false]);
    }
    expect(
      inArchive().filter((path) =>
        /(^|\/)(\.env|\.npmrc|.*\.pem|.*keystore.*\.json|owner\.json|machine\.key)$/.test(path),
      ),
    ).toEqual([]);
  });

  test('has its fuses set: no Node in disguise, no debugger, only this archive', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'gaib-onboard-desktop'));
    const states = Object.fromEntries(
      Object.entries(wire)
        .filter(([key]) => /^\d+$/.test(key))
        .map(([key, state]) => [FuseV1Options[Number(key)], state === '1'.charCodeAt(0)]),
    );
    expect(states).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  test('its programs need nothing but what was packed: a whole run, laid out where no package is near', async () => {
    const out = join(place, 'laid-out');
    extractAll(archive, out);
    // With the modes that the archive does not keep.
    cpSync(`${archive}.unpacked`, out, { recursive: true, force: true });
    const words = ['onboard', '--practice', recording, '--home', join(place, 'home'), '--json'];
    const { status, stdout, stderr } = await gaibOnboard(words, { program: join(out, 'dist', 'gaib-onboard.js') });
    expect([status, stderr.includes('Receive one epoch of earnings')]).toEqual([0, true]);
    expect(JSON.parse(stdout).deed.state).toBe('listed');
    const koffi = await gaibOnboard(['discover', '--probe', 'nvidia-nvml', '--json', '--home', join(place, 'home')], {
      program: join(out, 'dist', 'gaib-onboard.js'),
    });
    expect(koffi.stdout).not.toContain('Cannot find');
    expect(koffi.stdout).toContain('"probe": "nvidia-nvml"');
  });
});

const systemOfAnvil = `linux-${process.arch === 'x64' ? 'amd64' : process.arch}`;
