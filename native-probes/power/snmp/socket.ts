/**
 * The datagram socket under net-snmp, with what the library leaves to others: answers are taken from the target alone,
 * what goes out is a reading request or nothing, and a reply that throws inside the library throws no further.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

/** PDU types of RFC 3416 that read: GetRequest, GetNextRequest, GetBulkRequest. */
export const readingPdus: ReadonlySet<number> = new Set([0xa0, 0xa1, 0xa5]);

export interface Watch {
  /** A reply that cannot be read, or would have thrown. */
  nonsense(reason: string): void;
}

/** For the option `dgramModule`. `address`: the one that is spoken to. */
export function guardedSockets(address: string, watch: Watch): { createSocket(type: 'udp4' | 'udp6'): Socket } {
  return {
    createSocket(type) {
      const socket = createSocket(type);
      const listen = socket.on.bind(socket) as (event: string, heard: (...heard: unknown[]) => void) => Socket;
      socket.on = ((event: string, heard: (...words: unknown[]) => void) => {
        if (event !== 'message') return listen(event, heard);
        return listen('message', (bytes, from) => {
          // A datagram can come from anybody.
          if ((from as RemoteInfo).address !== address) return;
          try {
            heard(bytes, from);
          } catch (error) {
            watch.nonsense(error instanceof Error ? error.message : String(error));
          }
        });
      }) as Socket['on'];
      return socket;
    },
  };
}
