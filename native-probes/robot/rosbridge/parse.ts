/** What a robot run by ROS says of itself through rosbridge. Pure: answers in, sheet out. */
import type { DeviceReading } from '../../contract.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { at, isObject, type Json, listAt, numberAt, textAt } from '../json.ts';
import { NotUrdf, noteDescription, parseUrdf } from '../urdf.ts';

export interface RosAnswers {
  /** Answers of rosapi; a text says why there is none. */
  version?: Json | string;
  topics?: Json | string;
  nodes?: Json | string;
  description?: string;
  jointStates?: unknown;
  battery?: unknown;
  diagnostics?: unknown;
}

export function describeRos(locator: string, answers: RosAnswers): DeviceReading {
  const sheet = openSheet('robot', locator, 'entered');
  for (const answer of [answers.version, answers.topics, answers.nodes]) {
    if (typeof answer === 'string') sheet.problem('absent', `${answer}.`);
  }
  const distribution = textAt(answers.version, 'distro');
  sheet.fact('ros-distribution', distribution);
  const version = numberAt(answers.version, 'version');
  if (version !== undefined) sheet.fact('protocol-version', `ROS ${version}`, String(version));
  const topics = at(answers.topics, 'topics');
  if (Array.isArray(topics)) sheet.fact('ros-topics', topics.length);
  const nodes = at(answers.nodes, 'nodes');
  if (Array.isArray(nodes)) sheet.fact('ros-nodes', nodes.length);
  const name = noteUrdf(sheet, answers.description);
  noteJoints(sheet, answers.jointStates);
  noteBattery(sheet, answers.battery);
  noteDiagnostics(sheet, answers.diagnostics);
  sheet.problem(
    'absent',
    'ROS has no place for a serial number: this robot has no name to be registered by. Name it by the protocol of its own controller as well.',
    'serial',
  );
  return sheet.read(name ?? 'a robot run by ROS');
}

function noteUrdf(sheet: Sheet, text: string | undefined): string | undefined {
  if (text === undefined) {
    sheet.problem('absent', 'The robot has no robot_description, so its axes and limits are not known.', 'axes');
    return undefined;
  }
  try {
    const description = parseUrdf(text);
    if (description.name !== '') sheet.fact('model', description.name);
    noteDescription(sheet, description);
    return description.name === '' ? undefined : description.name;
  } catch (error) {
    if (!(error instanceof NotUrdf)) throw error;
    sheet.problem('nonsense', `What the robot gives as its description is none: ${error.message}.`, 'axes');
    return undefined;
  }
}

/** sensor_msgs/JointState: names and angles side by side. */
function noteJoints(sheet: Sheet, message: unknown): void {
  const positions = listAt(message, 100, 'position');
  for (const [index, name] of listAt(message, 100, 'name').entries()) {
    const position = positions[index];
    if (typeof name === 'string' && name !== '' && typeof position === 'number') {
      sheet.part('joint', printable(name, 60), 'position', position);
    }
  }
}

/** sensor_msgs/BatteryState: what is not measured is NaN, which JSON has as null. */
function noteBattery(sheet: Sheet, message: unknown): void {
  const share = numberAt(message, 'percentage');
  if (share !== undefined) sheet.fact('battery-charge', share * 100, String(share));
  sheet.fact('battery-voltage', numberAt(message, 'voltage'));
  const status = numberAt(message, 'power_supply_status');
  // 1 charging, 2 discharging, 3 not charging, 4 full.
  if (status !== undefined && status >= 1 && status <= 4) sheet.fact('charging', status === 1, String(status));
}

/** diagnostic_msgs/DiagnosticArray: level 2 is an error, 3 a part that says nothing any more. */
function noteDiagnostics(sheet: Sheet, message: unknown): void {
  const list = at(message, 'status');
  if (!Array.isArray(list)) return;
  const errors = list.slice(0, 1000).filter((status) => isObject(status) && (numberAt(status, 'level') ?? 0) >= 2);
  sheet.fact('error-count', errors.length);
  const names = errors.map((status) => textAt(status, 'name') ?? '').filter((name) => name !== '');
  if (names.length > 0) sheet.fact('errors', [...new Set(names)].slice(0, 10).join(', '));
}
