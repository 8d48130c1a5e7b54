/**
 * What every probe of a device on the network promises, beside what all probes promise: it speaks to the one target it
 * was given and to nothing else, and it can say only what stands in its list of reads. The owner names the targets;
 * nothing is looked for by itself.
 */
import type { DeviceKind, ProbeAnswer } from '../contract.ts';

/** Protocols a target can be read by; the registry of network probes has one probe for each. */
export const protocols = [
  'nut',
  'apcupsd',
  'snmp',
  'redfish',
  'ipmi',
  'modbus',
  'vda5050',
  'opcua',
  'universal-robots',
  'rosbridge',
] as const;
export type Protocol = (typeof protocols)[number];

/** One device or controller that the owner named. */
export interface Target {
  protocol: Protocol;
  /** Host name or address, as the owner wrote it. */
  host: string;
  /** The protocol's own port where it is missing. */
  port?: number;
  /** What the protocol needs beyond host and port, from the target file: a unit id, an interface name, a root topic. */
  options?: Readonly<Record<string, string>>;
  /** From the encrypted store, handed to the worker on its standard input; never an argument, never in a reading. */
  secrets?: Readonly<Record<string, string>>;
}

export interface NetworkProbeContext {
  signal: AbortSignal;
  /** Told of each address and port before a connection is opened to it. */
  contacting(address: string, port: number): void;
}

export interface NetworkProbe {
  /** Unique, kebab-case: `power-snmp`, `robot-opcua`. */
  id: string;
  subject: Extract<DeviceKind, 'power' | 'robot' | 'host'>;
  protocol: Protocol;
  /** Shown by `gaib-onboard discover --list-probes`. */
  what: string;
  defaultPort: number;
  /** Milliseconds for one target, after which the supervisor ends the worker. */
  limitMs: number;
  /** Everything the client can send, as the protocol names it. A test holds the client against this list. */
  reads: readonly string[];
  /** Answers for every outcome and throws for none: a target that is silent, refuses or talks nonsense is an answer. */
  read(target: Target, context: NetworkProbeContext): Promise<ProbeAnswer>;
}
