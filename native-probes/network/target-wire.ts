/**
 * What goes between the supervisor and a worker that reads targets: one JSON object per line, both ways. In comes a
 * target with its secrets; out go the addresses that are about to be contacted, and at the end the reading.
 */
import type { Reading } from '../contract.ts';
import { NotAMessage, readReading } from '../wire.ts';
import { type Protocol, protocols, type Target } from './contract.ts';

export interface TargetRequest {
  id: number;
  target: Target;
}

export type TargetReply =
  | { type: 'contacting'; id: number; address: string; port: number }
  | { type: 'reading'; id: number; reading: Reading };

/** A request longer than this is none that this product writes. */
export const maxRequestBytes = 256 * 1024;

/** Reads one line that came in; throws `NotAMessage`. */
export function readRequest(line: string): TargetRequest {
  const { id, target } = record(parse(line), 'the request');
  const { protocol, host, port, options, secrets } = record(target, 'its target');
  const known = protocols.find((entry) => entry === protocol);
  if (known === undefined) throw new NotAMessage('its protocol is none that is known');
  if (typeof host !== 'string' || host === '' || host.length > 255) throw new NotAMessage('its host is no host');
  const result: Target = { protocol: known satisfies Protocol, host };
  if (port !== undefined) result.port = portOf(port);
  if (options !== undefined) result.options = texts(options, 'options');
  if (secrets !== undefined) result.secrets = texts(secrets, 'secrets');
  return { id: whole(id, 'id'), target: result };
}

/** Reads one line that came out; throws `NotAMessage`. Copies only known fields. */
export function readReply(line: string): TargetReply {
  const message = record(parse(line), 'the message');
  const id = whole(message.id, 'id');
  if (message.type === 'reading') return { type: 'reading', id, reading: readReading(message.reading) };
  if (message.type !== 'contacting') throw new NotAMessage('its message is of no known type');
  const { address } = message;
  if (typeof address !== 'string' || !/^[\w.:%-]{1,255}$/.test(address)) throw new NotAMessage('its address is none');
  return { type: 'contacting', id, address, port: portOf(message.port) };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The line is not quoted: it may hold a secret.
    throw new NotAMessage('a line is no JSON');
  }
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new NotAMessage(`${what} is no object`);
  }
  return value as Record<string, unknown>;
}

function texts(value: unknown, what: string): Record<string, string> {
  const entries = Object.entries(record(value, `its ${what}`));
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw new NotAMessage(`its ${what} are not all text`);
  }
  return Object.fromEntries(entries);
}

function whole(value: unknown, what: string): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw new NotAMessage(`its ${what} is no whole number`);
  return Number(value);
}

function portOf(value: unknown): number {
  const port = whole(value, 'port');
  if (port < 1 || port > 65_535) throw new NotAMessage('its port is none');
  return port;
}
