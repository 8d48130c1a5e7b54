/**
 * A gate between the MQTT library and the socket. The library can publish; the gate lets out only the packets of the
 * list, so that this program cannot, whatever it is told. What comes in is bounded in size, packet by packet.
 * Packet types and framing: MQTT 3.1.1 (OASIS), section 2.2.
 */
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** Types of control packets that may leave, by their number. PUBLISH is 3 and is not here. */
export const outgoing: ReadonlyMap<number, string> = new Map([
  [1, 'CONNECT'],
  [8, 'SUBSCRIBE'],
  [12, 'PINGREQ'],
  [14, 'DISCONNECT'],
]);

/** Bytes that are no packet that may pass, with the reason. */
export class Refused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Refused';
  }
}

export interface Bounds {
  /** The longest packet that is let in, bytes after its fixed header. */
  packet: number;
  /** All that is let in, bytes. */
  total: number;
}

/**
 * Follows a stream of packets by their fixed headers and keeps none of them.
 * @param check told the type and the remaining length of each packet as soon as they are known; throws to stop it
 */
export function packetMeter(check: (type: number, length: number) => void): (chunk: Uint8Array) => void {
  let type = -1;
  let length = 0;
  let shift = 0;
  let skip = 0;
  return (chunk) => {
    for (let index = 0; index < chunk.length; index += 1) {
      if (skip > 0) {
        const step = Math.min(skip, chunk.length - index);
        skip -= step;
        index += step - 1;
        continue;
      }
      const byte = chunk[index] ?? 0;
      if (type < 0) {
        type = byte >> 4;
        length = 0;
        shift = 0;
        continue;
      }
      if (shift > 21) throw new Refused('a length of more than four bytes');
      length += (byte & 0x7f) << shift;
      shift += 7;
      if ((byte & 0x80) !== 0) continue;
      check(type, length);
      type = -1;
      skip = length;
    }
  };
}

/** The socket behind the gate; owns it. */
export function gated(socket: Socket, bounds: Bounds): Duplex {
  const sent = packetMeter((type) => {
    if (!outgoing.has(type)) throw new Refused(`this program sends no packet of type ${type}`);
  });
  const heard = packetMeter((type, length) => {
    if (type === 0) throw new Refused('a packet of type 0');
    if (length > bounds.packet) throw new Refused(`a packet of ${length} bytes`);
  });
  let total = 0;
  const gate = new Duplex({
    read: () => void socket.resume(),
    write(chunk: Buffer, _encoding, done) {
      try {
        sent(chunk);
      } catch (error) {
        return done(error as Error);
      }
      socket.write(chunk, done);
    },
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    try {
      total += chunk.length;
      if (total > bounds.total) throw new Refused(`more than ${bounds.total} bytes`);
      heard(chunk);
    } catch (error) {
      return void gate.destroy(error as Error);
    }
    if (!gate.push(chunk)) socket.pause();
  });
  socket.once('end', () => gate.push(null));
  socket.once('error', (error) => gate.destroy(error));
  socket.once('close', () => gate.destroy());
  return gate;
}
