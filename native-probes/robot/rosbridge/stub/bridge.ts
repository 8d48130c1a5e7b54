/**
 * Stands for rosbridge with rosapi, which no package has: a real websocket server that speaks the rosbridge protocol,
 * answers the services it is given answers for, and publishes the topics it is given messages for. Keeps all it hears.
 */
import { createServer, type Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

export interface BridgeSettings {
  services: Record<string, (values: Record<string, unknown>) => unknown>;
  messages: Record<string, unknown>;
  /** Sends these texts instead of answering. */
  say?: (socket: WebSocket) => void;
}

export interface BridgeServer {
  port: number;
  /** `op service-or-topic` of each message, in the order they came. */
  heard: string[];
  parameters: string[];
  close(): Promise<void>;
}

export async function startBridge(settings: BridgeSettings): Promise<BridgeServer> {
  const heard: string[] = [];
  const parameters: string[] = [];
  const http = createServer((_request, response) => response.writeHead(426).end());
  const server = new WebSocketServer({ server: http, maxPayload: 1_048_576 });
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    if (settings.say !== undefined) settings.say(socket);
    socket.on('message', (bytes) => {
      const message = JSON.parse(String(bytes)) as Record<string, unknown>;
      const { op, id, service, topic } = message;
      heard.push(`${String(op)} ${String(service ?? topic ?? '')}`);
      if (settings.say !== undefined) return;
      if (op === 'call_service') {
        const values = (message.args ?? {}) as Record<string, unknown>;
        if (typeof values.name === 'string') parameters.push(values.name);
        const answer = settings.services[String(service)];
        const body =
          answer === undefined
            ? { values: `Service ${String(service)} does not exist`, result: false }
            : { values: answer(values), result: true };
        socket.send(JSON.stringify({ op: 'service_response', id, service, ...body }));
      }
      if (op === 'subscribe' && Object.hasOwn(settings.messages, String(topic))) {
        socket.send(JSON.stringify({ op: 'publish', topic, msg: settings.messages[String(topic)] }));
      }
    });
  });
  const port = await listening(http);
  return {
    port,
    heard,
    parameters,
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

export function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
