/** Recordings of power systems. */
import type { DeviceReading } from '../contract.ts';
import { describeDevice, isNutDump, readDump } from '../power/nut/parse.ts';
import type { Reader } from './reader.ts';
import type { Replayed } from './replayed.ts';

export const powerReaders: readonly Reader[] = [
  {
    source: 'nut-dump',
    what: 'output of upsc',
    knows: isNutDump,
    read: (text) => recorded('power-nut', describeDevice(readDump(text), 'nut://recorded', 'recorded device')),
  },
];

function recorded(probe: string, ...devices: DeviceReading[]): Replayed[] {
  return [{ probe, answer: { outcome: 'present', devices, problems: [] } }];
}
