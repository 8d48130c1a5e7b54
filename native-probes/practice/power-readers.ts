/** Recordings of power systems. */
import type { DeviceReading } from '../contract.ts';
import { describeStatus, isApcupsdStatus, readStatus } from '../power/apcupsd/parse.ts';
import { describeDevice, isNutDump, readDump } from '../power/nut/parse.ts';
import { describeAgent } from '../power/snmp/describe.ts';
import { isSnmprec, readSnmprec } from '../power/snmp/snmprec.ts';
import type { Reader } from './reader.ts';
import type { Replayed } from './replayed.ts';

export const powerReaders: readonly Reader[] = [
  {
    source: 'nut-dump',
    what: 'output of upsc',
    knows: isNutDump,
    read: (text) => recorded('power-nut', describeDevice(readDump(text), 'nut://recorded', 'recorded device')),
  },
  {
    source: 'apcupsd',
    what: 'output of apcaccess, the status of apcupsd',
    knows: isApcupsdStatus,
    read: (text) => recorded('power-apcupsd', describeStatus(readStatus(text), 'apcupsd://recorded')),
  },
  {
    source: 'snmprec',
    what: 'an SNMP agent recorded for snmpsim',
    anyEncoding: true,
    knows: isSnmprec,
    read: (text) => [{ probe: 'power-snmp', answer: describeAgent(readSnmprec(text), 'snmp://recorded') }],
  },
];

function recorded(probe: string, ...devices: DeviceReading[]): Replayed[] {
  return [{ probe, answer: { outcome: 'present', devices, problems: [] } }];
}
