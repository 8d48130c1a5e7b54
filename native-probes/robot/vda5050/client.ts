/** Listens to a broker: connects, subscribes, and says nothing else. The library is loaded when a target is read. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { endpoint, openTcp, Unanswered, unansweredBy } from '../../network/connect.ts';
import type { NetworkProbeContext, Target } from '../../network/contract.ts';
import { printable } from '../../printable.ts';
import { openTls } from '../tls.ts';
import { type Bounds, gated, Refused } from './gate.ts';

export interface Listening {
  /** Topic filters. */
  topics: readonly string[];
  /** How long to listen at most, milliseconds. */
  waitMs: number;
  /** How long no news may come before `isComplete` is asked, milliseconds. */
  settleMs: number;
  bounds: Bounds;
  /** True when the message told of something not heard before. */
  onMessage(topic: string, payload: Buffer): boolean;
  /** True when there is nothing left to wait for. */
  isComplete(): boolean;
}

export const plainPort = 1883;
export const tlsPort = 8883;

/** Listens until everything was heard or the time is over; throws `Unanswered` when the broker lets nobody listen. */
export async function listen(target: Target, context: NetworkProbeContext, wanted: Listening): Promise<void> {
  const { MqttClient } = await import('mqtt');
  const secure = target.options?.tls === 'true' || target.port === tlsPort;
  const tcp = await openTcp(target, secure ? tlsPort : plainPort, context);
  const where = endpoint(tcp.remoteAddress ?? target.host, tcp.remotePort ?? 0);
  const socket = secure ? await openTls(tcp, target, where) : tcp;
  const gate = gated(socket, wanted.bounds);
  const client = new MqttClient(() => gate as unknown as Socket, {
    clientId: `gaib-onboard-${randomBytes(6).toString('hex')}`,
    clean: true,
    protocolVersion: 4,
    keepalive: 30,
    reconnectPeriod: 0,
    connectTimeout: 5000,
    resubscribe: false,
    queueQoSZero: false,
    ...(target.secrets?.username === undefined ? {} : { username: target.secrets.username }),
    ...(target.secrets?.password === undefined ? {} : { password: target.secrets.password }),
  });
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {});
  // The gate speaks first: the library reports what it did to the stream as an error of its own.
  gate.on('error', (error) => reject(explain(error, where)));
  client.on('error', (error) => reject(explain(error, where)));
  client.on('close', () => reject(closed(where, secure)));
  // Given up on, the connection below closes, and with it all of this (openTcp).
  try {
    await Promise.race([new Promise<void>((resolve) => client.once('connect', () => resolve())), broken]);
    let last = performance.now();
    client.on('message', (topic, payload) => {
      if (wanted.onMessage(topic, payload)) last = performance.now();
    });
    await Promise.race([subscribe(client, wanted.topics, where), broken]);
    const until = performance.now() + wanted.waitMs;
    while (performance.now() < until) {
      if (performance.now() - last >= wanted.settleMs && wanted.isComplete()) return;
      await Promise.race([pause(50), broken]);
    }
  } finally {
    client.end(true);
    gate.destroy();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function subscribe(
  client: { subscribeAsync(topics: string[], options: { qos: 0 }): Promise<{ qos: number }[]> },
  topics: readonly string[],
  where: string,
): Promise<void> {
  let granted: { qos: number }[] = [];
  try {
    granted = await client.subscribeAsync([...topics], { qos: 0 });
  } catch {
    // The library throws where the broker refuses one; all of them are needed.
  }
  if (granted.length > 0 && granted.every(({ qos }) => qos < 128)) return;
  throw new Unanswered(
    'denied',
    `${where} lets this account listen to none of ${topics.join(', ')}: give it read access.`,
  );
}

/** CONNACK return codes of MQTT 3.1.1, table 3.1. */
const refusals: Record<number, [Unanswered['outcome'], string]> = {
  1: ['failed', 'does not speak MQTT 3.1.1.'],
  2: ['failed', 'does not accept the name of this client.'],
  3: ['failed', 'is a broker that is not available now.'],
  4: ['denied', 'does not know this user or password.'],
  5: ['denied', 'asks for a user and password, or does not let this one in.'],
};

function explain(error: Error, where: string): Unanswered {
  if (error instanceof Unanswered) return error;
  if (error instanceof Refused)
    return new Unanswered('nonsense', `${where} is no broker that can be read: it sent ${error.message}.`);
  const code: unknown = (error as { code?: unknown }).code;
  const refusal = typeof code === 'number' ? refusals[code] : undefined;
  if (refusal !== undefined) return new Unanswered(refusal[0], `${where} ${refusal[1]}`);
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return unansweredBy(error, where);
  if (/connack timeout/i.test(error.message)) {
    return new Unanswered('timeout', `${where} did not answer as a broker within 5 s.`);
  }
  return new Unanswered('nonsense', `${where} does not speak MQTT: ${printable(error.message, 120)}.`);
}

function closed(where: string, secure: boolean): Unanswered {
  const hint = secure ? 'it may want a client certificate' : 'it may want TLS (option tls: "true")';
  return new Unanswered('failed', `${where} closed the connection: ${hint}, or it is no MQTT broker.`);
}
