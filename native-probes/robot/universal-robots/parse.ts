/** What the answers of a Universal Robots controller say of the robot. Pure: answers in, sheet out. */
import type { DeviceReading } from '../../contract.ts';
import { openSheet, type Sheet } from '../../sheet.ts';
import { identifyRobot, robotName } from '../identity.ts';
import type { Answers, Question } from './dashboard.ts';
import type { RtdeReading } from './rtde.ts';

export const maker = 'Universal Robots';

/** Numbers of RTDE in the words of the dashboard; Universal Robots, RTDE Guide and Client Interfaces. */
const robotModes: Record<number, string> = {
  [-1]: 'NO_CONTROLLER',
  0: 'DISCONNECTED',
  1: 'CONFIRM_SAFETY',
  2: 'BOOTING',
  3: 'POWER_OFF',
  4: 'POWER_ON',
  5: 'IDLE',
  6: 'BACKDRIVE',
  7: 'RUNNING',
  8: 'UPDATING_FIRMWARE',
};
const safetyStates: Record<number, string> = {
  1: 'NORMAL',
  2: 'REDUCED',
  3: 'PROTECTIVE_STOP',
  4: 'RECOVERY',
  5: 'SAFEGUARD_STOP',
  6: 'SYSTEM_EMERGENCY_STOP',
  7: 'ROBOT_EMERGENCY_STOP',
  8: 'VIOLATION',
  9: 'FAULT',
  10: 'VALIDATE_JOINT_ID',
  11: 'UNDEFINED_SAFETY_MODE',
  12: 'AUTOMATIC_MODE_SAFEGUARD_STOP',
  13: 'SYSTEM_THREE_POSITION_ENABLING_STOP',
};
const programStates: Record<number, string> = {
  0: 'STOPPING',
  1: 'STOPPED',
  2: 'PLAYING',
  3: 'PAUSING',
  4: 'PAUSED',
  5: 'RESUMING',
};
/** From the foot to the flange, as the maker numbers them. */
const joints = ['base', 'shoulder', 'elbow', 'wrist1', 'wrist2', 'wrist3'];

/** The robot behind one controller, from whichever of its two ports answered. */
export function describeRobot(locator: string, answers: Answers, rtde: RtdeReading | undefined): DeviceReading {
  const sheet = openSheet('robot', locator, 'firmware');
  const said = (question: Question) => answers.understood.get(question);
  const fact = (name: Parameters<Sheet['fact']>[0], question: Question) => {
    const answer = said(question);
    if (answer !== undefined) sheet.fact(name, answer.value, answer.raw);
  };
  const number = (field: string) => {
    const value = rtde?.values.get(field);
    return typeof value === 'number' ? value : undefined;
  };
  sheet.fact('maker', maker);
  fact('model', 'get robot model');
  fact('serial', 'get serial number');
  sheet.fact('robot-class', 'articulated arm');
  if (said('PolyscopeVersion') !== undefined) sheet.fact('controller-software-name', 'PolyScope');
  fact('controller-software', 'PolyscopeVersion');
  if (said('PolyscopeVersion') === undefined) sheet.fact('controller-software', rtde?.version);
  fact('robot-mode', 'robotmode');
  if (said('robotmode') === undefined) noteCode(sheet, 'robot-mode', number('robot_mode'), robotModes);
  noteSafety(sheet, answers, number('safety_status') ?? number('safety_mode'));
  fact('program-state', 'programState');
  if (said('programState') === undefined) noteCode(sheet, 'program-state', number('runtime_state'), programStates);
  fact('operating-mode', 'get operational mode');
  const remote = said('is in remote control');
  if (remote !== undefined) sheet.fact('remote-control', remote.value === 'true');
  if (rtde !== undefined) noteOutputs(sheet, rtde, number);
  const names = { maker, model: said('get robot model')?.value, serial: said('get serial number')?.value };
  identifyRobot(sheet, names);
  for (const [question, words] of answers.strange) {
    if (question === 'safetymode' || (question === 'safetystatus' && said('safetymode') !== undefined)) continue;
    sheet.problem(
      'unsupported',
      `"${question}" was answered with "${words}": the software of this robot does not know it.`,
    );
  }
  return sheet.read(robotName(names, `${maker} robot`));
}

function noteCode(
  sheet: Sheet,
  name: 'robot-mode' | 'program-state',
  code: number | undefined,
  words: Record<number, string>,
): void {
  if (code !== undefined) sheet.fact(name, words[code] ?? `code ${code}`, String(code));
}

function noteSafety(sheet: Sheet, answers: Answers, code: number | undefined): void {
  const answer = answers.understood.get('safetystatus') ?? answers.understood.get('safetymode');
  const state = answer?.value ?? (code === undefined ? undefined : (safetyStates[code] ?? `code ${code}`));
  if (state === undefined) return;
  sheet.fact('safety-state', state, answer?.raw ?? String(code));
  if (state.startsWith('code')) return;
  sheet.fact('emergency-stop', state.includes('EMERGENCY_STOP'), state);
  sheet.fact('protective-stop', state === 'PROTECTIVE_STOP', state);
}

function noteOutputs(
  sheet: Sheet,
  { values, unknown }: RtdeReading,
  number: (field: string) => number | undefined,
): void {
  const angles = values.get('actual_q');
  if (Array.isArray(angles)) sheet.fact('axes', angles.length);
  sheet.fact('uptime', number('timestamp'));
  sheet.fact('payload', number('payload'));
  const scaling = number('speed_scaling');
  if (scaling !== undefined) sheet.fact('speed-scaling', scaling * 100, String(scaling));
  sheet.fact('supply-voltage', number('actual_robot_voltage'));
  const [volts, amperes] = [number('actual_robot_voltage'), number('actual_robot_current')];
  if (volts !== undefined && amperes !== undefined)
    sheet.fact('power-draw', volts * amperes, `${volts} V * ${amperes} A`);
  const temperatures = values.get('joint_temperatures');
  if (Array.isArray(temperatures)) {
    for (const [index, value] of temperatures.entries()) {
      sheet.part('joint', joints[index] ?? String(index + 1), 'temperature', value);
    }
  }
  if (unknown.length > 0) {
    sheet.problem('unsupported', `The software of this robot does not know the outputs ${unknown.join(', ')}.`);
  }
}
