/**
 * What a worker may say, checked by whoever hears it. A worker runs foreign libraries: what comes out of it is believed
 * no further than this reaches.
 */
import {
  type DeviceReading,
  type IdentityClaim,
  identitySchemes,
  type Observation,
  type Problem,
  type Reading,
} from './contract.ts';
import { printable } from './printable.ts';

export type WorkerMessage =
  | { type: 'readings'; readings: Reading[] }
  | { type: 'unreadable'; path: string; reason: string }
  | { type: 'unknown'; probe: string };

/** A worker that says more than this is not answering a question. */
export const maxMessageBytes = 8 * 1_048_576;

const outcomes = ['present', 'absent', 'denied', 'failed', 'timeout', 'crashed', 'nonsense'] as const;
const kinds = ['host', 'gpu', 'accelerator', 'robot', 'power', 'network'] as const;
const trusts = ['signed', 'firmware', 'host', 'entered'] as const;
const problemCodes = [
  'absent',
  'placeholder',
  'denied',
  'timeout',
  'crashed',
  'nonsense',
  'lost',
  'mismatch',
  'parse',
  'unsupported',
  'vanished',
] as const;

/** Bytes that are no message, with the sentence that says why. */
export class NotAMessage extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotAMessage';
  }
}

/** Reads the one line a worker says; throws `NotAMessage`. Copies only known fields, so nothing else comes in. */
export function readMessage(bytes: Buffer): WorkerMessage {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotAMessage('it said bytes that are no UTF-8');
  }
  if (text.trim() === '') throw new NotAMessage('it ended without saying anything');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new NotAMessage(`it said something that is no reading ("${printable(text, 60)}")`);
  }
  const message = record(parsed, 'the message');
  if (message.type === 'readings')
    return { type: 'readings', readings: list(message.readings, 'readings', readReading) };
  if (message.type === 'unreadable') {
    return { type: 'unreadable', path: string(message.path, 'path'), reason: string(message.reason, 'reason') };
  }
  if (message.type === 'unknown') return { type: 'unknown', probe: string(message.probe, 'probe') };
  throw new NotAMessage('its message is of no known type');
}

/** A reading as another process said it; throws `NotAMessage`. */
export function readReading(value: unknown): Reading {
  const entry = record(value, 'a reading');
  const result: Reading = {
    probe: string(entry.probe, 'probe'),
    startedAt: string(entry.startedAt, 'startedAt'),
    elapsedMs: number(entry.elapsedMs, 'elapsedMs'),
    outcome: oneOf(entry.outcome, outcomes, 'outcome'),
    devices: list(entry.devices, 'devices', device),
    problems: list(entry.problems, 'problems', problem),
  };
  if (entry.sentence !== undefined) result.sentence = string(entry.sentence, 'sentence', 1000);
  if (entry.target !== undefined) result.target = string(entry.target, 'target');
  if (entry.contacted !== undefined) {
    result.contacted = list(entry.contacted, 'contacts', (contact) => string(contact, 'contact'));
  }
  if (entry.recording !== undefined) result.recording = string(entry.recording, 'recording');
  return result;
}

function device(value: unknown): DeviceReading {
  const entry = record(value, 'a device');
  return {
    kind: oneOf(entry.kind, kinds, 'kind'),
    locator: string(entry.locator, 'locator'),
    name: string(entry.name, 'name'),
    identity: list(entry.identity, 'identity', claim),
    observations: list(entry.observations, 'observations', observation),
    problems: list(entry.problems, 'problems', problem),
  };
}

function claim(value: unknown): IdentityClaim {
  const entry = record(value, 'an identity');
  return {
    scheme: oneOf(entry.scheme, identitySchemes, 'scheme'),
    value: string(entry.value, 'value'),
    trust: oneOf(entry.trust, trusts, 'trust'),
  };
}

function observation(value: unknown): Observation {
  const entry = record(value, 'an observation');
  const said = entry.value;
  const result: Observation = {
    name: string(entry.name, 'name'),
    value: typeof said === 'boolean' ? said : typeof said === 'number' ? number(said, 'value') : string(said, 'value'),
    trust: oneOf(entry.trust, trusts, 'trust'),
  };
  if (entry.unit !== undefined) result.unit = string(entry.unit, 'unit');
  if (entry.raw !== undefined) result.raw = string(entry.raw, 'raw');
  return result;
}

function problem(value: unknown): Problem {
  const entry = record(value, 'a problem');
  const result: Problem = {
    code: oneOf(entry.code, problemCodes, 'code'),
    sentence: string(entry.sentence, 'sentence', 1000),
  };
  if (entry.field !== undefined) result.field = string(entry.field, 'field');
  if (entry.raw !== undefined) result.raw = string(entry.raw, 'raw');
  return result;
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new NotAMessage(`${what} is no object`);
  return value as Record<string, unknown>;
}

function list<T>(value: unknown, what: string, each: (entry: unknown) => T): T[] {
  if (!Array.isArray(value)) throw new NotAMessage(`its ${what} are no list`);
  if (value.length > 10_000) throw new NotAMessage(`its ${what} are ${value.length}`);
  return value.map(each);
}

function string(value: unknown, what: string, limit = 512): string {
  if (typeof value !== 'string') throw new NotAMessage(`its ${what} is no text`);
  return printable(value, limit);
}

function number(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new NotAMessage(`its ${what} is no number`);
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], what: string): T {
  const found = allowed.find((entry) => entry === value);
  if (found === undefined) throw new NotAMessage(`its ${what} is none that is known`);
  return found;
}
