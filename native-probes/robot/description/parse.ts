/**
 * Descriptions of kinds of robots, as their makers publish them for ROS: joint limits, masses and kinematics in YAML
 * (the forms of Universal Robots and Franka), and URDF. They tell axes, limits and masses of a kind, and nobody's name.
 */
import type { ScalarTag } from 'yaml';
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { at, isObject, type Json, numberAt, textAt } from '../json.ts';
import { isUrdf, noteDescription, parseUrdf, sum } from '../urdf.ts';

const maxBytes = 262_144;

/** Universal Robots writes angles as `!degrees 360.0`; everything else is in radians. */
const degrees: ScalarTag = { tag: '!degrees', resolve: (text) => (Number(text) * Math.PI) / 180 };

/** The top of a description: what its keys are called. */
const tops = /^(?:joint_limits|inertia_parameters|kinematics|(?:joint|link)\d{1,2}):[ \t]*(?:#.*)?$/m;

export function isDescription(text: string): boolean {
  return isUrdf(text) || tops.test(text.slice(0, 65_536));
}

/** Text that is no description, with the reason. */
export class NotADescription extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotADescription';
  }
}

/** Throws `NotADescription` or `NotUrdf` where the text is none. */
export async function readDescription(text: string): Promise<ProbeAnswer> {
  return { outcome: 'present', devices: [isUrdf(text) ? fromUrdf(text) : await fromYaml(text)], problems: [] };
}

function fromUrdf(text: string): DeviceReading {
  const description = parseUrdf(text);
  const sheet = described();
  if (description.name !== '') sheet.fact('model', description.name);
  noteDescription(sheet, description);
  return sheet.read(description.name || 'a described robot');
}

async function fromYaml(text: string): Promise<DeviceReading> {
  const parsed = await parseYaml(text);
  if (!isUniversal(parsed) && frankaParts(parsed).length === 0) throw new NotADescription('it describes no robot');
  const sheet = described();
  if (!isUniversal(parsed)) {
    noteFranka(sheet, frankaParts(parsed));
    return sheet.read('a described robot');
  }
  const names = namesIn(text);
  sheet.fact('maker', names.maker);
  sheet.fact('model', names.model);
  noteUniversal(sheet, parsed);
  return sheet.read([names.maker, names.model].filter(Boolean).join(' ') || 'a described robot');
}

function described(): Sheet {
  const sheet = openSheet('robot', 'robot-description', 'entered');
  sheet.problem(
    'absent',
    'A description is of a kind of robot and of no single one: it has no serial number.',
    'serial',
  );
  return sheet;
}

/** The comment at the top names the manual the limits were taken from, and with it the robot. */
function namesIn(text: string): { maker?: string; model?: string } {
  const model = /^#\s+-\s+Universal Robots[^,\n]{0,40}, User Manual, (UR\d{1,2}\w{0,4}),/m.exec(
    text.slice(0, 4096),
  )?.[1];
  return model === undefined ? {} : { maker: 'Universal Robots', model };
}

function isUniversal(parsed: Json): boolean {
  return ['joint_limits', 'inertia_parameters', 'kinematics'].some((name) => isObject(at(parsed, name)));
}

function noteUniversal(sheet: Sheet, parsed: Json): void {
  const limits = at(parsed, 'joint_limits');
  if (isObject(limits)) {
    const joints = Object.entries(limits).filter(([, limit]) => isObject(limit));
    sheet.fact('axes', joints.length);
    for (const [name, limit] of joints.slice(0, 100)) {
      const has = (kind: string) => at(limit, `has_${kind}_limits`) !== false;
      if (has('position')) sheet.part('joint', name, 'position-min', numberAt(limit, 'min_position'));
      if (has('position')) sheet.part('joint', name, 'position-max', numberAt(limit, 'max_position'));
      if (has('velocity')) sheet.part('joint', name, 'speed-max', numberAt(limit, 'max_velocity'));
      if (has('effort')) sheet.part('joint', name, 'effort-max', numberAt(limit, 'max_effort'));
    }
  }
  const inertia = at(parsed, 'inertia_parameters');
  const masses = isObject(inertia)
    ? Object.entries(inertia).flatMap(([name, value]) =>
        /_mass$/.test(name) && typeof value === 'number' ? [value] : [],
      )
    : [];
  if (masses.length > 0) sheet.fact('mass', sum(masses));
  const kinematics = at(parsed, 'kinematics');
  if (isObject(kinematics)) {
    sheet.fact('kinematics-hash', textAt(kinematics, 'hash'));
    const links = Object.entries(kinematics).filter(([, link]) => isObject(link));
    sheet.fact('axes', links.length);
    for (const [name, link] of links.slice(0, 100)) noteDistance(sheet, name, link);
  }
}

/** `joint1`, `link3`: entries in the order of their numbers. */
function frankaParts(parsed: Json): [string, Json][] {
  return Object.entries(parsed)
    .filter((entry): entry is [string, Json] => /^(?:joint|link)\d{1,2}$/.test(entry[0]) && isObject(entry[1]))
    .slice(0, 100);
}

function noteFranka(sheet: Sheet, parts: readonly [string, Json][]): void {
  const moving = parts.filter(([, part]) => isObject(part.limit) || isObject(part.dynamic));
  if (moving.length > 0) sheet.fact('axes', moving.length);
  for (const [name, part] of parts) {
    sheet.part('joint', name, 'position-min', numberAt(part, 'limit', 'lower'));
    sheet.part('joint', name, 'position-max', numberAt(part, 'limit', 'upper'));
    sheet.part('joint', name, 'speed-max', numberAt(part, 'limit', 'velocity'));
    sheet.part('joint', name, 'effort-max', numberAt(part, 'limit', 'effort'));
    if (isObject(part.kinematic)) noteDistance(sheet, name, part.kinematic);
  }
  const masses = parts.flatMap(([, part]) => (typeof part.mass === 'number' ? [part.mass] : []));
  if (masses.length > 0) sheet.fact('mass', sum(masses));
}

function noteDistance(sheet: Sheet, name: string, place: unknown): void {
  const axes = ['x', 'y', 'z'].map((axis) => numberAt(place, axis));
  if (!axes.every((value) => value !== undefined)) return;
  sheet.part('joint', name, 'distance', Number(Math.hypot(...axes).toPrecision(9)), axes.join(' '));
}

/** The document as plain values. Names may stand twice: makers' own files have that. The library is loaded here. */
async function parseYaml(text: string): Promise<Json> {
  if (text.length > maxBytes) throw new NotADescription(`it is longer than ${maxBytes} characters`);
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, {
    uniqueKeys: false,
    customTags: [degrees],
    schema: 'core',
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined) throw new NotADescription(`it is no YAML (${printable(error.message, 120)})`);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    throw new NotADescription('it repeats itself by aliases');
  }
  if (!isObject(value)) throw new NotADescription('it describes no robot');
  return value;
}
