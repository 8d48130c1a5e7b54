/**
 * Recorded messages of VDA 5050: one message, a list of them, one per line, or what `mosquitto_sub -v` prints (topic,
 * space, message). The JSON schemas of the standard are told apart: they define messages and are none.
 */
import type { ProbeAnswer } from '../../contract.ts';
import { isObject, type Json, textAt } from '../json.ts';
import { describeFleet, emptyFleet, type Fleet, hear, maxMessageBytes } from './fleet.ts';
import { readHeader } from './parse.ts';

const line = /^(?:(?<topic>[^\s{}"]+\/(?:connection|factsheet|state)) )?(?<message>\{.*\})$/;

export function isVda5050(text: string): boolean {
  const [first, topic] = firstMessage(text) ?? [];
  return topic !== undefined || readHeader(unwrapped(first)?.message) !== undefined;
}

/** A schema of the standard says in `subtopic` where its messages are sent. */
export function isVda5050Schema(text: string): boolean {
  if (!/"\$schema"/.test(text.slice(0, 4096))) return false;
  const schema = parsed(text);
  return isObject(schema) && /^\/\w+$/.test(textAt(schema, 'subtopic') ?? '') && isObject(schema.properties);
}

export function readVda5050(text: string): ProbeAnswer {
  const fleet = emptyFleet();
  const whole = parsed(text);
  if (Array.isArray(whole)) for (const entry of whole) hearEntry(fleet, entry);
  else if (whole !== undefined) hearEntry(fleet, whole);
  else for (const entry of text.split('\n')) hearLine(fleet, entry);
  return { outcome: 'present', ...describeFleet(fleet, (robot) => `vda5050/${robot}`) };
}

/** Definitions hold no robot; the sentence of the reader says so. */
export function readVda5050Schema(): ProbeAnswer {
  return {
    outcome: 'absent',
    sentence: 'A JSON schema of VDA 5050 defines messages; no robot sent one in it.',
    devices: [],
    problems: [],
  };
}

function hearLine(fleet: Fleet, text: string): void {
  const found = line.exec(text.trim())?.groups;
  if (found?.message === undefined) {
    if (text.trim() !== '') hear(fleet, text);
    return;
  }
  if (found.topic === undefined) hearEntry(fleet, parsed(found.message) ?? text);
  else hear(fleet, found.message, found.topic);
}

function hearEntry(fleet: Fleet, entry: unknown): void {
  const wrapped = unwrapped(entry);
  hear(fleet, JSON.stringify(wrapped?.message ?? entry), wrapped?.topic);
}

/** `{topic, payload}` as many recorders keep it, or the message itself. */
function unwrapped(entry: unknown): { message: Json; topic?: string } | undefined {
  if (!isObject(entry)) return undefined;
  const topic = textAt(entry, 'topic');
  if (topic === undefined || !Object.hasOwn(entry, 'payload')) return { message: entry };
  const payload = typeof entry.payload === 'string' ? parsed(entry.payload) : entry.payload;
  return isObject(payload) ? { message: payload, topic } : undefined;
}

/** The first message and, of a printed line, its topic. */
function firstMessage(text: string): [unknown, string | undefined] | undefined {
  const start = text.trimStart();
  if (!/^[[{]/.test(start) && !/^[^\s{}"]+\/(?:connection|factsheet|state) \{/.test(start.slice(0, 1024)))
    return undefined;
  const whole = parsed(text);
  if (whole !== undefined) return [Array.isArray(whole) ? whole[0] : whole, undefined];
  const found = line.exec(start.slice(0, maxMessageBytes).split('\n', 1)[0]?.trim() ?? '')?.groups;
  return found?.message === undefined ? undefined : [parsed(found.message), found.topic];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
