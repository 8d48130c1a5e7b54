/**
 * Packages of RTDE (Real-Time Data Exchange), version 2: two bytes of size, one of type, all numbers big-endian. Only
 * the packages of the list can be built; there is none that sets up or sends inputs.
 * Source: Universal Robots, Real-Time Data Exchange (RTDE) Guide, port 30004.
 */

/** Types that may leave, by their name in the guide. `I` (set up inputs), `U` (data to the robot) and `M` are not here. */
export const requests = {
  RTDE_REQUEST_PROTOCOL_VERSION: 0x56,
  RTDE_GET_URCONTROL_VERSION: 0x76,
  RTDE_CONTROL_PACKAGE_SETUP_OUTPUTS: 0x4f,
  RTDE_CONTROL_PACKAGE_START: 0x53,
  RTDE_CONTROL_PACKAGE_PAUSE: 0x50,
} as const;
export type Request = keyof typeof requests;

/** A package of data from the robot. */
export const dataPackage = 0x55;
/** A message in words, which may come between any two others. */
export const textMessage = 0x4d;

/** Bytes that are no package. */
export class NotRtde extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotRtde';
  }
}

export function requestPackage(request: Request, payload: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt16BE(3 + payload.length, 0);
  head.writeUInt8(requests[request], 2);
  return Buffer.concat([head, payload]);
}

export const protocolVersion2 = (): Buffer => requestPackage('RTDE_REQUEST_PROTOCOL_VERSION', Buffer.from([0, 2]));

/** @param hertz how often the robot says the values */
export function setupOutputs(hertz: number, fields: readonly string[]): Buffer {
  const frequency = Buffer.alloc(8);
  frequency.writeDoubleBE(hertz, 0);
  return requestPackage(
    'RTDE_CONTROL_PACKAGE_SETUP_OUTPUTS',
    Buffer.concat([frequency, Buffer.from(fields.join(','), 'ascii')]),
  );
}

/** The first whole package of the bytes and what is left of them, or nothing yet. */
export function firstPackage(bytes: Buffer): { type: number; payload: Buffer; rest: Buffer } | undefined {
  if (bytes.length < 3) return undefined;
  const size = bytes.readUInt16BE(0);
  if (size < 3) throw new NotRtde(`a package of ${size} bytes`);
  if (bytes.length < size) return undefined;
  return { type: bytes.readUInt8(2), payload: bytes.subarray(3, size), rest: bytes.subarray(size) };
}

type Reader = (payload: Buffer, at: number) => number | number[] | boolean;
const several =
  (count: number, step: number, read: (payload: Buffer, at: number) => number): Reader =>
  (payload, at) =>
    Array.from({ length: count }, (_, index) => read(payload, at + index * step));
const double = (payload: Buffer, at: number) => payload.readDoubleBE(at);
const int32 = (payload: Buffer, at: number) => payload.readInt32BE(at);
const uint32 = (payload: Buffer, at: number) => payload.readUInt32BE(at);

/** Bytes and reader of each type of value. */
const types: Record<string, { size: number; read: Reader }> = {
  BOOL: { size: 1, read: (payload, at) => payload.readUInt8(at) !== 0 },
  UINT8: { size: 1, read: (payload, at) => payload.readUInt8(at) },
  UINT32: { size: 4, read: uint32 },
  UINT64: { size: 8, read: (payload, at) => Number(payload.readBigUInt64BE(at)) },
  INT32: { size: 4, read: int32 },
  DOUBLE: { size: 8, read: double },
  VECTOR3D: { size: 24, read: several(3, 8, double) },
  VECTOR6D: { size: 48, read: several(6, 8, double) },
  VECTOR6INT32: { size: 24, read: several(6, 4, int32) },
  VECTOR6UINT32: { size: 24, read: several(6, 4, uint32) },
};

export interface Recipe {
  id: number;
  /** Field and type, in the order they come in. */
  fields: { name: string; type: string }[];
  /** Fields this robot does not know. */
  unknown: string[];
}

/** Reads the answer to a set-up: the number of the recipe and the type of each field that was asked for. */
export function readRecipe(payload: Buffer, asked: readonly string[]): Recipe {
  if (payload.length < 1) throw new NotRtde('an empty recipe');
  const named = payload.subarray(1).toString('ascii').split(',');
  if (named.length !== asked.length)
    throw new NotRtde(`a recipe of ${named.length} fields where ${asked.length} were asked for`);
  const fields = asked.map((name, index) => ({ name, type: named[index]?.trim() ?? '' }));
  const unknown = fields.filter(({ type }) => type === 'NOT_FOUND').map(({ name }) => name);
  const strange = fields.find(({ type }) => type !== 'NOT_FOUND' && !Object.hasOwn(types, type));
  if (strange !== undefined) throw new NotRtde(`a field of a type that does not exist (${strange.name})`);
  return { id: payload.readUInt8(0), fields, unknown };
}

/** The values of one package of data, by field. */
export function readData(payload: Buffer, recipe: Recipe): Map<string, number | number[] | boolean> {
  if (payload.length < 1 || payload.readUInt8(0) !== recipe.id) throw new NotRtde('data of another recipe');
  const values = new Map<string, number | number[] | boolean>();
  let at = 1;
  for (const { name, type } of recipe.fields) {
    const known = types[type];
    if (known === undefined || at + known.size > payload.length) throw new NotRtde(`data that ends before ${name}`);
    values.set(name, known.read(payload, at));
    at += known.size;
  }
  return values;
}

/** `5.22.1.1214860` */
export function readVersion(payload: Buffer): string {
  if (payload.length < 16) throw new NotRtde('a version that is cut off');
  return [0, 4, 8, 12].map((at) => payload.readUInt32BE(at)).join('.');
}
