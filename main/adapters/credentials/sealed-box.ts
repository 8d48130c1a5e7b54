/**
 * Text sealed under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM (NIST SP 800-38D) encrypts and
 * authenticates. The parameters stand in the box and are authenticated with it; they are bounded before any work is done.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

/** 128 MiB and a good half second: more than a keystore's light form, as this is opened once per run. */
export const boxCost = { N: 2 ** 17, r: 8, p: 1 };

const base64 = z.base64();
const box = z.strictObject({
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z
      .number()
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(16),
    salt: base64,
  }),
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), iv: base64, tag: base64 }),
  sealed: base64,
});
export type SealedBox = z.infer<typeof box>;

/** Bytes of memory a box may make us use (N · r · 128). */
const memoryLimit = 512 * 2 ** 20;

/** What stands in the place of a box: no box, one that asks for too much, or one that another passphrase sealed. */
export class BoxNotOpened extends Error {
  readonly why: 'no-box' | 'hostile' | 'passphrase';
  constructor(why: BoxNotOpened['why']) {
    super(`the box was not opened: ${why}`);
    this.name = 'BoxNotOpened';
    this.why = why;
  }
}

export async function seal(text: string, passphrase: string, cost = boxCost): Promise<SealedBox> {
  const salt = randomBytes(32);
  const iv = randomBytes(12);
  const kdf = { name: 'scrypt', ...cost, salt: salt.toString('base64') } as const;
  const key = await derive(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: memoryLimit + 2 ** 20 });
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(JSON.stringify(kdf)));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    kdf,
    cipher: { name: 'aes-256-gcm', iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64') },
    sealed: sealed.toString('base64'),
  };
}

/** @throws BoxNotOpened */
export async function unseal(value: unknown, passphrase: string): Promise<string> {
  const checked = box.safeParse(value);
  if (!checked.success) throw new BoxNotOpened('no-box');
  const { kdf, cipher, sealed } = checked.data;
  const { name, N, r, p, salt } = kdf;
  if (N * r * 128 > memoryLimit || (N & (N - 1)) !== 0) throw new BoxNotOpened('hostile');
  const cost = { N, r, p, maxmem: memoryLimit + 2 ** 20 };
  const [iv, tag] = [Buffer.from(cipher.iv, 'base64'), Buffer.from(cipher.tag, 'base64')];
  if (iv.length !== 12 || tag.length !== 16) throw new BoxNotOpened('no-box');
  const key = await derive(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, cost);
  const opened = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
    .setAAD(Buffer.from(JSON.stringify({ name, N, r, p, salt })))
    .setAuthTag(tag);
  try {
    return Buffer.concat([opened.update(Buffer.from(sealed, 'base64')), opened.final()]).toString('utf8');
  } catch {
    throw new BoxNotOpened('passphrase');
  }
}
