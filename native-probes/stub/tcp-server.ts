/** A TCP server for tests: says what the test says, and keeps every byte that was sent to it. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface TcpServer {
  port: number;
  /** All that came in, of all connections, in order. */
  received(): Buffer;
  /** Connections so far. */
  connections(): number;
  close(): Promise<void>;
}

/** @param serve called with each connection, and with each chunk that comes in on it */
export async function tcpServer(serve: {
  open?: (socket: Socket) => void;
  data?: (socket: Socket, chunk: Buffer) => void;
}): Promise<TcpServer> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      received.push(chunk);
      serve.data?.(socket, chunk);
    });
    serve.open?.(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    received: () => Buffer.concat(received),
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers line by line. */
export function lineServer(answer: (line: string, socket: Socket) => void): Promise<TcpServer> {
  const rest = new WeakMap<Socket, string>();
  return tcpServer({
    data(socket, chunk) {
      const lines = ((rest.get(socket) ?? '') + chunk.toString('utf8')).split('\n');
      rest.set(socket, lines.pop() ?? '');
      for (const line of lines) answer(line, socket);
    },
  });
}

/** A port on loopback on which nothing listens, most likely. */
export async function freePort(): Promise<number> {
  const server = await tcpServer({});
  await server.close();
  return server.port;
}
