/** The probe over a real websocket, against a server that speaks rosbridge and against servers that do not. */
import { readFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { reads, services } from './client.ts';
import { describeRos } from './parse.ts';
import { rosbridgeProbe } from './probe.ts';
import { type BridgeSettings, listening, startBridge } from './stub/bridge.ts';

const urdf = readFileSync(join(import.meta.dirname, '../description/fixtures/franka-fr3.urdf'), 'utf8');
const runs = Number(process.env.FC_RUNS ?? 200);

const joints = ['fr3_joint1', 'fr3_joint2', 'fr3_joint3', 'fr3_joint4', 'fr3_joint5', 'fr3_joint6', 'fr3_joint7'];
const franka: BridgeSettings = {
  services: {
    '/rosapi/get_ros_version': () => ({ version: 2, distro: 'humble' }),
    '/rosapi/topics': () => ({
      topics: ['/joint_states', '/battery_state', '/diagnostics', '/cmd_vel', '/robot_description'],
      types: [
        'sensor_msgs/msg/JointState',
        'sensor_msgs/msg/BatteryState',
        'diagnostic_msgs/msg/DiagnosticArray',
        'geometry_msgs/msg/Twist',
        'std_msgs/msg/String',
      ],
    }),
    '/rosapi/nodes': () => ({ nodes: ['/rosapi', '/rosbridge_websocket', '/fr3/robot_state_publisher'] }),
    '/rosapi/get_param': ({ name }) =>
      name === '/fr3/robot_state_publisher:robot_description'
        ? { value: JSON.stringify(urdf), successful: true, reason: '' }
        : { value: '', successful: false, reason: 'no such parameter' },
  },
  messages: {
    '/joint_states': { name: joints, position: [0, -0.785, 0, -2.356, 0, 1.571, 0.785], velocity: [], effort: [] },
    '/battery_state': { percentage: 0.62, voltage: 25.4, power_supply_status: 2 },
    '/diagnostics': {
      status: [
        { level: 0, name: 'controller', hardware_id: 'fr3' },
        { level: 2, name: 'gripper: temperature', hardware_id: 'hand' },
      ],
    },
  },
};

/** Tests run side by side: all servers are closed at the end. */
const open: { close(): unknown }[] = [];
afterAll(async () => {
  for (const server of open) await server.close();
});

async function read(port: number) {
  const contacted: string[] = [];
  const answer = await rosbridgeProbe.read(
    { protocol: 'rosbridge', host: '127.0.0.1', port },
    { signal: new AbortController().signal, contacting: (address, at) => contacted.push(`${address}:${at}`) },
  );
  return { answer, contacted };
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe.concurrent('a robot run by ROS 2', () => {
  test('says what it is and how it is, and hears only reads', async () => {
    const server = await startBridge(franka);
    open.push(server);
    const { answer, contacted } = await read(server.port);
    expect(answer).toMatchObject({ outcome: 'present', problems: [] });
    const [robot] = answer.devices;
    expect(robot).toMatchObject({
      kind: 'robot',
      name: 'fr3',
      locator: `rosbridge://127.0.0.1:${server.port}`,
      identity: [],
    });
    expect(facts(robot)).toMatchObject({
      'ros-distribution': 'humble',
      'protocol-version': 'ROS 2',
      'ros-nodes': 3,
      'ros-topics': 5,
      model: 'fr3',
      axes: 7,
      mass: 17.8914010262,
      'joint.fr3_joint4.position': -2.356,
      'joint.fr3_joint4.position-max': -0.1518,
      'joint.fr3_joint7.effort-max': 12,
      'battery-charge': 62,
      'battery-voltage': 25.4,
      charging: false,
      'error-count': 1,
      errors: 'gripper: temperature',
    });
    expect(robot?.problems.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^ROS has no place for a serial number/),
    ]);
    expect(contacted).toEqual([`127.0.0.1:${server.port}`]);
    expect(server.parameters).toEqual(['/fr3/robot_state_publisher:robot_description']);
    expect(new Set(server.heard)).toEqual(new Set(reads));
    for (const message of server.heard) expect(rosbridgeProbe.reads).toContain(message);
  });

  test('that keeps its description on the topic is asked for no parameter', async () => {
    const server = await startBridge({
      ...franka,
      messages: { ...franka.messages, '/robot_description': { data: urdf } },
    });
    open.push(server);
    const { answer } = await read(server.port);
    expect(facts(answer.devices[0])).toMatchObject({ axes: 7 });
    expect(server.parameters).toEqual([]);
  });

  test('without topics of the list is not listened to, and says what is missing', async () => {
    const server = await startBridge({
      services: { '/rosapi/nodes': () => ({ nodes: ['/rosapi'] }) },
      messages: {},
    });
    open.push(server);
    const { answer } = await read(server.port);
    expect(facts(answer.devices[0])).toEqual({ 'ros-nodes': 1 });
    expect(answer.devices[0]?.problems.map(({ sentence }) => sentence)).toEqual([
      '/rosapi/get_ros_version was refused: Service /rosapi/get_ros_version does not exist.',
      '/rosapi/topics was refused: Service /rosapi/topics does not exist.',
      'The robot has no robot_description, so its axes and limits are not known.',
      expect.stringMatching(/^ROS has no place/),
    ]);
    expect(server.heard.filter((message) => message.startsWith('subscribe'))).toEqual([]);
  });

  test.each([
    ['a web page', '<html/>', /describes no robot/],
    ['an entity bomb', `<!DOCTYPE a [<!ENTITY b "c">]><robot>&b;</robot>`, /declares entities/],
    ['a deep hole', `<robot>${'<link>'.repeat(100_000)}`, /nested deeper/],
  ])('with %s for a description keeps its other facts', async (_, value, reason) => {
    const server = await startBridge({
      ...franka,
      services: { ...franka.services, '/rosapi/get_param': () => ({ value }) },
    });
    open.push(server);
    const { answer } = await read(server.port);
    expect(facts(answer.devices[0])).toMatchObject({ 'ros-nodes': 3, 'battery-charge': 62 });
    expect(answer.devices[0]?.problems.find(({ code }) => code === 'nonsense')?.sentence).toMatch(reason);
  });

  test('with numbers that cannot be has no such facts', async () => {
    const server = await startBridge({
      ...franka,
      messages: {
        '/battery_state': { percentage: 4.2, voltage: null, power_supply_status: 99 },
        '/joint_states': { name: ['a', 3, 'b'], position: [1e9, 1, null] },
        '/diagnostics': { status: 'fine' },
      },
    });
    open.push(server);
    const { answer } = await read(server.port);
    const found = facts(answer.devices[0]);
    for (const name of ['battery-charge', 'battery-voltage', 'charging', 'joint.a.position', 'error-count']) {
      expect(found, name).not.toHaveProperty([name]);
    }
  });
});

