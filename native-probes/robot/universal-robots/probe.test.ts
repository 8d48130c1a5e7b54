/** The probe against a controller over real TCP, and against what else may listen on its ports. */
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import type { Target } from '../../network/contract.ts';
import { isTranscript, noAnswers, noteAnswer, questions, readTranscript } from './dashboard.ts';
import { firstPackage, NotRtde, readData, readRecipe, requestPackage, requests, setupOutputs } from './frames.ts';
import { describeRobot } from './parse.ts';
import { universalRobotsProbe } from './probe.ts';
import { isOutputList, readDashboardTranscript } from './recording.ts';
import { outputs } from './rtde.ts';
import { type ControllerSettings, measured, pack, startController, ur12e } from './stub/controller.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const runs = Number(process.env.FC_RUNS ?? 200);

async function read(settings: ControllerSettings = {}, change: { port?: number; rtde?: number } = {}) {
  const controller = await startController(settings);
  const contacted: string[] = [];
  const target: Target = {
    protocol: 'universal-robots',
    host: '127.0.0.1',
    port: change.port ?? controller.dashboardPort,
    options: { 'rtde-port': String(change.rtde ?? controller.rtdePort) },
  };
  try {
    const answer = await universalRobotsProbe.read(target, {
      signal: new AbortController().signal,
      contacting: (address, port) => contacted.push(`${address}:${port}`),
    });
    return { answer, contacted, controller };
  } finally {
    await controller.close();
  }
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

/** What a person reads in the recorded answers of a UR12e. */
const ur12eFacts = {
  maker: 'Universal Robots',
  model: 'UR10',
  serial: '20255100083',
  'controller-software-name': 'PolyScope',
  'controller-software': '5.22.1.1214860',
  'robot-mode': 'RUNNING',
  'safety-state': 'NORMAL',
  'emergency-stop': false,
  'protective-stop': false,
  'program-state': 'STOPPED',
  'operating-mode': 'MANUAL',
};

describe('an arm', () => {
  test('is one asset with all its facts, and was told nothing but questions', async () => {
    const { answer, contacted, controller } = await read();
    expect(answer).toMatchObject({ outcome: 'present', problems: [] });
    expect(answer.devices).toHaveLength(1);
    const [arm] = answer.devices;
    expect(arm).toMatchObject({
      kind: 'robot',
      name: 'Universal Robots UR10',
      locator: `universal-robots://127.0.0.1:${controller.dashboardPort}`,
      identity: [{ scheme: 'thing-serial', value: 'universal robots:UR10:20255100083', trust: 'firmware' }],
      problems: [],
    });
    expect(facts(arm)).toEqual({
      ...ur12eFacts,
      'robot-class': 'articulated arm',
      'remote-control': false,
      axes: 6,
      uptime: 86_400.5,
      payload: 1.07,
      'speed-scaling': 75,
      'supply-voltage': 48,
      'power-draw': 120,
      'joint.base.temperature': 31.5,
      'joint.shoulder.temperature': 32,
      'joint.elbow.temperature': 33.25,
      'joint.wrist1.temperature': 36,
      'joint.wrist2.temperature': 37.5,
      'joint.wrist3.temperature': 38,
    });
    expect(contacted.sort()).toEqual(
      [`127.0.0.1:${controller.dashboardPort}`, `127.0.0.1:${controller.rtdePort}`].sort(),
    );
    expect(controller.lines).toEqual([...questions]);
    expect(controller.packages).toEqual(['V', 'v', 'O', 'S', 'P']);
    expect(controller.moved).toBe(false);
    for (const line of controller.lines) expect(universalRobotsProbe.reads).toContain(line);
    const names = new Map(Object.entries(requests).map(([name, code]) => [String.fromCharCode(code), name]));
    for (const type of controller.packages) expect(universalRobotsProbe.reads).toContain(names.get(type));
  });

  test('with older software is asked again without what it does not know', async () => {
    const { safety_status: _, ...older } = measured;
    const { safetystatus: __, 'get operational mode': ___, ...answers } = ur12e;
    const { answer, controller } = await read({
      outputs: older,
      answers: {
        ...answers,
        PolyscopeVersion: 'URSoftware 3.15.8.106339 (Jul 15 2022)',
        safetymode: 'Safetymode: ROBOT_EMERGENCY_STOP',
      },
    });
    const [arm] = answer.devices;
    expect(facts(arm)).toMatchObject({
      'controller-software': '3.15.8.106339',
      'safety-state': 'ROBOT_EMERGENCY_STOP',
      'emergency-stop': true,
      axes: 6,
    });
    expect(arm?.problems.map(({ sentence }) => sentence)).toEqual([
      'The software of this robot does not know the outputs safety_status.',
      `"get operational mode" was answered with "could not understand: 'get operational mode'": the software of this robot does not know it.`,
    ]);
    expect(controller.recipes).toEqual([
      outputs.join(','),
      outputs.filter((field) => field !== 'safety_status').join(','),
    ]);
  });

  test('without a dashboard server has no name, and says how to get one', async () => {
    const { answer } = await read({}, { port: 1 });
    expect(answer.outcome).toBe('present');
    const [arm] = answer.devices;
    expect(arm).toMatchObject({ name: 'Universal Robots', identity: [] });
    expect(facts(arm)).toMatchObject({
      'controller-software': '5.22.1.1214860',
      'robot-mode': 'RUNNING',
      'safety-state': 'NORMAL',
      'program-state': 'STOPPED',
      payload: 1.07,
    });
    expect(answer.problems).toEqual([
      { code: 'absent', sentence: '127.0.0.1:1 refused the connection: nothing listens there, or a firewall says so.' },
    ]);
    expect(arm?.problems.at(-1)?.sentence).toMatch(/^Only the dashboard server says model and serial number/);
  });

  test('without RTDE has its name and state', async () => {
    const { answer } = await read({}, { rtde: 1 });
    const [arm] = answer.devices;
    expect(arm?.identity.map(({ value }) => value)).toEqual(['universal robots:UR10:20255100083']);
    expect(facts(arm)).toMatchObject(ur12eFacts);
    expect(facts(arm)).not.toHaveProperty('axes');
    expect(answer.problems).toHaveLength(1);
  });

  test('in a protective stop says so', async () => {
    const { answer } = await read({ answers: { ...ur12e, safetystatus: 'Safetystatus: PROTECTIVE_STOP' } });
    expect(facts(answer.devices[0])).toMatchObject({ 'protective-stop': true, 'emergency-stop': false });
  });

  test('with a placeholder for a serial number has no name', async () => {
    const { answer } = await read({ answers: { ...ur12e, 'get serial number': '00000000000' } });
    expect(answer.devices[0]?.identity).toEqual([]);
  });
});

test('a recorded talk gives the facts a person reads in it', () => {
  const text = fixture('ur12e-dashboard.txt');
  expect(isTranscript(text)).toBe(true);
  const { devices } = readDashboardTranscript(text);
  expect(facts(devices[0])).toMatchObject({ ...ur12eFacts, 'remote-control': false });
  expect(devices[0]?.identity.map(({ value }) => value)).toEqual(['universal robots:UR10:20255100083']);
  expect(devices[0]?.problems).toEqual([]);
});

test('lists of outputs are told apart, and every output that is asked for is one', () => {
  for (const file of ['ur-rtde-output-fields.txt', 'ur-rtde-output-recipe.txt']) {
    expect(isOutputList(fixture(file)), file).toBe(true);
  }
  const all = fixture('ur-rtde-output-fields.txt').trim().split('\n');
  for (const output of outputs) expect(all).toContain(output);
  expect(isOutputList('processor\nmodel\n')).toBe(false);
});

/** Servers that are no robot, by what they do to a client. */
const strangers: [string, (socket: Socket) => void, RegExp][] = [
  ['hangs up', (socket) => socket.end(), /closed the connection/],
  [
    'speaks HTTP',
    (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    /no dashboard server|closed the connection before/,
  ],
  ['sends ten megabytes', (socket) => socket.write(Buffer.alloc(10_000_000, 'x')), /more than|does not speak RTDE/],
  ['sends zeros', (socket) => socket.write(Buffer.alloc(64)), /no line within|does not speak RTDE/],
  [
    'drips',
    (socket) => {
      const timer = setInterval(() => socket.write('x'), 100);
      socket.on('close', () => clearInterval(timer));
    },
    /no whole line|drips|did not answer as a robot/,
  ],
  ['says nothing', (socket) => socket.resume(), /no line within|did not answer as a robot/],
];

describe.concurrent('a server that is no robot', () => {
  test.each(strangers)('and %s costs the dashboard its facts and nothing else', async (_, speak, sentence) => {
    const { answer } = await read({ dashboard: speak });
    expect(answer.outcome).toBe('present');
    expect(facts(answer.devices[0])).toMatchObject({ axes: 6, payload: 1.07 });
    expect(answer.problems).toHaveLength(1);
    expect(answer.problems[0]?.sentence).toMatch(sentence);
  });

  test.each(strangers)('and %s costs RTDE its facts and nothing else', async (_, speak, sentence) => {
    const { answer } = await read({ rtde: speak });
    expect(answer.outcome).toBe('present');
    expect(facts(answer.devices[0])).toMatchObject(ur12eFacts);
    expect(answer.problems).toHaveLength(1);
    expect(answer.problems[0]?.sentence).toMatch(sentence);
  });

  test.each(strangers)('and %s on both ports is an answer', async (_, speak) => {
    const { answer } = await read({ dashboard: speak, rtde: speak });
    expect(answer).toMatchObject({ devices: [] });
    expect(['failed', 'nonsense', 'timeout']).toContain(answer.outcome);
    expect(answer.sentence).toMatch(/\.$/);
  });

  test('a payload below nothing, no number and a robot mode of nobody are no facts', async () => {
    const { answer } = await read({
      answers: {},
      outputs: { ...measured, payload: ['DOUBLE', -3], timestamp: ['DOUBLE', Number.NaN], robot_mode: ['INT32', 77] },
    });
    const [arm] = answer.devices;
    expect(facts(arm)).not.toHaveProperty('payload');
    expect(facts(arm)).not.toHaveProperty('uptime');
    expect(facts(arm)).toMatchObject({ 'robot-mode': 'code 77' });
    expect(arm?.problems.filter(({ code }) => code === 'parse').map(({ field }) => field)).toEqual([
      'uptime',
      'payload',
    ]);
  });

  test('a robot that speaks another version of RTDE', async () => {
    const { answer } = await read({ protocolVersions: [1] });
    expect(answer.problems[0]?.sentence).toMatch(/does not speak version 2 of RTDE/);
    expect(facts(answer.devices[0])).toMatchObject(ur12eFacts);
  });
});

describe('frames', () => {
  test('only requests of the list can be built', () => {
    const letters = Object.keys(requests).map((name) =>
      requestPackage(name as keyof typeof requests).toString('latin1', 2, 3),
    );
    expect(letters.sort()).toEqual(['O', 'P', 'S', 'V', 'v']);
    expect(setupOutputs(10, ['timestamp']).toString('latin1', 2, 3)).toBe('O');
  });

  test('cut anywhere come together again', () => {
    const bytes = Buffer.concat([pack('V', Buffer.from([1])), pack('v', Buffer.alloc(16))]);
    for (let cut = 0; cut < bytes.length; cut += 1) {
      const first = firstPackage(bytes.subarray(0, cut));
      expect(first?.payload.length ?? 0).toBe(cut >= 4 ? 1 : 0);
    }
  });

  test('any bytes are a package, part of one or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          const found = firstPackage(Buffer.from(bytes));
          if (found === undefined) return;
          const recipe = readRecipe(found.payload, ['a', 'b']);
          readData(found.payload, recipe);
        } catch (error) {
          expect(error).toBeInstanceOf(NotRtde);
        }
      }),
      { numRuns: runs * 5 },
    );
  });
});

test('any answers give facts that can be, or a problem', () => {
  const reply = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(ur12e)));
  fc.assert(
    fc.property(fc.array(reply, { minLength: questions.length, maxLength: questions.length }), (replies) => {
      const answers = noAnswers();
      for (const [index, question] of questions.entries()) noteAnswer(answers, question, replies[index] ?? '');
      const robot = describeRobot('robot', answers, undefined);
      for (const { name, value } of robot.observations) expect(String(value), name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(robot.identity.length + robot.problems.length).toBeGreaterThan(0);
      readTranscript(replies.join('\n'));
    }),
    { numRuns: runs },
  );
});
