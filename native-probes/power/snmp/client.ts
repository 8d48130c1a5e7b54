/**
 * Reads an SNMP agent: objects by name (GET) and columns row by row (GETBULK), versions 2c and 3. SET is not among what
 * this module can ask for. Everything an agent can draw out is bounded: rows, bytes of text, replies that lead back.
 */
import type { Session, SessionOptions, User, Varbind } from 'net-snmp';
import { Unanswered } from '../../network/connect.ts';
import type { Target } from '../../network/contract.ts';
import { printable } from '../../printable.ts';
import { guardedSockets } from './socket.ts';
import type { SnmpValue } from './values.ts';

export const reads = ['GetRequest', 'GetBulkRequest'] as const;

const perRequest = 10;
const rowsPerRequest = 20;
const maxRows = 2000;
const maxText = 4096;

export interface Agent {
  /** Values of those objects that there are. Throws `Unanswered`. */
  get(oids: readonly string[]): Promise<Map<string, SnmpValue>>;
  /** All rows of a column. Throws `Unanswered`. */
  walk(column: string): Promise<Map<string, SnmpValue>>;
  close(): void;
}

/** @param address of the target, resolved */
export async function openAgent(target: Target, address: string, port: number): Promise<Agent> {
  const netSnmp = await import('net-snmp');
  const { promise: nonsense, reject } = Promise.withResolvers<never>();
  nonsense.catch(() => {});
  const complain = (reason: string) =>
    reject(new Unanswered('nonsense', `${address} does not speak SNMP: ${printable(reason, 120)}.`));
  const options: SessionOptions = {
    port,
    retries: 1,
    timeout: 2000,
    transport: address.includes(':') ? 'udp6' : 'udp4',
    dgramModule: guardedSockets(address, { nonsense: complain }),
  };
  const secrets = target.secrets ?? {};
  const isV3 = target.options?.version === '3' || secrets.user !== undefined;
  const session = isV3
    ? netSnmp.createV3Session(address, userOf(netSnmp, target), {
        ...options,
        context: target.options?.context ?? '',
      })
    : netSnmp.createSession(address, secrets.community ?? 'public', { ...options, version: netSnmp.Version2c });
  session.on('error', (error: unknown) => complain(error instanceof Error ? error.message : String(error)));
  const within = <T>(work: Promise<T>) => Promise.race([work, nonsense]);
  return {
    get: (oids) => within(getAll(session, address, oids)),
    walk: (column) => within(walk(session, address, column)),
    close: () => void session.close(),
  };
}

/** The user of version 3 from the secrets `user`, `authKey`, `authProtocol`, `privKey`, `privProtocol`. */
function userOf(netSnmp: typeof import('net-snmp'), target: Target): User {
  const { user, authKey, privKey, authProtocol = 'sha256', privProtocol = 'aes' } = target.secrets ?? {};
  if (user === undefined) throw new Unanswered('denied', 'Version 3 needs credentials with a user: see the README.');
  const { SecurityLevel: level, AuthProtocols: auths, PrivProtocols: privs } = netSnmp;
  if (authKey === undefined) return { name: user, level: level.noAuthNoPriv };
  const auth = auths[authProtocol.toLowerCase().replace('-', '')];
  if (typeof auth !== 'number')
    throw new Unanswered('failed', `authProtocol is ${printable(authProtocol, 20)}: unknown.`);
  if (privKey === undefined) return { name: user, level: level.authNoPriv, authProtocol: auth, authKey };
  const priv = privs[privProtocol.toLowerCase()];
  if (typeof priv !== 'number')
    throw new Unanswered('failed', `privProtocol is ${printable(privProtocol, 20)}: unknown.`);
  return { name: user, level: level.authPriv, authProtocol: auth, authKey, privProtocol: priv, privKey };
}

async function getAll(session: Session, address: string, oids: readonly string[]): Promise<Map<string, SnmpValue>> {
  const values = new Map<string, SnmpValue>();
  for (let at = 0; at < oids.length; at += perRequest) {
    for (const varbind of await getSome(session, address, oids.slice(at, at + perRequest))) add(values, varbind);
  }
  return values;
}