/** Servers of plain TCP, by what they say to a websocket's hello. */
async function startServer(speak: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.resume();
    speak(socket);
  });
  open.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
  return listening(server as never);
}

describe.concurrent('what is no rosbridge', () => {
  test.each([
    ['hangs up', (socket: Socket) => socket.end(), /does not speak websocket/],
    ['speaks no HTTP', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), /does not speak websocket/],
    [
      'has headers without end',
      (socket: Socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\n');
        const flood = () => {
          while (!socket.destroyed && socket.write(`X-A: ${'x'.repeat(60_000)}\r\n`));
        };
        socket.on('drain', flood);
        flood();
      },
      /does not speak websocket/,
    ],
    ['says nothing', () => {}, /opened no websocket within 5 s/],
  ])('a server that %s', async (_, speak, sentence) => {
    const { answer } = await read(await startServer(speak));
    expect(answer.devices).toEqual([]);
    expect(answer.sentence).toMatch(sentence);
  });

  test('a redirect is not followed', async () => {
    const visited: string[] = [];
    const other = createHttp((request, response) => {
      visited.push(request.url ?? '');
      response.end();
    });
    const elsewhere = await listening(other);
    const server = createHttp((_request, response) =>
      response.writeHead(302, { location: `ws://127.0.0.1:${elsewhere}/` }).end(),
    );
    open.push({ close: () => void other.close() }, { close: () => void server.close() });
    const { answer } = await read(await listening(server));
    expect(answer).toMatchObject({
      outcome: 'failed',
      sentence: expect.stringMatching(/it answered with HTTP 302\.$/),
    });
    expect(visited).toEqual([]);
  });

  test('a door that is closed is denied', async () => {
    const server = createHttp((_request, response) => response.writeHead(403).end());
    open.push({ close: () => void server.close() });
    const { answer } = await read(await listening(server));
    expect(answer.outcome).toBe('denied');
  });

  test.each([
    ['ten megabytes in one message', 'x'.repeat(10_000_000), /broke the websocket: Max payload size exceeded/],
    ['no JSON', '{"op":', /nothing that answers as rosapi/],
    ['answers to nobody', '{"op":"service_response","id":"__proto__","values":{}}', /nothing that answers as rosapi/],
  ])('a websocket that says %s', async (_, text, sentence) => {
    const server = await startBridge({ services: {}, messages: {}, say: (socket) => socket.send(text) });
    open.push(server);
    const { answer } = await read(server.port);
    expect(answer.devices).toEqual([]);
    expect(answer.sentence).toMatch(sentence);
  });

  test('a websocket that never stops talking', async () => {
    const server = await startBridge({
      services: {},
      messages: {},
      say: (socket) => {
        const flood = () => {
          if (socket.readyState === socket.OPEN) socket.send('x'.repeat(1_000_000), () => setImmediate(flood));
        };
        flood();
      },
    });
    open.push(server);
    const { answer } = await read(server.port);
    expect(answer).toMatchObject({
      outcome: 'nonsense',
      sentence: expect.stringMatching(/said more than 33554432 bytes/),
    });
  });
});

test('no service that changes anything is on the list', () => {
  for (const service of services) expect(service).toMatch(/^\/rosapi\/(?:get_ros_version|topics|nodes|get_param)$/);
  expect(reads.filter((read) => !/^(?:call_service|subscribe|unsubscribe) \//.test(read))).toEqual([]);
});

test('any answers give facts that can be', () => {
  const any = fc.jsonValue({ maxDepth: 4 });
  const answers = fc.record(
    {
      version: fc.oneof(fc.string(), fc.record({ version: any, distro: any })) as fc.Arbitrary<never>,
      topics: fc.record({ topics: any }) as fc.Arbitrary<never>,
      nodes: fc.record({ nodes: any }) as fc.Arbitrary<never>,
      description: fc.string(),
      jointStates: fc.record({ name: fc.array(any), position: fc.array(any) }),
      battery: fc.record({ percentage: any, voltage: any, power_supply_status: any }),
      diagnostics: fc.record({ status: fc.array(fc.record({ level: any, name: any })) }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(answers, (said) => {
      const robot = describeRos('robot', said);
      expect(robot.identity).toEqual([]);
      for (const { name, value } of robot.observations) {
        if (typeof value === 'number') expect(Number.isFinite(value), name).toBe(true);
        else expect(String(value), name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    }),
    { numRuns: runs },
  );
});
