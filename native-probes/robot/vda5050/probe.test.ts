/** The probe against real brokers with recorded messages, and against servers that are none. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connectAsync, MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import type { Target } from '../../network/contract.ts';
import { needed } from '../../stub/needed.ts';
import { gated, packetMeter } from './gate.ts';
import { topicsOf, vda5050Probe } from './probe.ts';
import { type Broker, freePort, startAedes, startMosquitto, startNonsense } from './stub/brokers.ts';

const recorded = readFileSync(join(import.meta.dirname, 'fixtures/messages/v2-two-vehicles.log'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => /^(\S+) (.*)$/.exec(line)?.slice(1) as [string, string]);

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
const kept = <Server extends { close(): Promise<void> }>(server: Server): Server => {
  open.push(server);
  return server;
};

function read(port: number, target: Partial<Target> = {}) {
  const contacted: string[] = [];
  const stop = new AbortController();
  const answer = vda5050Probe.read(
    { protocol: 'vda5050', host: '127.0.0.1', port, ...target },
    { signal: stop.signal, contacting: (address, at) => contacted.push(`${address}:${at}`) },
  );
  return { answer, contacted, stop };
}

/** What the client sent, one line for each packet, with the topics of subscriptions. */
function said(broker: Broker): string[] {
  return broker.heard.flatMap((packet) =>
    packet.cmd === 'subscribe'
      ? packet.subscriptions.map(({ topic }) => `SUBSCRIBE ${topic}`)
      : [packet.cmd.toUpperCase()],
  );
}

function expectTwoVehicles(answer: Awaited<ReturnType<typeof vda5050Probe.read>>, port: number): void {
  expect(answer.outcome).toBe('present');
  expect(answer.problems).toEqual([]);
  expect(answer.devices.map(({ name, locator }) => `${name} at ${locator}`)).toEqual([
    `KIT KARIS PRO at vda5050://127.0.0.1:${port}/KIT/0001`,
    `KIT at vda5050://127.0.0.1:${port}/KIT/0002`,
  ]);
  expect(answer.devices[0]?.identity).toEqual([{ scheme: 'thing-serial', value: 'kit::0001', trust: 'entered' }]);
}

describe('aedes', () => {
  test('two vehicles: what is kept comes at once, the state when it is said', async () => {
    const broker = kept(await startAedes());
    for (const [topic, payload] of recorded) await broker.publish(topic, payload);
    const { answer, contacted } = read(broker.port);
    const state = recorded.find(([topic]) => topic.endsWith('/state'));
    const timer = setInterval(() => void broker.publish(...state!), 200);
    expectTwoVehicles(await answer.finally(() => clearInterval(timer)), broker.port);
    expect(contacted).toEqual([`127.0.0.1:${broker.port}`]);
    const packets = said(broker);
    expect(packets.filter((packet) => packet.startsWith('SUBSCRIBE'))).toHaveLength(3);
    for (const packet of packets) expect(vda5050Probe.reads).toContain(packet);
    const hello = broker.heard.find((packet) => packet.cmd === 'connect');
    // A last will is a message the broker publishes in the client's name.
    expect(hello).toMatchObject({ clean: true });
    expect(hello).not.toHaveProperty('will');
  });

  test('asks for a user: the right one listens, a wrong one is denied', async () => {
    const user = (name: string | undefined, password: string | undefined) => name === 'reader' && password === 'right';
    const broker = kept(await startAedes({ user }));
    for (const [topic, payload] of recorded) if (topic.includes('0002')) await broker.publish(topic, payload);
    const right = await read(broker.port, { secrets: { username: 'reader', password: 'right' } }).answer;
    expect(right.devices.map(({ name }) => name)).toEqual(['KIT']);
    for (const secrets of [{ username: 'reader', password: 'wrong' }, undefined]) {
      const { outcome, sentence } = await read(broker.port, secrets === undefined ? {} : { secrets }).answer;
      expect({ outcome, sentence }).toEqual({
        outcome: 'denied',
        sentence: `127.0.0.1:${broker.port} asks for a user and password, or does not let this one in.`,
      });
    }
  });

  test('lets nobody listen', async () => {
    const broker = kept(await startAedes({ topic: () => false }));
    const { outcome, sentence } = await read(broker.port).answer;
    expect({ outcome, sentence }).toMatchObject({
      outcome: 'denied',
      sentence: expect.stringContaining('lets this account listen to none of +/+/+/+/connection'),
    });
  });

  test('a broken message costs its own and nothing else', async () => {
    const broker = kept(await startAedes());
    await broker.publish('uagv/v2/KIT/0009/connection', '{"headerId":');
    for (const [topic, payload] of recorded) if (topic.includes('0002')) await broker.publish(topic, payload);
    const { devices, problems } = await read(broker.port).answer;
    expect(devices.map(({ name }) => name)).toEqual(['KIT']);
    expect(problems).toEqual([
      { code: 'nonsense', sentence: '1 message is none of VDA 5050: uagv/v2/KIT/0009/connection, no JSON.' },
    ]);
  });

  test('a message of ten megabytes ends the conversation with a sentence', async () => {
    const broker = kept(await startAedes());
    await broker.publish('uagv/v2/KIT/0009/connection', 'x'.repeat(10_000_000));
    const { outcome, sentence } = await read(broker.port).answer;
    expect({ outcome, sentence }).toMatchObject({
      outcome: 'nonsense',
      sentence: expect.stringMatching(/is no broker that can be read: it sent a packet of 100000\d\d bytes\.$/),
    });
  });
});

