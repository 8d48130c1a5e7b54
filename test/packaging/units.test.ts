/** What the system is told of the program: services, desktop entry. Held against the program as it is. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { createKeystore, scryptLight } from '#adapters/keys/keystore.ts';
import { type PlainChain, startAnvil } from '../acceptance/chain-reader.ts';
import { gaibOnboard, repository, scratch } from '../acceptance/command-line.ts';

const textOf = (path: string) => readFileSync(join(repository, 'build', path), 'utf8');

/** Lines `Key=value` of a section; a key that stands twice has its values in order. */
function section(text: string, name: string): Map<string, string[]> {
  const body = text.split(/^\[(.+)\]$/m);
  const lines = body[body.indexOf(name) + 1]?.split('\n') ?? [];
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return values;
}

describe.each(['console', 'validator'])('the service of the %s', (name) => {
  const text = textOf(`systemd/gaib-onboard-${name}.service`);
  const service = section(text, 'Service');
  const [program, command, ...words] = (service.get('ExecStart')?.[0] ?? '').split(' ');

  test('calls a command that there is, with options it has', async () => {
    expect([program, command]).toEqual(['/usr/bin/gaib-onboard', name]);
    const { stdout, status } = await gaibOnboard([name, '--help']);
    expect(status).toBe(0);
    const options = words.filter((word) => word.startsWith('--'));
    expect(options.length).toBeGreaterThan(0);
    for (const option of options) expect(stdout).toContain(option);
  });

  test('runs as nobody in particular, gains no right, writes its own folder', () => {
    for (const [key, value] of Object.entries({
      DynamicUser: 'yes',
      NoNewPrivileges: 'yes',
      ProtectSystem: 'strict',
      ProtectHome: 'yes',
      CapabilityBoundingSet: '',
      UMask: '0077',
    }))
      expect([key, service.get(key)]).toEqual([key, [value]]);
    expect(service.get('StateDirectory')).toEqual([words[words.indexOf('--home') + 1]?.replace('/var/lib/', '')]);
  });

  test('has its passphrase as a credential, in no argument and no variable', () => {
    expect(service.get('LoadCredentialEncrypted')).toEqual(['owner-passphrase']);
    expect(text.toLowerCase()).not.toMatch(/^(environment|execstart)=.*passphrase/m);
  });

  const systemd = spawnSync('systemd-analyze', ['--version']);
  test.skipIf(systemd.error !== undefined)('is what systemd understands (skipped where there is none)', () => {
    const { stderr } = spawnSync(
      'systemd-analyze',
      ['verify', join(repository, `build/systemd/gaib-onboard-${name}.service`)],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr.split('\n').filter((line) => /unknown|invalid|failed to parse/i.test(line))).toEqual([]);
  });
});

test('the desktop entry takes the links and starts what is packed', () => {
  const entry = section(textOf('linux/gaib-onboard.desktop'), 'Desktop Entry');
  const packed = readFileSync(join(repository, 'electron-builder.yml'), 'utf8');
  const name = /executableName: (\S+)/.exec(packed)?.[1];
  expect(entry.get('Exec')).toEqual([`${name} %U`]);
  expect(entry.get('Type')).toEqual(['Application']);
  expect(entry.get('MimeType')).toEqual(['x-scheme-handler/gaib-onboard;']);
  expect(packed).toContain('schemes: [gaib-onboard]');
});

describe('a validator as a service', () => {
  const place = scratch();
  let chain: PlainChain;
  beforeAll(async () => {
    await replaceFile(place.at('passphrase'), 'of a test\n');
    await createKeystore(place.at('key.json'), 'of a test', scryptLight);
    chain = await startAnvil();
  });
  afterAll(async () => {
    await chain.stop();
    place.remove();
  });

  /** Starts one without standard input, as systemd does. */
  async function started(...words: string[]) {
    const { promise: served, resolve } = Promise.withResolvers<ChildProcess>();
    const ended = gaibOnboard(
      [
        'validator',
        '--home',
        place.folder,
        '--rpc',
        chain.endpoint,
        '--passphrase-file',
        place.at('passphrase'),
        ...words,
      ],
      { onStart: (child) => child.stdout?.once('data', () => resolve(child)) },
    );
    return { child: await served, ended };
  }

  test('stays without a standard input, and ends when it is told to', async () => {
    const { child, ended } = await started('--stay');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect((await ended).status).toBe(0);
  });

  test('started by a run, it ends with its standard input', async () => {
    const { ended } = await started();
    expect((await ended).status).toBe(0);
  });
});
