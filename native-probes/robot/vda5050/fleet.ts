/**
 * What was heard of the robots behind one broker. A robot is known by maker and serial number, as the standard's topics
 * have it; of each kind of message the last one counts. Bounded: a broker that invents robots without end fills no
 * memory.
 */
import type { DeviceReading, Problem } from '../../contract.ts';
import { printable } from '../../printable.ts';
import { openSheet } from '../../sheet.ts';
import { identifyBySerial, robotName } from '../identity.ts';
import { isObject, type Json, textAt } from '../json.ts';
import { type Header, kindOf, type MessageKind, noteMessage, readHeader } from './parse.ts';

/** More robots than any site has behind one broker. */
export const maxRobots = 2000;
/** The longest message that is read; the longest factsheets seen are some 20 KB. */
export const maxMessageBytes = 262_144;
/** What is kept of all robots together. */
const maxKeptBytes = 32 * 1_048_576;

interface Kept {
  message: Json;
  /** When the robot's own clock says it was sent, milliseconds since 1970. */
  at: number | undefined;
  size: number;
}

interface Heard {
  header: Header;
  messages: Map<MessageKind, Kept>;
  /** A topic that names another robot than the message in it. */
  contradiction?: string;
}

export interface Fleet {
  robots: Map<string, Heard>;
  /** Bytes of the messages kept. */
  kept: number;
  /** Messages that are none of VDA 5050: how many, and why the first is none. */
  nonsense: number;
  firstNonsense?: string;
  refused: number;
}

export const emptyFleet = (): Fleet => ({ robots: new Map(), kept: 0, nonsense: 0, refused: 0 });

/** `uagv/v2/<manufacturer>/<serial>/<kind>`: the last three levels, whatever stands before them. */
export function readTopic(
  topic: string,
): { manufacturer: string; serialNumber: string; kind: MessageKind } | undefined {
  const [, manufacturer, serialNumber, kind] =
    /^(?:.+\/)?([^/]+)\/([^/]+)\/(connection|factsheet|state)$/.exec(topic) ?? [];
  if (manufacturer === undefined || serialNumber === undefined) return undefined;
  return { manufacturer, serialNumber, kind: kind as MessageKind };
}

/**
 * Takes in one message.
 * @param topic where it was said; missing in a recording of messages alone
 * @returns whether it told of a robot, or of a kind of message of one, for the first time
 */
export function hear(fleet: Fleet, text: string, topic?: string): boolean {
  const read = readMessage(text);
  if (typeof read === 'string') {
    fleet.nonsense += 1;
    fleet.firstNonsense ??= topic === undefined ? read : `${printable(topic, 120)}, ${read}`;
    return false;
  }
  const { message, header } = read;
  const key = `${header.manufacturer}/${header.serialNumber}`;
  const robot: Heard = fleet.robots.get(key) ?? { header, messages: new Map() };
  if (!fleet.robots.has(key) && fleet.robots.size >= maxRobots) {
    fleet.refused += 1;
    return false;
  }
  fleet.robots.set(key, robot);
  const place = topic === undefined ? undefined : readTopic(topic);
  if (place !== undefined && isAnother(place, header)) {
    robot.contradiction = `The topic ${printable(topic ?? '', 160)} names another robot than the message in it (${printable(key, 120)}).`;
  }
  const kind = place?.kind ?? kindOf(message);
  if (kind === 'other') return false;
  const isNews = !robot.messages.has(kind);
  keep(fleet, robot, kind, { message, at: header.at, size: text.length }, header);
  return isNews;
}

/** The message with its header, or why the text is none. */
function readMessage(text: string): { message: Json; header: Header } | string {
  if (text.length > maxMessageBytes) return `more than ${maxMessageBytes} bytes`;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return 'no JSON';
  }
  const header = readHeader(message);
  if (header === undefined || !isObject(message)) return 'no header of VDA 5050';
  return { message, header };
}

