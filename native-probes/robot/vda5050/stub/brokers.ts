/**
 * Brokers for tests: aedes in this process and mosquitto where it is installed, both behind a relay that keeps every
 * packet that came from the client; and servers that are no broker.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Aedes } from 'aedes';
import { type Packet, parser } from 'mqtt-packet';

export interface Broker {
  port: number;
  /** Every packet of every client that came through the relay. */
  heard: Packet[];
  close(): Promise<void>;
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await closed(server);
  return port;
}

export function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Passes everything on to the broker behind it, and keeps what the client said. */
async function relay(brokerPort: number, end: () => Promise<void>): Promise<Broker> {
  const heard: Packet[] = [];
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    const packets = parser();
    packets.on('packet', (packet) => heard.push(packet));
    client.on('data', (chunk: Buffer) => packets.parse(chunk));
    client.pipe(broker).pipe(client);
    for (const [one, other] of [[client, broker] as const, [broker, client] as const]) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one) && other.destroy());
    }
  });
  const port = await listening(server);
  return {
    port,
    heard,
    async close() {
      for (const socket of open) socket.destroy();
      await closed(server);
      await end();
    },
  };
}

/** @param allow whether a client may come in and what it may listen to */
export async function startAedes(
  allow: {
    user?: (username: string | undefined, password: string | undefined) => boolean;
    topic?: (topic: string) => boolean;
  } = {},
): Promise<Broker & { publish(topic: string, payload: string): Promise<void> }> {
  const aedes = await Aedes.createBroker({
    authenticate: (_client, username, password, done) =>
      done(null, allow.user?.(username, password?.toString()) ?? true),
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, (allow.topic?.(subscription.topic) ?? true) ? subscription : null),
  });
  const server = createServer(aedes.handle);
  const broker = await relay(await listening(server), async () => {
    await new Promise<void>((resolve) => aedes.close(() => resolve()));
    await closed(server);
  });
  const publish = (topic: string, payload: string) =>
    new Promise<void>((resolve, reject) => {
      const retain = !topic.endsWith('/state');
      aedes.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain, dup: false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  return { ...broker, publish };
}

/** The program from Debian's package of that name; its users may be asked for. */
export async function startMosquitto(program: string): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'gaib-mosquitto-'));
  // It gives up root for an account of its own, which must be able to read its settings.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const settings = join(folder, 'mosquitto.conf');
  writeFileSync(settings, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const child = spawn(program, ['-c', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  await running(child, port);
  return relay(port, async () => {
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
}

async function running(child: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`mosquitto ended with ${child.exitCode}`);
    const there = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(socket.destroy() && true));
      socket.once('error', () => resolve(false));
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('mosquitto did not open its port');
}

/** A server that says these bytes to whoever connects. */
export async function startNonsense(
  speak: (socket: Socket) => void,
): Promise<{ port: number; close(): Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    socket.resume();
    speak(socket);
  });
  const port = await listening(server);
  return {
    port,
    async close() {
      for (const socket of open) socket.destroy();
      await closed(server);
    },
  };
}
