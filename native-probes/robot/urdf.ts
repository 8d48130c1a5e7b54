/**
 * A robot as its description has it (URDF, Unified Robot Description Format: links with masses, joined by joints with
 * limits). It is of a kind of robot, written by people: no serial number, no state.
 * Source: http://wiki.ros.org/urdf/XML.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isGarbled, printable } from '../printable.ts';
import type { Sheet } from '../sheet.ts';
import { isObject, textAt } from './json.ts';

/** Descriptions name meshes and do not hold them: the largest seen are some 300 KB. */
export const maxUrdfBytes = 4 * 1_048_576;
const maxDepth = 32;
const maxParts = 2000;

/** Text that is no description of a robot, with the reason. */
export class NotUrdf extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotUrdf';
  }
}

export interface Description {
  name: string;
  joints: { name: string; type: string; limit: Partial<Record<'lower' | 'upper' | 'velocity' | 'effort', number>> }[];
  /** Joints that move by themselves. */
  axes: number;
  /** Of all links, kilograms; missing where no link has one. */
  mass: number | undefined;
}

export function isUrdf(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,4096}?-->\s*)*<robot[\s>]/.test(text.slice(0, 16_384));
}

/** Parses a description; throws `NotUrdf`, and never resolves an entity. */
export function parseUrdf(text: string): Description {
  if (text.length > maxUrdfBytes) throw new NotUrdf(`the description is longer than ${maxUrdfBytes} characters`);
  if (isGarbled(text)) throw new NotUrdf('the description is not UTF-8');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new NotUrdf('the description declares entities, which none does');
  if (depthOf(text) > maxDepth) throw new NotUrdf('the description is nested deeper than any robot');
  if (XMLValidator.validate(text) !== true) throw new NotUrdf('the description is no well-formed XML');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    isArray: (name) => name === 'joint' || name === 'link',
  });
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch (error) {
    throw new NotUrdf(
      `the description is no well-formed XML (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  const robot = isObject(parsed) ? parsed.robot : undefined;
  if (!isObject(robot)) throw new NotUrdf('the description describes no robot');
  return describe(robot);
}

function describe(robot: Readonly<Record<string, unknown>>): Description {
  const joints = parts(robot.joint).map((joint) => ({
    name: textAt(joint, 'name') ?? '',
    type: textAt(joint, 'type') ?? '',
    mimics: isObject(joint) && Object.hasOwn(joint, 'mimic'),
    limit: limitOf(joint),
  }));
  const moving = joints.filter(({ type }) => /^(?:revolute|continuous|prismatic)$/.test(type));
  const masses = parts(robot.link)
    .map((link) => numberOf(textAt(link, 'inertial', 'mass', 'value')))
    .filter((mass) => mass !== undefined);
  return {
    name: printable(textAt(robot, 'name') ?? ''),
    joints: moving.map(({ name, type, limit }) => ({ name, type, limit })),
    // A finger that follows the other one is no axis of its own.
    axes: moving.filter(({ mimics }) => !mimics).length,
    mass: masses.length === 0 ? undefined : sum(masses),
  };
}

function limitOf(joint: unknown): Description['joints'][number]['limit'] {
  const limit: Description['joints'][number]['limit'] = {};
  for (const name of ['lower', 'upper', 'velocity', 'effort'] as const) {
    const value = numberOf(textAt(joint, 'limit', name));
    if (value !== undefined) limit[name] = value;
  }
  return limit;
}

const parts = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, maxParts) : []);

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}

/** Adds without the noise of binary fractions in the last digits. */
export function sum(values: readonly number[]): number {
  return Number(values.reduce((total, value) => total + value, 0).toPrecision(12));
}

/** Puts the description on the sheet. Limits in metres, of joints that slide, are left out. */
export function noteDescription(sheet: Sheet, { axes, mass, joints }: Description): void {
  sheet.fact('axes', axes);
  sheet.fact('mass', mass);
  for (const { name, type, limit } of joints) {
    if (type === 'prismatic' || name === '') continue;
    sheet.part('joint', name, 'position-min', limit.lower);
    sheet.part('joint', name, 'position-max', limit.upper);
    sheet.part('joint', name, 'speed-max', limit.velocity);
    sheet.part('joint', name, 'effort-max', limit.effort);
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of text.matchAll(/<[/!?]?[^>]{0,100000}>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!/^<[!?]/.test(tag) && !tag.endsWith('/>')) depth += 1;
    if (depth > deepest) deepest = depth;
    if (deepest > maxDepth) return deepest;
  }
  return deepest;
}
