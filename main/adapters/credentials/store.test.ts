import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FailureError } from '#domain/failures/failure.ts';
import { BoxNotOpened, seal, unseal } from './sealed-box.ts';
import { openCredentials } from './store.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gaib-credentials-'));
  path = join(folder, 'credentials.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (passphrase = 'correct horse') => openCredentials(path, async () => passphrase);

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  return '';
}

describe('the store', () => {
  test('keeps credentials through the disk, and shows none of them there', async () => {
    await open().set('pdus', { community: 'n0t-public' });
    await open().set('bmc', { username: 'reader', password: 'hunter2' });
    expect(Object.fromEntries(await open().all())).toEqual({
      pdus: { community: 'n0t-public' },
      bmc: { username: 'reader', password: 'hunter2' },
    });
    const text = readFileSync(path, 'utf8');
    for (const word of ['pdus', 'bmc', 'reader', 'hunter2', 'n0t-public', 'community'])
      expect(text).not.toContain(word);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('replaces and forgets', async () => {
    await open().set('pdus', { community: 'a' });
    await open().set('pdus', { community: 'b' });
    expect((await open().all()).get('pdus')).toEqual({ community: 'b' });
    expect(await open().remove('pdus')).toBe(true);
    expect(await open().remove('pdus')).toBe(false);
    expect((await open().all()).size).toBe(0);
  });

  test('asks for no passphrase while there is nothing to open', async () => {
    const store = openCredentials(path, () => Promise.reject(new Error('asked')));
    expect((await store.all()).size).toBe(0);
  });

  test('refuses another passphrase, and changes nothing', async () => {
    await open().set('pdus', { community: 'a' });
    const before = readFileSync(path, 'utf8');
    expect(await codeOf(open('wrong').all())).toBe('key.wrong_passphrase');
    expect(await codeOf(open('wrong').set('pdus', { community: 'b' }))).toBe('key.wrong_passphrase');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('refuses a file that others can read', async () => {
    await open().set('pdus', { community: 'a' });
    chmodSync(path, 0o644);
    expect(await codeOf(open().all())).toBe('key.exposed');
  });

  test.each([['not JSON'], ['{}'], ['{"kdf":{}}']])('refuses %s', async (text) => {
    writeFileSync(path, text, { mode: 0o600 });
    expect(await codeOf(open().all())).toBe('key.unreadable');
  });
});

describe('a sealed box', () => {
  const cheap = { N: 2 ** 10, r: 8, p: 1 };

  test('with one bit changed anywhere does not open', async () => {
    const box = await seal('secret', 'pass', cheap);
    expect(await unseal(box, 'pass')).toBe('secret');
    const flip = (text: string) => {
      const bytes = Buffer.from(text, 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    const changed = [
      { ...box, sealed: flip(box.sealed) },
      { ...box, cipher: { ...box.cipher, iv: flip(box.cipher.iv) } },
      { ...box, cipher: { ...box.cipher, tag: flip(box.cipher.tag) } },
      { ...box, kdf: { ...box.kdf, salt: flip(box.kdf.salt) } },
      { ...box, kdf: { ...box.kdf, p: 2 } },
    ];
    for (const one of changed) await expect(unseal(one, 'pass')).rejects.toThrow(new BoxNotOpened('passphrase'));
  });

  test('that asks for gigabytes is refused before any work', async () => {
    const box = await seal('secret', 'pass', cheap);
    const started = performance.now();
    const hostile = { ...box, kdf: { ...box.kdf, N: 2 ** 20, r: 16 } };
    await expect(unseal(hostile, 'pass')).rejects.toThrow(new BoxNotOpened('hostile'));
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('is never the same twice', async () => {
    const [one, other] = [await seal('secret', 'pass', cheap), await seal('secret', 'pass', cheap)];
    expect(one.sealed).not.toBe(other.sealed);
    expect(one.cipher.iv).not.toBe(other.cipher.iv);
  });
});
