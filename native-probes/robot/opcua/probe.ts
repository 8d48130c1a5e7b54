/**
 * Robots that describe themselves by OPC UA Robotics (OPC 40010): their makers and serial numbers, axes, payload,
 * controller, operating hours, mode and safety state. The server is looked at: nothing is written, called or subscribed.
 */
import type { ProbeAnswer } from '../../contract.ts';
import { answerOf, endpoint, targetLocator } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { openSession, port, requests } from './client.ts';
import { describeSystems } from './parse.ts';
import { walk } from './walk.ts';

export const opcuaProbe: NetworkProbe = {
  id: 'robot-opcua',
  subject: 'robot',
  protocol: 'opcua',
  what: 'robots that describe themselves by OPC UA Robotics',
  defaultPort: port,
  limitMs: 45_000,
  reads: requests,
  read: (target, context) => answerOf(() => read(target, context)),
};

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const session = await openSession(target, context);
  const where = endpoint(target.host, target.port ?? port);
  try {
    const walked = await walk(session, where);
    const { devices, problems } = describeSystems(walked, (part) => targetLocator(target, port, part));
    if (devices.length > 0) return { outcome: 'present', devices, problems };
    return { outcome: 'absent', sentence: `${where} knows of robots, and has none.`, devices, problems };
  } finally {
    await session.close();
  }
}
