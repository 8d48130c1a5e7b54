/** TLS against a server with a certificate of its own, and against what speaks none. */
import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { InMemoryCertificateKeyPairProvider } from 'node-opcua-common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unanswered } from '../network/connect.ts';
import { openTls } from './tls.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

let certificate: X509Certificate;
let securePort = 0;
beforeAll(async () => {
  const provider = new InMemoryCertificateKeyPairProvider();
  await provider.ensureCertificateExists({
    applicationUri: 'urn:broker',
    subject: 'CN=broker',
    dns: ['localhost'],
    ip: ['127.0.0.1'],
  });
  certificate = new X509Certificate(provider.getCertificate());
  const { hidden } = provider.getPrivateKey() as { hidden: KeyObject | string };
  const key = hidden instanceof KeyObject ? hidden : createPrivateKey(hidden);
  const pem = String(key.export({ type: 'pkcs8', format: 'pem' }));
  securePort = await listen(
    createTlsServer({ cert: certificate.toString(), key: pem }, (socket) => socket.end('hello')),
  );
});

function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

async function open(port: number, options: Record<string, string> = {}, secrets: Record<string, string> = {}) {
  const tcp = connect(port, '127.0.0.1');
  await new Promise<void>((resolve) => tcp.once('connect', () => resolve()));
  return openTls(tcp, { protocol: 'vda5050', host: '127.0.0.1', options, secrets }, 'the broker');
}

async function refusal(
  port: number,
  options: Record<string, string> = {},
  secrets: Record<string, string> = {},
): Promise<string> {
  const error = await open(port, options, secrets).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Unanswered);
  return (error as Unanswered).message;
}

describe('a certificate nobody vouches for', () => {
  test('is not believed', async () => {
    expect(await refusal(securePort)).toMatch(/^the broker and this machine do not agree on TLS: .*certificate.*\.$/i);
  });

  test('is believed where the target names it, and no other one is', async () => {
    const socket = await open(securePort, {
      fingerprint: certificate.fingerprint256.toLowerCase().replaceAll(':', ''),
    });
    expect(socket.encrypted).toBe(true);
    socket.destroy();
    expect(await refusal(securePort, { fingerprint: '00'.repeat(32) })).toBe(
      `the broker shows another certificate than the one the target names: ${certificate.fingerprint256}.`,
    );
    expect(await refusal(securePort, { fingerprint: '' })).toMatch(/shows another certificate/);
  });

  test('is believed where the owner gives it as the authority', async () => {
    const socket = await open(securePort, {}, { ca: certificate.toString() });
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });
});

describe.concurrent('what speaks no TLS', () => {
  test.each([
    ['hangs up', (socket: Socket) => socket.end(), /do not agree on TLS/],
    ['speaks HTTP', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /do not agree on TLS/],
    ['says nothing', (socket: Socket) => socket.resume(), /did not agree on TLS within 5 s/],
  ])('and %s has its sentence', async (_, speak, sentence) => {
    expect(await refusal(await listen(createServer(speak)))).toMatch(sentence);
  });

  test('a key that is none has its sentence', async () => {
    expect(await refusal(securePort, {}, { certificate: 'x', key: 'y' })).toMatch(/do not agree on TLS/);
  });
});