/** An agent whose answer would not fit into one datagram says so, and is asked for half. */
async function getSome(session: Session, address: string, oids: readonly string[]): Promise<Varbind[]> {
  try {
    return await asked<Varbind[]>(address, (done) => session.get([...oids], done));
  } catch (error) {
    if (!(error instanceof TooBig) || oids.length < 2) throw error;
    const half = Math.ceil(oids.length / 2);
    return [
      ...(await getSome(session, address, oids.slice(0, half))),
      ...(await getSome(session, address, oids.slice(half))),
    ];
  }
}

async function walk(session: Session, address: string, column: string): Promise<Map<string, SnmpValue>> {
  const values = new Map<string, SnmpValue>();
  const start = `${column}.`;
  let last = column;
  for (;;) {
    const from = last;
    const [rows = []] = await asked<Varbind[][]>(address, (done) => session.getBulk([from], 0, rowsPerRequest, done));
    for (const varbind of rows) {
      if (isEnd(varbind) || !varbind.oid.startsWith(start)) return values;
      if (!follows(last, varbind.oid)) {
        throw new Unanswered('nonsense', `${address} goes round in a circle at ${printable(varbind.oid, 80)}.`);
      }
      if (values.size >= maxRows) {
        throw new Unanswered('nonsense', `${address} has more than ${maxRows} rows at ${column}.`);
      }
      add(values, varbind);
      last = varbind.oid;
    }
    if (rows.length === 0) return values;
  }
}

/** True where `next` comes after `before` in the order of OIDs. */
function follows(before: string, next: string): boolean {
  const [one, other] = [before.split('.').map(Number), next.split('.').map(Number)];
  for (let at = 0; ; at += 1) {
    const [left, right] = [one[at], other[at]];
    if (right === undefined) return false;
    if (left === undefined) return true;
    if (left !== right) return left < right;
  }
}

class TooBig extends Error {}

function asked<T>(address: string, ask: (done: (error: Error | null, answer: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    ask((error, answer) => (error === null ? resolve(answer) : reject(unanswered(error, address))));
  });
}

function unanswered(error: Error, address: string): Error {
  const text = printable(error.message, 120);
  if (error.name === 'RequestTimedOutError') {
    return new Unanswered(
      'timeout',
      `${address} is silent. A wrong community or a firewall is silence too: check the credentials and the agent's list of readers.`,
    );
  }
  if (/^TooBig/.test(text)) return new TooBig(text);
  if (/Wrong Digest|Unknown User|Unsupported Security Level|Decryption|authentication|AuthorizationError/i.test(text)) {
    return new Unanswered('denied', `${address} refuses this user (${text}): check the credentials.`);
  }
  if (error.name === 'RequestFailedError') return new Unanswered('failed', `${address} answered an error: ${text}.`);
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined) return new Unanswered('failed', `${address} cannot be reached: ${code}.`);
  return new Unanswered('nonsense', `${address} answered what no agent answers: ${text}.`);
}

/** NoSuchObject, NoSuchInstance, EndOfMibView. */
const isEnd = ({ type }: Varbind) => type >= 128 && type <= 130;

function add(values: Map<string, SnmpValue>, varbind: Varbind): void {
  const { oid, type, value } = varbind;
  if (isEnd(varbind) || value === null) return;
  if (type === 70 && Buffer.isBuffer(value)) values.set(oid, { kind: 'number', value: counter64(value) });
  else if (Buffer.isBuffer(value)) values.set(oid, { kind: 'bytes', value: value.subarray(0, maxText) });
  else if (typeof value === 'number' || typeof value === 'bigint')
    values.set(oid, { kind: 'number', value: Number(value) });
  else
    values.set(
      oid,
      type === 6 ? { kind: 'oid', value: value.slice(0, 512) } : { kind: 'bytes', value: Buffer.from(value) },
    );
}

function counter64(bytes: Buffer): number {
  return bytes.length > 9 ? Number.NaN : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
