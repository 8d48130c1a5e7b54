/**
 * What every probe promises. A probe looks at one source (a driver library, a folder of the kernel, a tool) and says
 * what that source says, in SI units, with how far the source can be trusted. It never writes, never needs root, and
 * answers "absent" rather than inventing a zero.
 */

/**
 * Who stands behind a value.
 * `signed`: the device or its maker signed it; `firmware`: a controller the operating system cannot edit says it;
 * `host`: the operating system says it (root can fake it); `entered`: a person typed it in.
 */
export type Trust = 'signed' | 'firmware' | 'host' | 'entered';

export type DeviceKind = 'host' | 'gpu' | 'accelerator' | 'robot' | 'power' | 'network';

/** One value as the source gave it. `unit` is a UCUM code (https://ucum.org); text and booleans have none. */
export interface Observation {
  name: string;
  value: string | number | boolean;
  unit?: string;
  trust: Trust;
  /** The text before parsing, where it differs from the value. */
  raw?: string;
}

/** A value that ought to be there and is not, or cannot be believed, and why. */
export interface Problem {
  code:
    | 'absent'
    | 'placeholder'
    | 'denied'
    | 'timeout'
    | 'crashed'
    | 'nonsense'
    | 'lost'
    | 'mismatch'
    | 'parse'
    | 'unsupported'
    | 'vanished';
  field?: string;
  /** One sentence a person can act on. */
  sentence: string;
  raw?: string;
}

/** Names under which a device can be told from every other one; strongest schemes first in `identitySchemes`. */
export interface IdentityClaim {
  scheme: IdentityScheme;
  value: string;
  trust: Trust;
}

/**
 * Strongest first. `thing-serial`: `<maker>:<model>:<serial>` of a robot or a power system; `engine-id`: the
 * snmpEngineID of RFC 3411, in hexadecimal; `tpm-endorsement-key`: SHA-256 of the key's SubjectPublicKeyInfo, below the
 * board because a TPM can be moved to another one. Everything from `disk-serial` on names a part that is moved or an
 * installation, not the thing itself.
 */
export const identitySchemes = [
  'chip-certificate',
  'gpu-uuid',
  'part-and-serial',
  'thing-serial',
  'system-uuid',
  'system-serial',
  'board-serial',
  'engine-id',
  'tpm-endorsement-key',
  'disk-serial',
  'network-address',
  'machine-id',
  'machine-key',
] as const;
export type IdentityScheme = (typeof identitySchemes)[number];

/** What one source says of one device. `locator` joins sources of one scan (PCI address, `host`), never an identity. */
export interface DeviceReading {
  kind: DeviceKind;
  locator: string;
  name: string;
  identity: IdentityClaim[];
  observations: Observation[];
  problems: Problem[];
}

/** The answer of one probe at one time. */
export interface Reading {
  probe: string;
  startedAt: string;
  elapsedMs: number;
  /**
   * `present`: the source answered. `absent`: it is not on this machine. `denied`: it is, and this user may not read it.
   * `failed`: it answered that it cannot. `timeout`, `crashed`, `nonsense`: it did not answer, died, or said what no
   * probe says.
   */
  outcome: 'present' | 'absent' | 'denied' | 'failed' | 'timeout' | 'crashed' | 'nonsense';
  /** Why, when the outcome is not `present`; one sentence with the mend where there is one. */
  sentence?: string;
  devices: DeviceReading[];
  problems: Problem[];
  /** Of a device on the network: the name its owner gave it, or `protocol://host:port`. */
  target?: string;
  /** Of a device on the network: every address and port a connection was opened to for it, in order. */
  contacted?: string[];
  /** SHA-256 of the recording this reading was replayed from; missing when a real machine was read. */
  recording?: string;
}

/** What a probe hands back; the runner adds name, time and duration. */
export type ProbeAnswer = Pick<Reading, 'outcome' | 'sentence' | 'devices' | 'problems'>;

export interface Probe {
  /** Unique, kebab-case: `nvidia-nvml`, `host-dmi`. */
  id: string;
  /** The kind of thing it looks for; also its folder. */
  subject: 'gpu' | 'host' | 'power' | 'robot';
  /** Shown by `gaib-onboard discover --list-probes`. */
  what: string;
  /** Milliseconds after which the supervisor ends the worker that runs it. */
  limitMs: number;
  probe(context: ProbeContext): Promise<ProbeAnswer>;
}

/** The machine as a probe sees it: real, or a recorded one whose `root` is a folder. */
export interface ProbeContext {
  /** Prefix for kernel files, `` on a real machine. */
  root: string;
  signal: AbortSignal;
}
