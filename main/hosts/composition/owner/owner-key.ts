/**
 * The owner's key as screens manage it: made, brought in, backed up, and the backup tried. A passphrase comes in with
 * one call and is kept in this process at most, never written, never given back.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { createKeystore, keystoreAddress, openKeystore } from '#adapters/keys/keystore.ts';
import { fail } from '#domain/failures/failure.ts';
import type { OwnerKeyState } from '#domain/owner-key.ts';
import type { Home } from '../home.ts';

export interface OwnerKey {
  state(): OwnerKeyState;
  create(passphrase: string): Promise<OwnerKeyState>;
  /** Takes a keystore of version 3 over, if it opens. An owner key that is there is never replaced. */
  bring(keystore: string, passphrase: string): Promise<OwnerKeyState>;
  /** The keystore file: encrypted, good for nothing without the passphrase. */
  backup(): { name: string; keystore: string };
  /** Opens a backup and compares; says so in the home. */
  tryBackup(keystore: string, passphrase: string): Promise<OwnerKeyState>;
  /** Keeps the passphrase in this process, if it opens the key. */
  unlock(passphrase: string): Promise<OwnerKeyState>;
  /** What was unlocked with, for the keys adapter. */
  typedPassphrase(): string | undefined;
}

export function ownerKey(home: Home): OwnerKey {
  const path = join(home.keys, 'owner.json');
  const tried = join(home.keys, 'owner.backup-tried');
  const sandboxFile = join(home.keys, 'owner.passphrase');
  let typed: string | undefined;

  const state = (): OwnerKeyState => {
    const address = keystoreAddress(path) ?? null;
    return {
      address,
      backupTried: address !== null && existsSync(tried) && readFileSync(tried, 'utf8').trim() === address,
      unlocked: address !== null && (typed !== undefined || existsSync(sandboxFile)),
    };
  };

  /** Opens keystore text as a file of its own, so that nothing half-checked comes near the owner's key. */
  async function addressIn(keystore: string, passphrase: string): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'gaib-onboard-key-'));
    try {
      const file = join(folder, 'keystore.json');
      await replaceFile(file, keystore);
      return (await openKeystore(file, passphrase)).address;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  const refuseSecond = () => {
    if (existsSync(path))
      fail('key.present', { subject: path, found: keystoreAddress(path) ?? 'a file that is no keystore' });
  };

  return {
    state,
    async create(passphrase) {
      refuseSecond();
      await createKeystore(path, passphrase);
      typed = passphrase;
      return state();
    },
    async bring(keystore, passphrase) {
      refuseSecond();
      await addressIn(keystore, passphrase);
      await replaceFile(path, keystore);
      typed = passphrase;
      return state();
    },
    backup() {
      const address = keystoreAddress(path) ?? fail('key.missing', { subject: path });
      return {
        name: `gaib-onboard-owner-${address.slice(2, 10).toLowerCase()}.json`,
        keystore: readFileSync(path, 'utf8'),
      };
    },
    async tryBackup(keystore, passphrase) {
      const own = keystoreAddress(path) ?? fail('key.missing', { subject: path });
      const found = await addressIn(keystore, passphrase);
      if (found !== own) fail('key.other_backup', { subject: 'The backup', expected: own, found });
      await replaceFile(tried, `${own}\n`);
      return state();
    },
    async unlock(passphrase) {
      await openKeystore(path, passphrase);
      typed = passphrase;
      return state();
    },
    typedPassphrase: () => typed,
  };
}
