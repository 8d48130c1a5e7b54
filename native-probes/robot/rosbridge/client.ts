/**
 * A talk with rosbridge over a websocket. The protocol can publish, set parameters, call any service and send goals to
 * actions; here only the services and topics of two fixed lists can be named, and two operations said.
 * Source: rosbridge protocol 2.1, https://github.com/RobotWebTools/rosbridge_suite (ROSBRIDGE_PROTOCOL.md, rosapi).
 */
import type { WebSocket } from 'ws';
import { endpoint, openTcp, Unanswered } from '../../network/connect.ts';
import type { NetworkProbeContext, Target } from '../../network/contract.ts';
import { printable } from '../../printable.ts';
import { at, isObject, type Json, textAt } from '../json.ts';
import { openTls } from '../tls.ts';

export const port = 9090;

/** Services of rosapi that tell and change nothing; `get_param` is asked for one parameter. */
export const services = ['/rosapi/get_ros_version', '/rosapi/topics', '/rosapi/nodes', '/rosapi/get_param'] as const;
export type Service = (typeof services)[number];

/** Topics that are listened to, with their type in ROS 1 and, with `/msg/` in it, in ROS 2. */
export const topics = {
  '/robot_description': 'std_msgs/String',
  '/joint_states': 'sensor_msgs/JointState',
  '/battery_state': 'sensor_msgs/BatteryState',
  '/diagnostics': 'diagnostic_msgs/DiagnosticArray',
} as const;
export type Topic = keyof typeof topics;

export const reads = [
  ...services.map((service) => `call_service ${service}`),
  ...Object.keys(topics).flatMap((topic) => [`subscribe ${topic}`, `unsubscribe ${topic}`]),
];

/** The longest message is a description (at most 4 MiB) inside JSON inside JSON. */
const maxMessage = 8 * 1_048_576;
const maxTotal = 4 * maxMessage;
const openMs = 5000;
/** rosapi itself waits 5 s for a node's parameter. */
const patienceMs = 7000;

export interface Bridge {
  /** The values of the answer, or why there are none. */
  call(service: Service, values?: { name: string }): Promise<Json | string>;
  /** The first message on the topic, or nothing within `ms`. */
  first(topic: Topic, ms: number): Promise<unknown>;
  close(): void;
}

/** Opens the websocket; throws `Unanswered`. */
export async function openBridge(target: Target, context: NetworkProbeContext): Promise<Bridge> {
  const tcp = await openTcp(target, port, context);
  const where = endpoint(tcp.remoteAddress ?? target.host, tcp.remotePort ?? 0);
  const secure = target.options?.tls === 'true';
  const socket = secure ? await openTls(tcp, target, where) : tcp;
  const { WebSocket } = await import('ws');
  const websocket = new WebSocket(`${secure ? 'wss' : 'ws'}://${endpoint(target.host, target.port ?? port)}/`, {
    createConnection: () => socket,
    // A redirect would lead to a host that nobody named.
    followRedirects: false,
    maxPayload: maxMessage,
    perMessageDeflate: false,
  });
  // Before the websocket is open: the first message can come with the answer that opens it.
  const { bridge, broken } = converse(websocket, where);
  await Promise.race([opened(websocket, where), broken]);
  return bridge;
}

function opened(websocket: WebSocket, where: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Unanswered('timeout', `${where} opened no websocket within ${openMs / 1000} s.`));
      websocket.terminate();
    }, openMs);
    websocket.once('open', () => {
      clearTimeout(late);
      resolve();
    });
    websocket.once('close', () => clearTimeout(late));
    websocket.once('unexpected-response', (_request, response) => {
      const status = response.statusCode ?? 0;
      const denied = status === 401 || status === 403;
      const hint = denied ? 'it does not let this machine in' : `it answered with HTTP ${status}`;
      reject(new Unanswered(denied ? 'denied' : 'failed', `${where} opens no websocket: ${hint}.`));
      websocket.terminate();
    });
  });
}

function converse(websocket: WebSocket, where: string): { bridge: Bridge; broken: Promise<never> } {
  const answers = new Map<string, (answer: Json) => void>();
  const listeners = new Map<string, (message: unknown) => void>();
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {});
  let total = 0;
  let count = 0;
  const end = (outcome: Unanswered['outcome'], sentence: string) => {
    reject(new Unanswered(outcome, sentence));
    websocket.terminate();
  };
  let open = false;
  websocket.once('open', () => {
    open = true;
  });
  websocket.on('error', (error) => {
    const what = open ? 'broke the websocket' : 'does not speak websocket';
    end('nonsense', `${where} ${what}: ${printable(error.message, 120)}.`);
  });
  websocket.on('close', () => end('failed', `${where} closed the websocket.`));
  websocket.on('message', (bytes: Buffer) => {
    total += bytes.length;
    if (total > maxTotal) return end('nonsense', `${where} said more than ${maxTotal} bytes.`);
    const message = parsed(bytes.toString('utf8'));
    const operation = textAt(message, 'op');
    if (isObject(message) && operation === 'service_response') answers.get(textAt(message, 'id') ?? '')?.(message);
    if (operation === 'publish') listeners.get(textAt(message, 'topic') ?? '')?.(at(message, 'msg'));
  });
  const say = (message: { op: 'call_service' | 'subscribe' | 'unsubscribe'; id: string; [field: string]: unknown }) =>
    websocket.send(JSON.stringify(message));

  const bridge: Bridge = {
    async call(service, values) {
      count += 1;
      const id = `read-${count}`;
      const answered = new Promise<Json>((resolve) => answers.set(id, resolve));
      say({ op: 'call_service', id, service, args: values ?? {} });
      const answer = await Promise.race([answered, broken, after(patienceMs)]);
      answers.delete(id);
      if (answer === undefined) return `${service} did not answer within ${patienceMs / 1000} s`;
      const result = at(answer, 'values');
      if (at(answer, 'result') === false || !isObject(result)) {
        const reason = typeof result === 'string' ? `: ${printable(result, 120)}` : '';
        return `${service} was refused${reason}`;
      }
      return result;
    },
    async first(topic, ms) {
      const heard = new Promise<unknown>((resolve) => listeners.set(topic, resolve));
      const id = `listen-${topic}`;
      say({ op: 'subscribe', id, topic, type: topics[topic], throttle_rate: 1000, queue_length: 1 });
      try {
        return await Promise.race([heard, broken, after(ms)]);
      } finally {
        listeners.delete(topic);
        if (websocket.readyState === websocket.OPEN) say({ op: 'unsubscribe', id, topic });
      }
    },
    close: () => {
      websocket.removeAllListeners('close');
      websocket.close();
      // Whoever does not close in return is left.
      setTimeout(() => websocket.terminate(), 500).unref();
    },
  };
  return { bridge, broken };
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
