/** A validator's own record of what it signed, in SQLite; written and flushed before a signature leaves. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fail } from '#domain/failures/failure.ts';
import type { SignedStatements } from '#ports/signed-statements.ts';
import type { SignedStatement } from '#ports/validators.ts';
import { onDatabase } from './faults.ts';

export function openSignedStatements(path: string): SignedStatements {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = onDatabase(path, () => new DatabaseSync(path));
  onDatabase(path, () =>
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS statements (
      asset_key TEXT NOT NULL,
      epoch     INTEGER NOT NULL,
      body      TEXT NOT NULL,
      PRIMARY KEY (asset_key, epoch)
    ) STRICT`),
  );
  const given: SignedStatements['given'] = (assetKey, epoch) => {
    const row = onDatabase(path, () =>
      database.prepare('SELECT body FROM statements WHERE asset_key = ? AND epoch = ?').get(assetKey, epoch),
    );
    return row === undefined ? undefined : (JSON.parse(String(row.body)) as SignedStatement);
  };
  return {
    given,
    record(signed) {
      const { assetKey, epoch } = signed.statement;
      const other = given(assetKey, epoch);
      if (other !== undefined && other.signature !== signed.signature) {
        fail('attestation.equivocation', {
          subject: assetKey,
          found: `a statement of epoch ${epoch} for manifest ${other.statement.manifestRoot}`,
        });
      }
      onDatabase(path, () =>
        database
          .prepare('INSERT OR IGNORE INTO statements VALUES (?, ?, ?)')
          .run(assetKey, epoch, JSON.stringify(signed)),
      );
    },
  };
}
