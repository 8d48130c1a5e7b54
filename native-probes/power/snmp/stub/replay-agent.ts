/** A real SNMP agent (net-snmp's) that answers with a recording, behind a relay that keeps every byte sent to it. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Agent, createAgent, MaxAccess, MibProviderType, ObjectType, type User } from 'net-snmp';
import type { SnmpValue } from '../values.ts';

export interface ReplayAgent {
  port: number;
  /** Requests that came in, as bytes. */
  requests: Buffer[];
  close(): void;
}

/** @param users of version 3 beside the community */
export async function replayAgent(
  values: ReadonlyMap<string, SnmpValue>,
  { community = 'public', users = [] }: { community?: string; users?: readonly User[] } = {},
): Promise<ReplayAgent> {
  const inner = await freeUdpPort();
  const agent = createAgent({ port: inner, address: '127.0.0.1', engineID: '8000000001020304050607' }, () => {});
  agent.getAuthorizer().addCommunity(community);
  for (const user of users) agent.getAuthorizer().addUser(user);
  fill(agent, values);
  const requests: Buffer[] = [];
  const outside = createSocket('udp4');
  const inside = new Map<number, Socket>();
  outside.on('message', (bytes, from) => {
    requests.push(Buffer.from(bytes));
    const known = inside.get(from.port) ?? createSocket('udp4');
    if (!inside.has(from.port)) known.on('message', (reply) => outside.send(reply, from.port, from.address));
    inside.set(from.port, known);
    known.send(bytes, inner, '127.0.0.1');
  });
  outside.bind(0, '127.0.0.1');
  await once(outside, 'listening');
  return {
    port: outside.address().port,
    requests,
    close() {
      outside.close();
      for (const socket of inside.values()) socket.close();
      agent.close();
    },
  };
}

/** One provider at the root owns every value: a recording does not say which of its rows are tables. */
function fill(agent: Agent, values: ReadonlyMap<string, SnmpValue>): void {
  const provider = {
    name: 'recording',
    type: MibProviderType.Scalar,
    oid: '1.3.6.1',
    scalarType: ObjectType.Integer,
    maxAccess: MaxAccess['read-only'],
  };
  agent.registerProvider(provider);
  agent.getMib().addProviderToNode(provider);
  for (const [oid, { kind, value }] of values) {
    const node = agent.getMib().addNodesForAddress(oid.split('.').map(Number));
    const isWide = kind === 'number' && (Number(value) > 2 ** 31 - 1 || Number(value) < -(2 ** 31));
    node.valueType = Number(
      ObjectType[kind === 'bytes' ? 'OctetString' : kind === 'oid' ? 'OID' : isWide ? 'Gauge' : 'Integer'],
    );
    node.value = value;
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** The tag of the PDU in a message of version 2c (RFC 1901, RFC 3416). */
export function pduType(message: Buffer): number | undefined {
  const content = (at: number) => {
    const first = message[at + 1] ?? 0;
    const bytes = first < 0x80 ? 0 : first & 0x7f;
    const length = bytes === 0 ? first : message.readUIntBE(at + 2, bytes);
    return { start: at + 2 + bytes, end: at + 2 + bytes + length };
  };
  const version = content(content(0).start);
  const community = content(version.end);
  return message[community.end];
}
