/** The probe against a real OPC UA server with the nodeset of Robotics, and against what else may listen there. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import type { Target } from '../../network/contract.ts';
import { guard } from './client.ts';
import { opcuaProbe } from './probe.ts';
import { type RobotServer, type ServerSettings, startRobotServer } from './stub/robot-server.ts';

const open: { close(): unknown }[] = [];
const home = mkdtempSync(join(tmpdir(), 'gaib-opcua-home-'));
const before = { HOME: process.env.HOME, XDG: process.env.XDG_CONFIG_HOME };
beforeAll(() => {
  process.env.HOME = home;
  delete process.env.XDG_CONFIG_HOME;
});
afterAll(async () => {
  for (const server of open) await server.close();
  if (before.HOME !== undefined) process.env.HOME = before.HOME;
  if (before.XDG !== undefined) process.env.XDG_CONFIG_HOME = before.XDG;
  rmSync(home, { recursive: true, force: true });
});

async function start(settings: ServerSettings = {}): Promise<RobotServer> {
  const server = await startRobotServer(settings);
  open.push(server);
  return server;
}

async function read(port: number, target: Partial<Target> = {}) {
  const contacted: string[] = [];
  const answer = await opcuaProbe.read(
    { protocol: 'opcua', host: '127.0.0.1', port, ...target },
    { signal: new AbortController().signal, contacting: (address, at) => contacted.push(`${address}:${at}`) },
  );
  return { answer, contacted };
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('a server of robots', () => {
  test('gives an arm as one asset, and is only looked at', async () => {
    const server = await start();
    const { answer, contacted } = await read(server.port);
    expect(answer).toMatchObject({ outcome: 'present', problems: [] });
    expect(answer.devices).toHaveLength(1);
    const [arm] = answer.devices;
    expect(arm).toMatchObject({
      kind: 'robot',
      name: 'Exemplar Robotics GmbH XR 10 R1100',
      locator: `opcua://127.0.0.1:${server.port}/Cell1/Arm1`,
      problems: [],
    });
    expect(arm?.identity.map(({ scheme, value }) => `${scheme} ${value}`)).toEqual([
      'part-and-serial exemplar robotics:000-110-42:X20418',
      'thing-serial exemplar robotics:XR 10 R1100:X20418',
    ]);
    expect(facts(arm)).toMatchObject({
      maker: 'Exemplar Robotics GmbH',
      model: 'XR 10 R1100',
      'product-code': '000-110-42',
      serial: 'X20418',
      'robot-class': 'articulated robot',
      axes: 6,
      payload: 2.5,
      'speed-scaling': 80,
      'controller-maker': 'Exemplar Robotics GmbH',
      'controller-model': 'XC-5',
      'controller-serial': 'C-2291',
      'controller-software': '7.4.1',
      'controller-software-name': 'ExemplarOS',
      'operating-time': 36_000_000,
      'energy-consumed': 4_501_800_000,
      'supply-voltage': 400,
      'operating-mode': 'automatic',
      'safety-state': 'no stop',
      'emergency-stop': false,
      'protective-stop': false,
      'joint.PT3.temperature': 33,
    });
    expect(facts(arm)['joint.A6.position']).toBeCloseTo(Math.PI / 3, 9);
    expect(contacted).toEqual([`127.0.0.1:${server.port}`]);
    expect(server.requests.length).toBeGreaterThan(8);
    for (const request of server.requests) expect(opcuaProbe.reads).toContain(request);
    expect(existsSync(join(homedir(), '.config'))).toBe(false);
  });

  test('with two arms gives two, and says an emergency stop of both', async () => {
    const server = await start({ arms: 2, emergencyStop: true });
    const { answer } = await read(server.port);
    expect(answer.devices.map(({ identity }) => identity[0]?.value)).toEqual([
      'exemplar robotics:000-110-42:X20418',
      'exemplar robotics:000-110-42:X20419',
    ]);
    for (const arm of answer.devices) {
      expect(facts(arm)).toMatchObject({ 'emergency-stop': true, 'safety-state': 'emergency stop' });
    }
  });

  test('with a placeholder for a serial number and hours in years has neither', async () => {
    const server = await start({ serial: '0000000', powerOnTime: 'P1Y2M' });
    const { answer } = await read(server.port);
    const [arm] = answer.devices;
    expect(arm?.identity).toEqual([]);
    expect(facts(arm)).not.toHaveProperty('operating-time');
    expect(arm?.problems.map(({ sentence }) => sentence)).toEqual([
      'Its operating time is "P1Y2M", which is no number of hours: left out.',
      'The source gives "0000000" as its serial number: this robot has no name to be registered by.',
    ]);
  });

  test('asks for a user: the password goes out only for the certificate the owner named', async () => {
    const server = await start({ users: { reader: 'right' } });
    const anonymous = await read(server.port);
    expect(anonymous.answer).toMatchObject({ outcome: 'denied', devices: [] });
    const secrets = { username: 'reader', password: 'right' };
    const unnamed = await read(server.port, { secrets });
    expect(unnamed.answer.outcome).toBe('denied');
    expect(unnamed.answer.sentence).toMatch(/^The password was kept back: the option fingerprint/);
    expect(unnamed.answer.sentence?.replaceAll(':', '').toLowerCase()).toContain(server.fingerprint);
    const before = server.requests.length;
    const other = await read(server.port, { secrets, options: { fingerprint: '00'.repeat(32) } });
    expect(other.answer.outcome).toBe('denied');
    expect(server.requests.slice(before)).not.toContain('ActivateSessionRequest');
    const named = { fingerprint: server.fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:') };
    const right = await read(server.port, { secrets, options: named });
    expect(right.answer.devices).toHaveLength(1);
    const wrong = await read(server.port, { secrets: { ...secrets, password: 'wrong' }, options: named });
    expect(wrong.answer).toMatchObject({ outcome: 'denied', devices: [] });
  });

  test('that signs everything says so', async () => {
    const server = await start({ signedOnly: true });
    const { answer } = await read(server.port);
    expect(answer.devices).toEqual([]);
    expect(answer.outcome).toBe('denied');
    expect(answer.sentence).toMatch(/signed connections|does not accept this program/);
  });

  test('without robots says so', async () => {
    const server = await start({ withoutRobots: true });
    const { answer } = await read(server.port);
    expect(answer).toMatchObject({
      outcome: 'absent',
      sentence: `127.0.0.1:${server.port} is an OPC UA server that knows nothing of robots (OPC 40010).`,
    });
  });
});

test('the gate lets out no request that is not on the list, whatever the library is told', async () => {
  const server = await start();
  const { AttributeIds, DataType, OPCUAClient } = await import('node-opcua-client');
  const { InMemoryCertificateKeyPairProvider } = await import('node-opcua-common');
  const keys = new InMemoryCertificateKeyPairProvider();
  await keys.ensureCertificateExists({ applicationUri: 'urn:test', subject: 'CN=test', dns: ['localhost'] });
  const client = OPCUAClient.create({
    applicationUri: 'urn:test',
    certificateKeyPairProvider: keys,
    endpointMustExist: false,
    connectionStrategy: { maxRetry: 0 },
  });
  guard(client);
  await client.connect(`opc.tcp://127.0.0.1:${server.port}`);
  const session = await client.createSession();
  const write = {
    nodeId: 'i=2255',
    attributeId: AttributeIds.Value,
    value: { value: { dataType: DataType.Int32, value: 1 } },
  };
  await expect(session.write(write)).rejects.toThrow('this program sends no WriteRequest');
  await expect(session.call({ objectId: 'i=2253', methodId: 'i=11492' })).rejects.toThrow(/sends no CallRequest/);
  await expect(session.createSubscription2({})).rejects.toThrow(/sends no CreateSubscriptionRequest/);
  await session.close();
  await client.disconnect();
  for (const request of server.requests) expect(opcuaProbe.reads).toContain(request);
});

test('a password goes out neither unencrypted nor for a certificate that appears with the session', async () => {
  const sent: string[] = [];
  const answers: Record<string, object> = { CreateSessionRequest: { serverCertificate: Buffer.from('another') } };
  const client = {
    performMessageTransaction(
      request: { schema: { name: string } },
      callback: (error: null, response: object) => void,
    ) {
      sent.push(request.schema.name);
      callback(null, answers[request.schema.name] ?? {});
    },
  };
  guard(client as never, 'ab'.repeat(32));
  const ask = (request: object) =>
    new Promise<string>((resolve) => {
      client.performMessageTransaction(
        request as never,
        ((error: Error | null) => resolve(error?.message ?? 'sent')) as never,
      );
    });
  const named = (name: string, rest: object = {}) => ({ schema: { name }, ...rest });
  expect(await ask(named('CreateSessionRequest'))).toMatch(/shows another certificate than the target names/);
  const token = { password: Buffer.from('right'), encryptionAlgorithm: null };
  expect(await ask(named('ActivateSessionRequest', { userIdentityToken: token }))).toMatch(/unencrypted/);
  expect(await ask(named('ActivateSessionRequest', { userIdentityToken: {} }))).toBe('sent');
  expect(sent).toEqual(['CreateSessionRequest', 'ActivateSessionRequest']);
});

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
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** A whole acknowledge of the protocol (OPC 10000-6, 7.1.2.4), with these limits. */
function acknowledge(limit: number): Buffer {
  const bytes = Buffer.alloc(28);
  bytes.write('ACKF', 0, 'latin1');
  for (const [index, value] of [28, 0, limit, limit, limit, limit].entries()) bytes.writeUInt32LE(value, 4 + index * 4);
  return bytes;
}

