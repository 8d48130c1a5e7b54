/**
 * The console: the page and the API on this machine's loopback, for a browser here or at the other end of an SSH
 * tunnel. It listens nowhere else, trusts no request that does not come from its own page, and hands the API only to the
 * browser that opened its link. What may pass stands in `guards.ts` and `sessions.ts`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { apiPath, forgeryHeader, sessionPath } from '#api/client/api.ts';
import type { ApiContext } from '#api/context.ts';
import { type HttpTransport, httpTransport } from '#api/transports/http.ts';
import { type Failure, failure, failureOf } from '#domain/failures/failure.ts';
import { listPageFiles, type PageFiles, pageFile } from '../page/files.ts';
import { pageHeaders } from '../page/headers.ts';
import { cookieOf, refusalReason } from './guards.ts';
import { isSameSecret, openSessions, type Sessions } from './sessions.ts';

export interface ConsoleOptions {
  context: ApiContext;
  /** The built page. */
  rendererFolder: string;
  /** 0 takes a free one. */
  port: number;
  signal?: AbortSignal;
  now?: () => number;
}

export interface Console {
  /** The first link: good once, for a minute. */
  url: string;
  /** A further link, as good as the first. */
  newUrl(): string;
  close(): Promise<void>;
}

interface Room {
  port: number;
  files: PageFiles;
  sessions: Sessions;
  api: HttpTransport;
}

/**
 * Opens the console.
 *
 * @example
 * const { url, close } = await serveConsole({ context, rendererFolder: 'dist/renderer', port: 0 });
 */
export async function serveConsole(options: ConsoleOptions): Promise<Console> {
  const files = await listPageFiles(options.rendererFolder);
  const sessions = openSessions(options.now ?? Date.now);
  const room: Room = { port: 0, files, sessions, api: httpTransport(options.context) };
  const first = await listen(room, '127.0.0.1', options.port);
  room.port = (first.address() as AddressInfo).port;
  // Without IPv6, or with the port taken there, the console is on 127.0.0.1 alone.
  const second = await listen(room, '::1', room.port).catch(() => undefined);
  const servers = second ? [first, second] : [first];

  const close = async () => {
    await Promise.all(servers.map(shut));
  };
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  const newUrl = () => `http://127.0.0.1:${room.port}/#t=${sessions.newToken()}`;
  return { url: newUrl(), newUrl, close };
}

function listen(room: Room, host: string, port: number): Promise<Server> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 },
    (request, response) => void serve(room, request, response).catch((thrown) => fault(response, thrown)),
  );
  server.maxConnections = 64;
  server.maxHeadersCount = 64;
  server.on('upgrade', (_request, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(pageHeaders("'self'"))) response.setHeader(name, value);
  response.setHeader('cache-control', 'no-store');
  const method = request.method ?? '';
  const [pathname = '/'] = (request.url ?? '/').split('?', 1);
  const reason = refusalReason(method, pathname, request.headers, room.port);
  if (reason) return refuse(response, 403, failure('console.refused', { subject: reason }));
  if (pathname === sessionPath) return session(room, request, response);
  if (pathname.startsWith(`${apiPath}/`)) return api(room, request, response, pathname.slice(apiPath.length + 1));
  if (method === 'POST') return refuse(response, 405, failure('console.refused', { subject: 'pages are only read' }));
  return page(room, response, pathname, method);
}

/** GET: the word of the session this browser has. POST: exchanges the link's token for a session. */
async function session(room: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const cookieName = `gaib_onboard_${room.port}`;
  if (request.method !== 'POST') {
    const forgeryWord = room.sessions.forgeryWordOf(cookieOf(request.headers.cookie, cookieName));
    if (!forgeryWord) return refuse(response, 401, failure('console.no_session'));
    return answer(response, 200, { forgeryWord });
  }
  const body = await readBody(request, 1024);
  if (body === undefined) return refuse(response, 413, failure('console.refused', { subject: 'it is too long' }));
  const exchanged = room.sessions.exchange(tokenIn(body));
  if ('failure' in exchanged)
    return refuse(response, exchanged.failure.code === 'console.crowded' ? 429 : 401, exchanged.failure);
  response.setHeader('set-cookie', `${cookieName}=${exchanged.cookie}; HttpOnly; SameSite=Strict; Path=/`);
  return answer(response, 200, { forgeryWord: exchanged.forgeryWord });
}

async function api(room: Room, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const forgeryWord = room.sessions.forgeryWordOf(cookieOf(request.headers.cookie, `gaib_onboard_${room.port}`));
  if (!forgeryWord) return refuse(response, 401, failure('console.no_session'));
  if (request.method === 'POST' && !isSameSecret(request.headers[forgeryHeader], forgeryWord))
    return refuse(response, 403, failure('console.refused', { subject: "it does not carry its session's word" }));
  return room.api(request, response, path);
}

async function page(room: Room, response: ServerResponse, pathname: string, method: string): Promise<void> {
  const file = pageFile(room.files, pathname);
  if (!file) return refuse(response, 404, failure('console.refused', { subject: 'there is no such page' }));
  response.setHeader('content-type', file.contentType);
  if (file.lasting) response.setHeader('cache-control', 'private, max-age=31536000, immutable');
  const content = await file.read();
  response.setHeader('content-length', content.byteLength);
  response.end(method === 'HEAD' ? undefined : content);
}

/** The whole body, or undefined when it is longer than the limit. */
async function readBody(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.byteLength;
    if (length > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function tokenIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { token?: unknown } | null)?.token;
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}

/** In the shape of an error of the API, so that the page reads one shape only. */
function refuse(response: ServerResponse, status: number, found: Failure): void {
  // What was not read of the request would be taken for the next one.
  if (status === 413) response.setHeader('connection', 'close');
  answer(response, status, { error: { code: -32000 - status, message: found.what, data: { failure: found } } });
}

function fault(response: ServerResponse, thrown: unknown): void {
  if (response.headersSent) response.destroy();
  else refuse(response, 500, failureOf(thrown));
}
