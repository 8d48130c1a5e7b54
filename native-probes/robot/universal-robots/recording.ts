/** What a person recorded of a Universal Robots controller: a talk with its dashboard server, or a list of outputs. */
import type { ProbeAnswer } from '../../contract.ts';
import { readTranscript } from './dashboard.ts';
import { describeRobot } from './parse.ts';

/** @example `printf 'PolyscopeVersion\nget serial number\n' | nc -q 2 robot 29999` */
export function readDashboardTranscript(text: string): ProbeAnswer {
  const answers = readTranscript(text);
  if (answers.understood.size === 0) {
    return { outcome: 'absent', sentence: 'No answer of a robot is in it.', devices: [], problems: [] };
  }
  return { outcome: 'present', devices: [describeRobot('universal-robots', answers, undefined)], problems: [] };
}

/** Names of outputs, one per line, as clients of RTDE keep their recipes: a question and no answer. */
export function isOutputList(text: string): boolean {
  const lines = text.slice(0, 65_536).trim().split('\n');
  return lines.length > 1 && lines.every((line) => /^[a-z][\w]{2,60}$/i.test(line.trim())) && lines.some(isOutput);
}

const isOutput = (line: string) => /^(?:actual_q|robot_mode|safety_mode|runtime_state)$/.test(line.trim());

export function readOutputList(): ProbeAnswer {
  return {
    outcome: 'absent',
    sentence: 'A list of RTDE outputs says what can be asked; no robot answered in it.',
    devices: [],
    problems: [],
  };
}
