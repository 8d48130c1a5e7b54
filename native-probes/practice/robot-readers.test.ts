/** Every recorded robot is told by its content, and what holds no robot says what it is. */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PracticeUnreadable, readPractice } from '../practice.ts';

const robots = join(import.meta.dirname, '../robot');
const files = globSync('*/fixtures/**/*.*', { cwd: robots }).filter((file) => basename(file) !== 'SOURCES.md');

/** What holds no robot, and the sentence that says so. */
const definitions: [RegExp, RegExp][] = [
  [/^vda5050\/fixtures\/schemas\//, /a JSON schema of VDA 5050, which defines messages and holds no machine/],
  [
    /^massrobotics\/fixtures\/schema\.json$/,
    /the JSON schema of the MassRobotics standard, which defines reports and holds/,
  ],
  [
    /^universal-robots\/fixtures\/ur-rtde-/,
    /a list of RTDE outputs, which are questions to a robot and holds no machine/,
  ],
];

const probeOf: Record<string, string> = {
  description: 'robot-description',
  massrobotics: 'robot-massrobotics',
  'universal-robots': 'robot-universal-robots',
  vda5050: 'robot-vda-mqtt',
};

describe('recordings of robots', () => {
  test('there are some of each kind', () => {
    expect(files.length).toBeGreaterThanOrEqual(27);
    expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(Object.keys(probeOf).sort());
  });

  test.each(files)('%s', async (file) => {
    const definition = definitions.find(([pattern]) => pattern.test(file));
    if (definition !== undefined) {
      const refusal = await readPractice(join(robots, file)).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(PracticeUnreadable);
      expect((refusal as PracticeUnreadable).reason).toMatch(definition[1]);
      return;
    }
    const { readings } = await readPractice(join(robots, file));
    const robotsRead = readings.flatMap(({ probe, devices }) => devices.map(({ kind }) => `${probe} ${kind}`));
    expect(robotsRead).toContain(`${probeOf[file.split('/')[0] ?? '']} robot`);
  });
});
