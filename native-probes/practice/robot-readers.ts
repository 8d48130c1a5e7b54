/** Recordings of robots. Definitions and lists of questions are told apart: they hold no robot, and it is said what they are. */
import type { ProbeAnswer } from '../contract.ts';
import { isDescription, readDescription } from '../robot/description/parse.ts';
import {
  isMassRobotics,
  isMassRoboticsSchema,
  readMassRobotics,
  readMassRoboticsSchema,
} from '../robot/massrobotics/parse.ts';
import { isTranscript } from '../robot/universal-robots/dashboard.ts';
import { isOutputList, readDashboardTranscript, readOutputList } from '../robot/universal-robots/recording.ts';
import { isVda5050, isVda5050Schema, readVda5050, readVda5050Schema } from '../robot/vda5050/recording.ts';
import type { Reader } from './reader.ts';
import type { Replayed } from './replayed.ts';

const replayed = (probe: string, answer: ProbeAnswer): Replayed[] => [{ probe, answer }];

export const robotReaders: readonly Reader[] = [
  {
    source: 'vda5050-schema',
    what: 'a JSON schema of VDA 5050, which defines messages',
    knows: isVda5050Schema,
    read: () => replayed('robot-vda-mqtt', readVda5050Schema()),
  },
  {
    source: 'vda5050',
    what: 'messages of VDA 5050',
    knows: isVda5050,
    read: (text) => replayed('robot-vda-mqtt', readVda5050(text)),
  },
  {
    source: 'massrobotics-schema',
    what: 'the JSON schema of the MassRobotics standard, which defines reports',
    knows: isMassRoboticsSchema,
    read: () => replayed('robot-massrobotics', readMassRoboticsSchema()),
  },
  {
    source: 'massrobotics',
    what: 'reports of the MassRobotics interoperability standard',
    knows: isMassRobotics,
    read: (text) => replayed('robot-massrobotics', readMassRobotics(text)),
  },
  {
    source: 'ur-dashboard',
    what: 'a talk with the dashboard server of a Universal Robots arm',
    knows: isTranscript,
    read: (text) => replayed('robot-universal-robots', readDashboardTranscript(text)),
  },
  {
    source: 'ur-rtde-outputs',
    what: 'a list of RTDE outputs, which are questions to a robot',
    knows: isOutputList,
    read: () => replayed('robot-universal-robots', readOutputList()),
  },
  {
    source: 'robot-description',
    what: 'a description of a kind of robot: joint limits, masses, kinematics in YAML, or URDF',
    knows: isDescription,
    read: async (text) => replayed('robot-description', await readDescription(text)),
  },
];
