/**
 * Keystore files of version 3 (Web3 Secret Storage): encrypted with a passphrase, written beside, decrypted back to
 * check, then renamed, so that a key is never half on the disk. Parameters of foreign files are bounded before any work
 * is done on them.
 */
import { scrypt as nativeScrypt } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { decryptKeystoreJson, encryptKeystoreJson, getAddress, isKeystoreJson, scrypt, Wallet } from 'ethers';
import { replaceFile } from '#adapters/files/write-durably.ts';
import type { Hex } from '#domain/canonical.ts';
import { FailureError, fail } from '#domain/failures/failure.ts';
import type { TypedData } from '#domain/typed-data.ts';
import type { Signer } from '#ports/keys.ts';

/** Bytes of memory that a keystore may make us use (N · r · 128). */
const memoryLimit = 512 * 2 ** 20;

// OpenSSL's scrypt runs beside the event loop; the JavaScript one that ethers ships blocks it for seconds.
const runScrypt = promisify<Uint8Array, Uint8Array, number, object, Buffer>(nativeScrypt);
scrypt.register(async (passphrase, salt, N, r, p, length) => {
  const derived = await runScrypt(passphrase, salt, length, { N, r, p, maxmem: memoryLimit + 2 ** 20 });
  return new Uint8Array(derived);
});

/** geth's standard for keys that hold value, and its light form for keys of an unattended process. */
export const scryptStandard = { N: 2 ** 18, r: 8, p: 1 };
export const scryptLight = { N: 2 ** 12, r: 8, p: 6 };

export interface KeystoreSigner extends Signer {
  /** Signs a transaction's fields; the key stays inside. */
  signTransaction(transaction: Parameters<Wallet['signTransaction']>[0]): Promise<Hex>;
}

/** A signer from a private key, 0x-hex. */
export function signerOfKey(privateKey: string): KeystoreSigner {
  const wallet = new Wallet(privateKey);
  return {
    address: wallet.address,
    async signTypedData({ domain, types, message }: TypedData) {
      return (await wallet.signTypedData(domain, types, message)) as Hex;
    },
    async signTransaction(transaction) {
      return (await wallet.signTransaction(transaction)) as Hex;
    },
  };
}

/** Makes a key and its keystore file (0600). Throws `disk.*` failures by errno; leaves no partial file. */
export async function createKeystore(path: string, passphrase: string, cost = scryptStandard): Promise<KeystoreSigner> {
  const wallet = Wallet.createRandom();
  const { address, privateKey } = wallet;
  const text = await encryptKeystoreJson({ address, privateKey }, passphrase, { scrypt: cost });
  await replaceFile(path, text, {
    async beforeRename(beside) {
      const back = await decryptKeystoreJson(readFileSync(beside, 'utf8'), passphrase);
      if (back.address !== address)
        fail('key.unreadable', { subject: path, found: 'a keystore that does not open again' });
    },
  });
  return signerOfKey(privateKey);
}

/** @throws FailureError `key.missing`, `key.exposed`, `key.unreadable`, `key.hostile_parameters`, `key.wrong_passphrase` */
export async function openKeystore(path: string, passphrase: string): Promise<KeystoreSigner> {
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      fail('key.exposed', {
        subject: path,
        expected: 'mode 0600',
        found: `mode 0${(statSync(path).mode & 0o777).toString(8)}`,
      });
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') fail('key.missing', { subject: path, cause: error });
    throw error;
  }
  if (text.length > 64_000 || !isKeystoreJson(text)) fail('key.unreadable', { subject: path });
  boundParameters(path, text);
  try {
    const { address, privateKey } = await decryptKeystoreJson(text, passphrase);
    const signer = signerOfKey(privateKey);
    if (signer.address !== address) fail('key.unreadable', { subject: path, expected: address, found: signer.address });
    return signer;
  } catch (error) {
    if ((error as { code?: string; argument?: string }).argument === 'password') {
      fail('key.wrong_passphrase', { subject: path, cause: error });
    }
    if (error instanceof FailureError) throw error;
    fail('key.unreadable', {
      subject: path,
      found: (error as { shortMessage?: string }).shortMessage ?? String(error),
      cause: error,
    });
  }
}

/** The address in a keystore file, which is not secret; with the capitals of its checksum (EIP-55). */
export function keystoreAddress(path: string): string | undefined {
  try {
    const { address } = JSON.parse(readFileSync(path, 'utf8')) as { address?: string };
    return typeof address === 'string' ? getAddress(address) : undefined;
  } catch {
    return undefined;
  }
}

function boundParameters(path: string, text: string): void {
  const parsed = JSON.parse(text) as Record<string, unknown>;
  const crypto = (parsed.crypto ?? parsed.Crypto) as { kdfparams?: Record<string, unknown> } | undefined;
  const { n, r, p, c, dklen } = crypto?.kdfparams ?? {};
  const over = (value: unknown, limit: number) =>
    value !== undefined && (typeof value !== 'number' || value > limit || value < 0);
  const memory = Number(n ?? 0) * Number(r ?? 0) * 128;
  if (!(memory <= memoryLimit) || over(p, 16) || over(c, 10_000_000) || over(dklen, 64)) {
    fail('key.hostile_parameters', {
      subject: path,
      expected: 'scrypt within 512 MiB, or PBKDF2 within 10,000,000 rounds',
      found: JSON.stringify(crypto?.kdfparams).slice(0, 200),
    });
  }
}