const mosquitto = needed(['mosquitto'], 'the broker most sites run', '-h');
describe.skipIf(mosquitto === undefined)('mosquitto', () => {
  test('two vehicles, and nothing sent but what stands in the list', async () => {
    const broker = kept(await startMosquitto(mosquitto!));
    const robots = await connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    for (const [topic, payload] of recorded) {
      await robots.publishAsync(topic, payload, { retain: !topic.endsWith('/state'), qos: 1 });
    }
    const before = broker.heard.length;
    const state = recorded.find(([topic]) => topic.endsWith('/state'));
    const timer = setInterval(() => void robots.publishAsync(...state!, { qos: 1 }), 200);
    const { answer } = read(broker.port);
    expectTwoVehicles(await answer.finally(() => clearInterval(timer)), broker.port);
    await robots.endAsync();
    const mine = broker.heard.slice(before).filter((packet) => packet.cmd !== 'publish' || packet.qos === 0);
    const packets = said({ ...broker, heard: mine });
    expect(packets).toEqual(expect.arrayContaining([...vda5050Probe.reads.filter((read) => read.includes(' '))]));
    for (const packet of packets) expect(vda5050Probe.reads).toContain(packet);
  });
});

describe('no broker', () => {
  test('a port nobody listens on', async () => {
    const port = await freePort();
    const { outcome, sentence } = await read(port).answer;
    expect({ outcome, sentence }).toMatchObject({
      outcome: 'failed',
      sentence: expect.stringMatching(/refused the connection/),
    });
  });

  test.each([
    ['hangs up', (end: () => void) => end(), 'failed', /closed the connection: it may want TLS/],
    [
      'speaks HTTP',
      (_: () => void, say: (text: string) => void) => say('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'nonsense',
      /does not speak MQTT|no broker that can be read/,
    ],
    [
      'sends zeros',
      (_: () => void, say: (text: string) => void) => say('\0'.repeat(64)),
      'nonsense',
      /a packet of type 0/,
    ],
    [
      'promises 256 MB',
      (_: () => void, say: (text: string) => void) => say('\x30\xff\xff\xff\x7f'),
      'nonsense',
      /a packet of 268435455 bytes/,
    ],
    [
      'has a length without end',
      (_: () => void, say: (text: string) => void) => say('\x30\xff\xff\xff\xff\xff\xff'),
      'nonsense',
      /a length of more than four bytes/,
    ],
    ['says nothing', () => {}, 'timeout', /did not answer as a broker within 5 s/],
  ])('a server that %s', async (_, speak, outcome, sentence) => {
    const server = kept(
      await startNonsense((socket) =>
        speak(
          () => socket.end(),
          (text) => void socket.write(text, 'latin1'),
        ),
      ),
    );
    const answer = await read(server.port).answer;
    expect(answer).toMatchObject({ outcome, devices: [] });
    expect(answer.sentence).toMatch(sentence);
  });

  test('a server that never stops talking', async () => {
    const packet = Buffer.concat([Buffer.from([0x30, 0x80, 0x80, 0x04]), Buffer.alloc(65_536)]);
    const server = kept(
      await startNonsense((socket) => {
        socket.write(Buffer.from([0x20, 2, 0, 0]));
        const flood = () => {
          while (!socket.destroyed && socket.write(packet));
        };
        socket.on('drain', flood);
        flood();
      }),
    );
    const { outcome, devices } = await read(server.port).answer;
    expect({ outcome, devices }).toEqual({ outcome: 'nonsense', devices: [] });
  });

  test('is left at once when the reading is given up', async () => {
    const server = kept(await startNonsense(() => {}));
    const { answer, stop } = read(server.port);
    setTimeout(() => stop.abort(), 300);
    const started = performance.now();
    expect((await answer).devices).toEqual([]);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

test('an interface can be named', () => {
  expect(topicsOf('uagv/v2/')).toEqual(['connection', 'factsheet', 'state'].map((kind) => `uagv/v2/+/+/${kind}`));
});

test('the gate lets no publication out, whatever the library is told', async () => {
  const broker = kept(await startAedes());
  const gate = gated(connect(broker.port, '127.0.0.1'), { packet: 1000, total: 1000 });
  const client = new MqttClient(() => gate as never, { reconnectPeriod: 0, protocolVersion: 4 });
  const refused = new Promise<Error>((resolve) => gate.once('error', resolve));
  client.on('error', () => {});
  await new Promise<void>((resolve) => client.once('connect', () => resolve()));
  client.publish('uagv/v2/KIT/0001/instantActions', '{}');
  expect((await refused).message).toBe('this program sends no packet of type 3');
  client.end(true);
  expect(said(broker)).toEqual(['CONNECT']);
});

test('the gate knows packets however they are cut', () => {
  const bytes = Buffer.concat([
    Buffer.from([0x10, 5, 1, 2, 3, 4, 5, 0xc0, 0, 0x30, 0x80, 0x01]),
    Buffer.alloc(128),
    Buffer.from([0xe0, 0]),
  ]);
  for (let size = 1; size <= bytes.length; size += 1) {
    const seen: string[] = [];
    const meter = packetMeter((type, length) => seen.push(`${type}:${length}`));
    for (let at = 0; at < bytes.length; at += size) meter(bytes.subarray(at, at + size));
    expect(seen).toEqual(['1:5', '12:0', '3:128', '14:0']);
  }
});
