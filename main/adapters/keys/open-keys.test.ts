import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createKeystore, keystoreAddress, scryptLight } from './keystore.ts';
import { openKeys } from './open-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a broken keystore is told, never replaced by a new key, nor its passphrase', async () => {
  const [keystore, passphrase] = [join(folder, 'owner.json'), join(folder, 'owner.passphrase')];
  await createKeystore(keystore, 'of a test', scryptLight);
  writeFileSync(passphrase, 'of a test\n', { mode: 0o600 });
  const half = readFileSync(keystore, 'utf8').slice(0, 200);
  writeFileSync(keystore, half);
  const keys = openKeys({ folder, passphrase: {}, makeOwner: true });
  await expect(keys.owner()).rejects.toMatchObject({ failure: { code: 'key.unreadable', exit: 21 } });
  expect(readFileSync(keystore, 'utf8')).toBe(half);
  expect(readFileSync(passphrase, 'utf8')).toBe('of a test\n');
});

test('the address of a keystore carries its checksum', async () => {
  const keystore = join(folder, 'other.json');
  const { address } = await createKeystore(keystore, 'of a test', scryptLight);
  expect(keystoreAddress(keystore)).toBe(address);
  expect(keystoreAddress(join(folder, 'none.json'))).toBeUndefined();
});
