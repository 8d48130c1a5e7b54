/** All probes of devices on the network, one for each protocol. Light to import, as `registry.ts` is. */
import { apcupsdProbe } from '../power/apcupsd/probe.ts';
import { nutProbe } from '../power/nut/probe.ts';
import { snmpProbe } from '../power/snmp/probe.ts';
import { opcuaProbe } from '../robot/opcua/probe.ts';
import { rosbridgeProbe } from '../robot/rosbridge/probe.ts';
import { universalRobotsProbe } from '../robot/universal-robots/probe.ts';
import { vda5050Probe } from '../robot/vda5050/probe.ts';
import type { NetworkProbe } from './contract.ts';

export const networkProbes: readonly NetworkProbe[] = [
  nutProbe,
  apcupsdProbe,
  snmpProbe,
  vda5050Probe,
  opcuaProbe,
  universalRobotsProbe,
  rosbridgeProbe,
];
