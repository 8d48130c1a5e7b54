/**
 * Mobile robots that speak VDA 5050, through the broker they and their fleet control meet at. It listens to what the
 * robots say anyhow and publishes nothing: no order, no action, no request.
 */
import type { ProbeAnswer } from '../../contract.ts';
import { answerOf, targetLocator } from '../../network/connect.ts';
import type { NetworkProbe, NetworkProbeContext, Target } from '../../network/contract.ts';
import { listen, plainPort } from './client.ts';
import { describeFleet, emptyFleet, hear, isComplete, maxMessageBytes } from './fleet.ts';

/** Said once and kept by the broker (connection, factsheet), or said at least every 30 s (state). */
const kinds = ['connection', 'factsheet', 'state'] as const;
/** `<interface>/<major version>/<manufacturer>/<serial>/<kind>` */
const anywhere = '+/+/+/+';

export const vda5050Probe: NetworkProbe = {
  id: 'robot-vda-mqtt',
  subject: 'robot',
  protocol: 'vda5050',
  what: 'mobile robots that speak VDA 5050, through their MQTT broker',
  defaultPort: plainPort,
  limitMs: 50_000,
  reads: ['CONNECT', ...kinds.map((kind) => `SUBSCRIBE ${anywhere}/${kind}`), 'PINGREQ', 'DISCONNECT'],
  read: (target, context) => answerOf(() => read(target, context)),
};

async function read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer> {
  const fleet = emptyFleet();
  await listen(target, context, {
    topics: topicsOf(target.options?.topic),
    waitMs: 35_000,
    settleMs: 1500,
    bounds: { packet: maxMessageBytes + 65_536, total: 256 * 1_048_576 },
    onMessage: (topic, payload) => hear(fleet, payload.toString('utf8'), topic),
    isComplete: () => fleet.robots.size > 0 && [...fleet.robots.values()].every(isComplete),
  });
  const { devices, problems } = describeFleet(fleet, (robot) => targetLocator(target, plainPort, robot));
  if (devices.length === 0) {
    return {
      outcome: 'absent',
      sentence: `The broker at ${target.host} answers, and no robot said anything of VDA 5050 there within 35 s.`,
      devices,
      problems,
    };
  }
  return { outcome: 'present', devices, problems };
}

/** `option topic: uagv/v2` narrows the listening to one interface; otherwise all are listened to. */
export function topicsOf(root: string | undefined): string[] {
  const place = root === undefined ? anywhere : `${root.replace(/\/+$/, '')}/+/+`;
  return kinds.map((kind) => `${place}/${kind}`);
}
