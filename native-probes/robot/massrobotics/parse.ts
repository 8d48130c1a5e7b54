/**
 * Reports of the MassRobotics AMR Interoperability Standard, as mobile robots send them to a site's server: who a robot
 * is (identity report) and what it does (status report), joined by the UUID in both. Read from recordings alone, since a
 * robot sends them and answers nobody.
 * Source: https://github.com/MassRobotics-AMR/AMR_Interop_Standard.
 */
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { printable } from '../../printable.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { identifyRobot, robotName } from '../identity.ts';
import { at, isObject, type Json, listAt, numberAt, textAt } from '../json.ts';

const maxReports = 2000;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isIdentity = (report: unknown): report is Json =>
  isReport(report) && textAt(report, 'manufacturerName') !== undefined && textAt(report, 'robotModel') !== undefined;
const isStatus = (report: unknown): report is Json =>
  isReport(report) && textAt(report, 'operationalState') !== undefined && isObject(report.location);

function isReport(report: unknown): report is Json {
  return isObject(report) && uuid.test(textAt(report, 'uuid') ?? '') && textAt(report, 'timestamp') !== undefined;
}

export function isMassRobotics(text: string): boolean {
  return reportsOf(text).some((report) => isIdentity(report) || isStatus(report));
}

export function isMassRoboticsSchema(text: string): boolean {
  if (!text.includes('identityReport')) return false;
  const schema = parsed(text);
  return (
    at(schema, 'identityReport', 'properties') !== undefined && at(schema, 'statusReport', 'properties') !== undefined
  );
}

/** One report, a list of them, or one per line. */
export function readMassRobotics(text: string): ProbeAnswer {
  const robots = new Map<string, { identity?: Json; status?: Json }>();
  const reports = reportsOf(text).filter((report) => isIdentity(report) || isStatus(report));
  for (const report of reports.slice(0, maxReports)) {
    const key = (textAt(report, 'uuid') ?? '').toLowerCase();
    const robot = robots.get(key) ?? {};
    if (isIdentity(report)) robot.identity = later(robot.identity, report);
    else robot.status = later(robot.status, report);
    robots.set(key, robot);
  }
  const problems =
    reports.length > maxReports
      ? [
          {
            code: 'nonsense' as const,
            sentence: `${reports.length - maxReports} reports left out: no site has so many robots.`,
          },
        ]
      : [];
  return { outcome: 'present', devices: [...robots].map(([key, robot]) => describe(key, robot)), problems };
}

export function readMassRoboticsSchema(): ProbeAnswer {
  return {
    outcome: 'absent',
    sentence: 'The schema of the standard defines reports; no robot sent one in it.',
    devices: [],
    problems: [],
  };
}

/** The one with the later timestamp; of two without, the last. */
function later(before: Json | undefined, report: Json): Json {
  const [one, other] = [before, report].map((entry) => Date.parse(textAt(entry, 'timestamp') ?? ''));
  return before !== undefined && one !== undefined && other !== undefined && one > other ? before : report;
}

function describe(key: string, { identity, status }: { identity?: Json; status?: Json }): DeviceReading {
  const sheet = openSheet('robot', `massrobotics/${key}`, 'entered');
  sheet.fact('uuid', key, textAt(identity ?? status, 'uuid'));
  const names = {
    maker: textAt(identity, 'manufacturerName'),
    model: textAt(identity, 'robotModel'),
    serial: textAt(identity, 'robotSerialNumber'),
  };
  if (identity === undefined) {
    sheet.problem('absent', 'There is no identity report of this robot, so nobody says who it is.', 'serial');
  } else {
    noteIdentity(sheet, identity);
    identifyRobot(sheet, names);
  }
  if (status !== undefined) noteStatus(sheet, status);
  return sheet.read(robotName(names, 'a mobile robot'));
}

function noteIdentity(sheet: Sheet, report: Json): void {
  sheet.fact('maker', textAt(report, 'manufacturerName'));
  sheet.fact('model', textAt(report, 'robotModel'));
  sheet.fact('serial', textAt(report, 'robotSerialNumber'));
  // x is ahead and y to the left of the robot.
  sheet.fact('length', numberAt(report, 'baseRobotEnvelope', 'x'));
  sheet.fact('width', numberAt(report, 'baseRobotEnvelope', 'y'));
  const height = numberAt(report, 'baseRobotEnvelope', 'z');
  if (height !== undefined && height !== 0) sheet.fact('height-max', height);
  sheet.fact('drive-speed-max', numberAt(report, 'maxSpeed'));
  // The schema says a text in kilograms.
  const weight = textAt(report, 'cargoMaxWeight');
  const kilograms = /^\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:kg)?\s*$/i.exec(weight ?? '')?.[1];
  if (kilograms !== undefined) sheet.fact('payload-max', Number(kilograms), weight);
  else if (weight !== undefined) {
    sheet.problem(
      'parse',
      `cargoMaxWeight is "${printable(weight, 60)}", which is no weight: left out.`,
      'payload-max',
      weight,
    );
  }
}

function noteStatus(sheet: Sheet, report: Json): void {
  const state = textAt(report, 'operationalState');
  sheet.fact('robot-mode', state);
  if (state === 'charging') sheet.fact('charging', true, state);
  if (state === 'manualOverride') sheet.fact('operating-mode', 'manual', state);
  sheet.fact('battery-charge', numberAt(report, 'batteryPercentage'));
  sheet.fact('drive-speed', numberAt(report, 'velocity', 'linear'));
  const errors = listAt(report, 20, 'errorCodes').filter((code) => typeof code === 'string');
  // The standard leaves the list out where there is none.
  sheet.fact('error-count', listAt(report, 10_000, 'errorCodes').length);
  if (errors.length > 0) sheet.fact('errors', errors.join(', '));
}

function reportsOf(text: string): unknown[] {
  if (!/^\s*[[{]/.test(text)) return [];
  const whole = parsed(text);
  if (Array.isArray(whole)) return whole;
  if (whole !== undefined) return [whole];
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
