/**
 * The journal in SQLite: write-ahead log, every commit flushed to the disk (synchronous=FULL), one migration per file.
 * The only importer of node:sqlite besides the lock beside it.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { type Failure, fail } from '#domain/failures/failure.ts';
import type { Receipt } from '#domain/receipt.ts';
import type { Figure, RunEvent, RunRecord, StepRecord, TransactionRecord } from '#domain/run.ts';
import { stepNames } from '#domain/step.ts';
import type { Clock } from '#ports/clock.ts';
import { type Journal, recordOf, type StoredTransaction } from '#ports/journal.ts';
import { onDatabase } from './faults.ts';
import { runs } from './migrations/0010-runs.ts';

const migrations: readonly string[] = [runs];

type Row = Record<string, SQLOutputValue>;

/** @throws FailureError `journal.broken`, `journal.newer`, `disk.*` */
export function openJournal(path: string, clock: Clock, crossed: (point: string) => void = () => {}): Journal {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = openDatabase(path);
  const all = (sql: string, ...values: (string | number | null)[]) =>
    onDatabase(path, () => database.prepare(sql).all(...values) as Row[]);
  const one = (sql: string, ...values: (string | number | null)[]) => all(sql, ...values)[0];
  const write = (sql: string, ...values: (string | number | null)[]) => {
    onDatabase(path, () => database.prepare(sql).run(...values));
  };
  const now = () => clock.now().toISOString();

  const stepsOf = (run: string): StepRecord[] => {
    const rows = new Map(all('SELECT * FROM steps WHERE run = ?', run).map((row) => [String(row.name), row]));
    const transactions = Map.groupBy(transactionRows(run), ({ step }) => step);
    return stepNames.map((name) => stepOf(name, rows.get(name), (transactions.get(name) ?? []).map(recordOf)));
  };
  const transactionRows = (run: string) =>
    all('SELECT * FROM transactions WHERE run = ? ORDER BY id', run).map(storedOf);
  const runOf = (row: Row): RunRecord => ({
    id: String(row.id),
    network: String(row.network),
    practice: String(row.subject).startsWith('practice:'),
    startedAt: String(row.started_at),
    ...(row.finished_at === null ? {} : { finishedAt: String(row.finished_at) }),
    steps: stepsOf(String(row.id)),
  });

  return {
    async openRun({ network, genesis, subject }, fresh) {
      // A run whose asset turned out to be taken has nothing to go on with; the one before it may have taken it.
      const known = one(
        `SELECT * FROM runs WHERE network = ? AND genesis = ? AND subject = ? AND NOT EXISTS (
           SELECT 1 FROM steps WHERE run = id AND state = 'failed' AND json_extract(failure, '$.code') = 'asset.taken'
         ) ORDER BY rowid DESC LIMIT 1`,
        network,
        genesis,
        subject,
      );
      if (known !== undefined && !fresh) return runOf(known);
      const id = randomUUID();
      write('INSERT INTO runs VALUES (?, ?, ?, ?, ?, NULL, NULL)', id, network, genesis, subject, now());
      crossed('journal run opened');
      return runOf(one('SELECT * FROM runs WHERE id = ?', id) ?? {});
    },
    async run(id) {
      const row = one('SELECT * FROM runs WHERE id = ?', id);
      return row === undefined ? undefined : runOf(row);
    },
    async runs() {
      return all('SELECT * FROM runs ORDER BY rowid DESC').map(runOf);
    },
    async outcome<T>(run: string, step: string) {
      const row = one("SELECT outcome FROM steps WHERE run = ? AND name = ? AND state = 'done'", run, step);
      return row === undefined ? undefined : (JSON.parse(String(row.outcome)) as T);
    },
    async stepIntended(run, step) {
      write(
        `INSERT INTO steps (run, name, state, started_at) VALUES (?, ?, 'running', ?)
         ON CONFLICT (run, name) DO UPDATE SET state = 'running', started_at = excluded.started_at, finished_at = NULL, failure = NULL`,
        run,
        step,
        now(),
      );
      crossed(`journal ${step} intended`);
    },
    async stepDone(run, step, outcome, figures) {
      write(
        `UPDATE steps SET state = 'done', finished_at = ?, outcome = ?, figures = ?, failure = NULL WHERE run = ? AND name = ?`,
        now(),
        JSON.stringify(outcome ?? null),
        JSON.stringify(figures),
        run,
        step,
      );
      crossed(`journal ${step} done`);
    },
    async stepFailed(run, step, failure) {
      write(
        "UPDATE steps SET state = 'failed', finished_at = ?, failure = ? WHERE run = ? AND name = ?",
        now(),
        JSON.stringify(failure),
        run,
        step,
      );
    },
    async runFinished(run) {
      write('UPDATE runs SET finished_at = ? WHERE id = ?', now(), run);
      crossed('journal run finished');
    },
    async storeReceipt(run, receipt) {
      write('UPDATE runs SET receipt = ? WHERE id = ?', JSON.stringify(receipt), run);
      crossed('journal receipt stored');
    },
    async receipt(run) {
      const row = one('SELECT receipt FROM runs WHERE id = ? AND receipt IS NOT NULL', run);
      return row === undefined ? undefined : (JSON.parse(String(row.receipt)) as Receipt);
    },
    async addEvent(event) {
      write('INSERT INTO events (run, at, body) VALUES (?, ?, ?)', event.run, event.at, JSON.stringify(event));
      const id = Number(one('SELECT last_insert_rowid() AS id')?.id);
      return { ...event, id };
    },
    async eventsAfter(run, id) {
      return all('SELECT id, body FROM events WHERE run = ? AND id > ? ORDER BY id', run, id).map(
        (row) => ({ ...JSON.parse(String(row.body)), id: Number(row.id) }) as RunEvent,
      );
    },
    async transaction(run, purpose) {
      const row = one('SELECT * FROM transactions WHERE run = ? AND purpose = ?', run, purpose);
      return row === undefined ? undefined : storedOf(row);
    },
    async transactionsOf(run) {
      return transactionRows(run);
    },
    async transactionsOn(genesis) {
      return all('SELECT * FROM transactions WHERE genesis = ? ORDER BY id', genesis).map(storedOf);
    },
    async addTransaction(genesis, t) {
      write(
        `INSERT INTO transactions (genesis, run, step, purpose, sender, recipient, nonce, raw, hash, state, note)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        genesis,
        t.run,
        t.step,
        t.purpose,
        t.from,
        t.to,
        t.nonce,
        t.raw,
        t.hash,
        t.state,
        t.note ?? null,
      );
      crossed(`journal ${t.purpose} signed`);
    },
    async updateTransaction(t) {
      write(
        'UPDATE transactions SET purpose = ?, state = ?, block = ?, block_hash = ?, gas_used = ?, fee = ?, note = ? WHERE hash = ?',
        t.purpose,
        t.state,
        t.block ?? null,
        t.blockHash ?? null,
        t.gasUsed ?? null,
        t.fee ?? null,
        t.note ?? null,
        t.hash,
      );
      crossed(`journal ${t.purpose} ${t.state}`);
    },
    async nextNonce(genesis, from) {
      const row = one('SELECT MAX(nonce) AS last FROM transactions WHERE genesis = ? AND sender = ?', genesis, from);
      return row?.last === null || row?.last === undefined ? undefined : Number(row.last) + 1;
    },
    close() {
      database.close();
    },
  };
}

function openDatabase(path: string): DatabaseSync {
  const database = onDatabase(path, () => new DatabaseSync(path));
  try {
    onDatabase(path, () => migrate(database, path));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync, path: string): void {
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  );
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > migrations.length) {
    fail('journal.newer', {
      subject: path,
      expected: `version ${migrations.length} at most`,
      found: `version ${version}`,
    });
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${sql} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

function stepOf(name: StepRecord['name'], row: Row | undefined, transactions: TransactionRecord[]): StepRecord {
  if (row === undefined) return { name, state: 'waiting', figures: [], transactions };
  const startedAt = String(row.started_at);
  const finishedAt = row.finished_at === null ? undefined : String(row.finished_at);
  return {
    name,
    state: row.state as StepRecord['state'],
    startedAt,
    ...(finishedAt === undefined ? {} : { finishedAt, elapsedMs: Date.parse(finishedAt) - Date.parse(startedAt) }),
    figures: row.figures === null ? [] : (JSON.parse(String(row.figures)) as Figure[]),
    transactions,
    ...(row.failure === null ? {} : { failure: JSON.parse(String(row.failure)) as Failure }),
  };
}

function storedOf(row: Row): StoredTransaction {
  const text = (value: SQLOutputValue | undefined) =>
    value === null || value === undefined ? undefined : String(value);
  const [block, blockHash, gasUsed, fee, note] = [
    row.block,
    text(row.block_hash),
    text(row.gas_used),
    text(row.fee),
    text(row.note),
  ];
  return {
    purpose: String(row.purpose),
    run: String(row.run),
    step: row.step as StoredTransaction['step'],
    from: String(row.sender),
    to: row.recipient === null ? null : String(row.recipient),
    nonce: Number(row.nonce),
    raw: String(row.raw),
    hash: String(row.hash),
    state: row.state as StoredTransaction['state'],
    ...(block === null || block === undefined ? {} : { block: Number(block) }),
    ...(blockHash === undefined ? {} : { blockHash }),
    ...(gasUsed === undefined ? {} : { gasUsed }),
    ...(fee === undefined ? {} : { fee }),
    ...(note === undefined ? {} : { note }),
  };
}