function keep(fleet: Fleet, robot: Heard, kind: MessageKind, kept: Kept, header: Header): void {
  const before = robot.messages.get(kind);
  // Robots answer late and recordings are shuffled: the one the robot's own clock calls the last counts.
  if (before?.at !== undefined && kept.at !== undefined && kept.at < before.at) return;
  const growth = kept.size - (before?.size ?? 0);
  if (fleet.kept + growth > maxKeptBytes) {
    fleet.refused += 1;
    return;
  }
  fleet.kept += growth;
  robot.messages.set(kind, kept);
  robot.header = header;
}

/** Topics may hold no `#`, `+`, `/` or `$`, so a maker may be written otherwise in one than in the message. */
function isAnother(place: { manufacturer: string; serialNumber: string }, header: Header): boolean {
  const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return (
    plain(place.manufacturer) !== plain(header.manufacturer) || plain(place.serialNumber) !== plain(header.serialNumber)
  );
}

/** True when the robot has said all it will say unasked, or is not there to say it. */
export function isComplete(robot: Heard): boolean {
  const connection = robot.messages.get('connection')?.message;
  const state = connection === undefined ? undefined : textAt(connection, 'connectionState');
  if (state !== undefined && state !== 'ONLINE') return true;
  return robot.messages.has('state') && robot.messages.has('connection');
}

/** One device for each robot, in the order of their names, and what is wrong with the rest. */
export function describeFleet(
  fleet: Fleet,
  locatorOf: (robot: string) => string,
): { devices: DeviceReading[]; problems: Problem[] } {
  const devices = [...fleet.robots]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, robot]) => describe(robot, locatorOf(printable(key, 200))));
  const problems: Problem[] = [];
  if (fleet.nonsense > 0) {
    const sentence = `${count(fleet.nonsense, 'message is', 'messages are')} none of VDA 5050: ${fleet.firstNonsense ?? ''}.`;
    problems.push({ code: 'nonsense', sentence });
  }
  if (fleet.refused > 0) {
    const sentence = `${count(fleet.refused, 'message', 'messages')} left out: this is more than ${maxRobots} robots say.`;
    problems.push({ code: 'nonsense', sentence });
  }
  return { devices, problems };
}

const count = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;

function describe(robot: Heard, locator: string): DeviceReading {
  // Whoever has an account at the broker can say this of any robot, so it is worth what a typed entry is worth.
  const sheet = openSheet('robot', locator, 'entered');
  const { header, messages } = robot;
  sheet.fact('maker', header.manufacturer);
  sheet.fact('serial', header.serialNumber);
  sheet.fact('protocol-version', header.version);
  for (const [kind, { message }] of messages) noteMessage(sheet, kind, message);
  const factsheet = messages.get('factsheet')?.message;
  const names = {
    maker: header.manufacturer,
    serial: header.serialNumber,
    model: factsheet === undefined ? undefined : textAt(factsheet, 'typeSpecification', 'seriesName'),
  };
  if (robot.contradiction === undefined) identifyBySerial(sheet, names);
  else sheet.problem('mismatch', robot.contradiction, 'serial');
  noteSilence(sheet, robot);
  return sheet.read(robotName(names, 'a mobile robot'));
}

function noteSilence(sheet: ReturnType<typeof openSheet>, { messages }: Heard): void {
  const connection = messages.get('connection')?.message;
  const connected = connection === undefined ? undefined : textAt(connection, 'connectionState');
  if (!messages.has('factsheet')) {
    sheet.problem(
      'absent',
      'The robot published no factsheet, so its model, load and size are not known: fleet control can ask for it (action factsheetRequest), this program may not.',
      'model',
    );
  }
  if (messages.has('state')) return;
  if (connected !== undefined && connected !== 'ONLINE') {
    sheet.problem('absent', `The robot is not connected (${printable(connected, 40)}), so its state is not known.`);
  } else {
    sheet.problem('timeout', 'The robot published no state while it was listened to: it should, at least every 30 s.');
  }
}