describe.concurrent('what is no OPC UA server', () => {
  test('a port nobody listens on', async () => {
    const { answer } = await read(1);
    expect(answer).toMatchObject({ outcome: 'failed', sentence: expect.stringMatching(/refused the connection/) });
  });

  const strangers: [string, (socket: Socket) => void][] = [
    ['hangs up', (socket) => socket.end()],
    ['speaks HTTP', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['sends zeros', (socket) => void socket.write(Buffer.alloc(64))],
    ['promises two gigabytes', (socket) => void socket.write(Buffer.from('ACKF\xff\xff\xff\x7f', 'latin1'))],
    ['acknowledges and is silent', (socket) => void socket.write(acknowledge(65_536))],
    ['acknowledges with limits of nothing', (socket) => void socket.write(acknowledge(0))],
    [
      'acknowledges and floods',
      (socket) => {
        socket.write(acknowledge(65_536));
        const flood = () => {
          while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 'MSGF')));
        };
        socket.on('drain', flood);
        flood();
      },
    ],
    [
      'drips',
      (socket) => {
        const timer = setInterval(() => socket.write('A'), 200);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'acknowledges and answers with noise',
      (socket) => {
        socket.write(acknowledge(65_536));
        socket.on('data', () => {
          for (const type of ['OPNF', 'MSGF', 'CLOF', 'MSGC', 'OPNA']) {
            const noise = randomBytes(200);
            noise.write(type, 0, 'latin1');
            noise.writeUInt32LE(noise.length, 4);
            socket.write(noise);
          }
        });
      },
    ],
    ['says nothing', () => {}],
  ];
  test.each(strangers)('a server that %s', async (_, speak) => {
    const started = performance.now();
    const { answer } = await read(await startServer(speak));
    expect(answer.devices).toEqual([]);
    expect(['failed', 'nonsense', 'timeout']).toContain(answer.outcome);
    expect(answer.sentence).toMatch(/^127\.0\.0\.1:\d+ .*\.$/);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
