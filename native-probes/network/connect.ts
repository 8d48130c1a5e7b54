/**
 * How a probe gets to its target: the name resolved once, the owner told of the address before it is contacted, and
 * every way this can fail turned into an answer with a sentence.
 */
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import type { ProbeAnswer } from '../contract.ts';
import { printable } from '../printable.ts';
import type { NetworkProbeContext, Target } from './contract.ts';

/** Why a target gave no facts, as its answer will say it. */
export class Unanswered extends Error {
  readonly outcome: Exclude<ProbeAnswer['outcome'], 'present'>;
  constructor(outcome: Unanswered['outcome'], sentence: string) {
    super(sentence);
    this.name = 'Unanswered';
    this.outcome = outcome;
  }
}

/** `10.0.0.7:3493`, `[2001:db8::7]:3493`. */
export function endpoint(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * Locator of a device behind a target, unique in a sweep: `snmp://pdu-3:161`, `modbus://10.0.0.7:502/unit-1`. It joins
 * readings and is no identity.
 */
export function targetLocator(target: Target, defaultPort: number, part?: string): string {
  const place = `${target.protocol}://${endpoint(target.host, target.port ?? defaultPort)}`;
  return part === undefined ? place : `${place}/${part}`;
}

/** The address behind a host name; throws `Unanswered` where there is none. */
export async function resolveHost(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  try {
    return (await lookup(host)).address;
  } catch {
    throw new Unanswered('absent', `No address is known for the name ${printable(host, 80)}: check how it is written.`);
  }
}

/** A TCP connection to the target, opened within `connectMs`; throws `Unanswered`. Destroyed when the signal aborts. */
export async function openTcp(
  target: Target,
  defaultPort: number,
  context: NetworkProbeContext,
  connectMs = 5000,
): Promise<Socket> {
  const address = await resolveHost(target.host);
  const port = target.port ?? defaultPort;
  context.signal.throwIfAborted();
  context.contacting(address, port);
  const socket = connect({ host: address, port });
  const destroy = () => socket.destroy();
  context.signal.addEventListener('abort', destroy, { once: true });
  socket.once('close', () => context.signal.removeEventListener('abort', destroy));
  try {
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(silent(address, port, connectMs)), connectMs);
      socket.once('connect', () => {
        clearTimeout(late);
        resolve();
      });
      socket.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
    });
  } catch (error) {
    socket.destroy();
    throw unansweredBy(error, endpoint(address, port));
  }
  // An error after this point reaches whoever reads; without a listener it would end the process.
  socket.on('error', () => {});
  return socket;
}

function silent(address: string, port: number, ms: number): Unanswered {
  return new Unanswered('timeout', `${endpoint(address, port)} is silent: no connection within ${ms / 1000} s.`);
}

/** Errors of the system's sockets, by code, in words. */
const meanings: Record<string, [Unanswered['outcome'], string]> = {
  ECONNREFUSED: ['failed', 'refused the connection: nothing listens there, or a firewall says so.'],
  ECONNRESET: ['failed', 'broke the connection off.'],
  EPIPE: ['failed', 'broke the connection off.'],
  EHOSTUNREACH: ['failed', 'cannot be reached from here: there is no way to that host.'],
  ENETUNREACH: ['failed', 'cannot be reached from here: there is no way to that network.'],
  EHOSTDOWN: ['failed', 'is down.'],
  ETIMEDOUT: ['timeout', 'is silent.'],
  EACCES: ['denied', 'may not be contacted by this user.'],
};

/** The error as `Unanswered`; what is no error of a connection is thrown on. */
export function unansweredBy(error: unknown, where: string): Unanswered {
  if (error instanceof Unanswered) return error;
  const code = (error as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' ? meanings[code] : undefined;
  if (known === undefined) throw error;
  return new Unanswered(known[0], `${where} ${known[1]}`);
}

/** Runs a read; `Unanswered` becomes the answer that it stands for. Anything else is a fault and thrown on. */
export async function answerOf(read: () => Promise<ProbeAnswer>): Promise<ProbeAnswer> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    const { outcome, message } = error;
    const isVerdict = outcome === 'timeout' || outcome === 'nonsense';
    return {
      outcome,
      sentence: message,
      devices: [],
      problems: isVerdict ? [{ code: outcome, sentence: message }] : [],
    };
  }
}
