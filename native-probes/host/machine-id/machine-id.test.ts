import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { applicationId, deriveMachineId } from './derive.ts';
import { machineIdProbe } from './probe.ts';

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

async function look(text: string) {
  const root = await mkdtemp(join(tmpdir(), 'gaib-machine-id-'));
  roots.push(root);
  await mkdir(join(root, 'etc'));
  await writeFile(join(root, 'etc/machine-id'), text);
  return machineIdProbe.probe({ root, signal: new AbortController().signal });
}

// `openssl dgst -sha256 -mac HMAC -macopt hexkey:4ab5…` over the application id says 793fe4875ba86de9ac8dc4447e777632…;
// the seventh byte's upper half becomes 4, the ninth byte's upper bits become 10.
test('the id is the HMAC in the shape of a random UUID', () => {
  expect(deriveMachineId('4ab5ec8e1f2c4c37a7f0a6bfc9a0d1e2')).toBe('793fe4875ba84de9ac8dc4447e777632');
});

test('the raw id never leaves the machine', async () => {
  const raw = '4ab5ec8e1f2c4c37a7f0a6bfc9a0d1e2';
  const { devices } = await look(`${raw}\n`);
  expect(devices[0]?.identity).toEqual([{ scheme: 'machine-id', value: deriveMachineId(raw), trust: 'host' }]);
  expect(JSON.stringify(devices)).not.toContain(raw);
  expect(deriveMachineId(raw, '00000000000000000000000000000001')).not.toBe(deriveMachineId(raw));
});

const systemd = spawnSync('systemd-id128', ['machine-id', `--app-specific=${applicationId}`], { encoding: 'utf8' });
const own = spawnSync('systemd-id128', ['machine-id'], { encoding: 'utf8' });

test.skipIf(systemd.status !== 0 || own.status !== 0)('it is what systemd derives', () => {
  expect(deriveMachineId(own.stdout.trim())).toBe(systemd.stdout.trim());
});

test.each(['', 'uninitialized\n', '00000000000000000000000000000000', 'not an id', '4ab5ec8e'])(
  '%j is no machine id',
  async (text) => {
    const answer = await look(text);
    expect(answer.outcome).toBe('failed');
    expect(answer.sentence).toBe('/etc/machine-id holds no machine id: run systemd-machine-id-setup to make one.');
  },
);

test('a system without one is absent', async () => {
  const answer = await machineIdProbe.probe({ root: '/no/such/root', signal: new AbortController().signal });
  expect(answer).toMatchObject({ outcome: 'absent', sentence: 'This system has no /etc/machine-id.' });
});

test('every id has the shape of a random UUID', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const id = deriveMachineId(Buffer.from(bytes).toString('hex'));
      if (bytes.some((byte) => byte !== 0)) expect(id).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
      else expect(id).toBeUndefined();
    }),
  );
});
