import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forgeryHeader } from '#api/client/api.ts';
import { scriptedDouble } from '#api/scripted-double.ts';
import { type Console, serveConsole } from './serve-console.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

let folder: string;
let open: Console;
let port: number;
let token: string;
let clock: number;
const scripted = scriptedDouble({ earlier: true });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gaib-console-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.json'), '"secret"');
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'page', 'assets', 'index-1a2b.js'), '0');
  await writeFile(join(folder, 'page', 'notes.txt'), 'not of the page');
  await symlink(join(folder, 'secret.json'), join(folder, 'page', 'linked.json'));
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  clock = 1_000_000;
  open = await serveConsole({
    context: scripted.context,
    rendererFolder: join(folder, 'page'),
    port: 0,
    now: () => clock,
  });
  const url = new URL(open.url);
  port = Number(url.port);
  token = url.hash.slice('#t='.length);
});
afterEach(() => open.close());

/** One real request, headers exactly as given; `host` is the console's own unless named. */
function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}, body?: string, address = '127.0.0.1') {
  return new Promise<Answer>((resolve, reject) => {
    const call = request(
      { host: address, port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    call.on('error', reject).end(body);
  });
}

const origin = () => `http://127.0.0.1:${port}`;
const fromPage = () => ({
  origin: origin(),
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
});

async function enter(): Promise<{ cookie: string; word: string }> {
  const answer = await ask('POST', '/session', fromPage(), JSON.stringify({ token }));
  expect(answer.status).toBe(200);
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return { cookie, word: (JSON.parse(answer.text) as { forgeryWord: string }).forgeryWord };
}

const codeIn = (answer: Answer) =>
  (JSON.parse(answer.text) as { error: { data: { failure: { code: string } } } }).error.data.failure.code;

describe('the link', () => {
  it('carries a token of 32 bytes in its fragment, on 127.0.0.1', () => {
    expect(open.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#t=[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('opens one session, once, with a cookie of its own port that no script can read', async () => {
    const first = await ask('POST', '/session', fromPage(), JSON.stringify({ token }));
    expect(first.headers['set-cookie']).toHaveLength(1);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^gaib_onboard_${port}=[A-Za-z0-9_-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    const second = await ask('POST', '/session', fromPage(), JSON.stringify({ token }));
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(codeIn(second)).toBe('console.link_used');
  });

  it('is void after a minute, and a new one can be had', async () => {
    clock += 60_001;
    expect(codeIn(await ask('POST', '/session', fromPage(), JSON.stringify({ token })))).toBe('console.link_used');
    token = new URL(open.newUrl()).hash.slice(3);
    await enter();
  });

  it.each([['""'], ['{}'], ['null'], ['{"token":1}'], ['{'], [`{"token":"${'A'.repeat(43)}"}`]])(
    'is not opened by %s',
    async (body) => {
      expect(codeIn(await ask('POST', '/session', fromPage(), body))).toBe('console.link_used');
    },
  );

  it('cannot be guessed at leisure', async () => {
    for (let count = 0; count < 20; count++) await ask('POST', '/session', fromPage(), '{"token":"x"}');
    const crowded = await ask('POST', '/session', fromPage(), JSON.stringify({ token }));
    expect([crowded.status, codeIn(crowded)]).toEqual([429, 'console.crowded']);
    clock += 60_001;
    token = new URL(open.newUrl()).hash.slice(3);
    await enter();
  });

  it('takes no long body', async () => {
    const answer = await ask('POST', '/session', fromPage(), JSON.stringify({ token: 'x'.repeat(5000) }));
    expect(answer.status).toBe(413);
  });
});

describe('the name it is asked by', () => {
  const names: [string, number][] = [
    ['127.0.0.1:PORT', 200],
    ['localhost:PORT', 200],
    ['LOCALHOST:PORT', 200],
    ['[::1]:PORT', 200],
    ['127.0.0.1', 403],
    ['localhost', 403],
    ['localhost:1', 403],
    ['127.0.0.1:PORT0', 403],
    ['127.0.0.2:PORT', 403],
    ['0.0.0.0:PORT', 403],
    ['rebound.example:PORT', 403],
    ['localhost.example:PORT', 403],
    ['127.0.0.1.example:PORT', 403],
    ['example@localhost:PORT', 403],
  ];
  it.each(names)('%s gets %i, page and API alike', async (name, status) => {
    const host = name.replace('PORT', String(port));
    expect((await ask('GET', '/', { host })).status).toBe(status);
    const { cookie } = await enter();
    expect((await ask('GET', '/api/runs.list', { host, cookie })).status).toBe(status);
  });

  it('is not left out', async () => {
    const text = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('GET / HTTP/1.0\r\n\r\n'));
      let got = '';
      socket.on('data', (part) => {
        got += String(part);
      });
      socket.on('close', () => resolve(got));
    });
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('the page it comes from', () => {
  const word = (answer: { word: string }) => ({ [forgeryHeader]: answer.word });
  const origins: [string | undefined, string | undefined, number, number][] = [
    // origin, sec-fetch-site, status of a reading, status of a change
    [undefined, undefined, 200, 403],
    ['OWN', undefined, 200, 200],
    ['OWN', 'same-origin', 200, 200],
    [undefined, 'same-origin', 200, 200],
    [undefined, 'none', 200, 403],
    [undefined, 'same-site', 403, 403],
    [undefined, 'cross-site', 403, 403],
    ['OWN', 'cross-site', 403, 403],
    ['null', undefined, 403, 403],
    ['http://localhost:PORT', 'same-origin', 403, 403],
    ['http://127.0.0.1:1', 'same-site', 403, 403],
    ['https://127.0.0.1:PORT', 'same-site', 403, 403],
    ['http://example.com', 'cross-site', 403, 403],
    ['http://127.0.0.1:PORT.example.com', undefined, 403, 403],
  ];
  it.each(origins)('origin %s, site %s: reading %i, changing %i', async (from, site, reading, changing) => {
    const session = await enter();
    const given = from?.replace('OWN', origin()).replace('PORT', String(port));
    const headers = {
      cookie: session.cookie,
      ...(given === undefined ? {} : { origin: given }),
      ...(site === undefined ? {} : { 'sec-fetch-site': site }),
    };
    expect((await ask('GET', '/api/runs.list', headers)).status).toBe(reading);
    const change = { ...headers, ...word(session), 'content-type': 'application/json' };
    expect((await ask('POST', '/api/runs.cancel', change, '{"run":"run-0001"}')).status).toBe(changing);
  });

  it('may be one with a link to the console, which shows the page and nothing else', async () => {
    const { cookie } = await enter();
    const followed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask('GET', '/', followed)).status).toBe(200);
    expect((await ask('GET', '/', { ...followed, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
    expect((await ask('GET', '/', { ...followed, 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
    expect((await ask('GET', '/', { ...followed, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await ask('GET', '/session', { ...followed, cookie })).status).toBe(403);
    expect((await ask('GET', '/api/runs.list', { ...followed, cookie })).status).toBe(403);
  });

  it('must say its content type and its word to change anything', async () => {
    const session = await enter();
    const page = { ...fromPage(), cookie: session.cookie };
    const body = '{"run":"run-0001"}';
    const change = async (headers: OutgoingHttpHeaders) =>
      (await ask('POST', '/api/runs.cancel', headers, body)).status;
    expect(await change({ ...page, ...word(session) })).toBe(200);
    expect(await change(page)).toBe(403);
    expect(await change({ ...page, [forgeryHeader]: 'x' })).toBe(403);
    expect(await change({ ...page, ...word(session), 'content-type': 'text/plain' })).toBe(403);
    expect(await change({ ...page, ...word(session), 'content-type': 'application/x-www-form-urlencoded' })).toBe(403);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('cannot use %s', async (method) => {
    const { cookie } = await enter();
    const answer = await ask(method, '/api/runs.list', { ...fromPage(), cookie });
    expect(answer.status).toBe(403);
    for (const name of Object.keys(answer.headers)) expect(name).not.toMatch(/^access-control/);
  });

  it('cannot start a run by a GET', async () => {
    const { cookie } = await enter();
    expect((await ask('GET', '/api/runs.start?input=%7B%7D', { cookie })).status).toBe(405);
  });

  it('gets no upgrade to a socket', async () => {
    await expect(ask('GET', '/', { connection: 'upgrade', upgrade: 'websocket' })).rejects.toThrow();
  });
});

describe('the cookie', () => {
  it('is asked for on every call', async () => {
    for (const cookie of [undefined, '', `gaib_onboard_${port}=`, `gaib_onboard_${port}=x`, 'gaib_onboard_1=x']) {
      const answer = await ask('GET', '/api/runs.list', cookie === undefined ? {} : { cookie });
      expect([answer.status, codeIn(answer)]).toEqual([401, 'console.no_session']);
    }
    const { cookie } = await enter();
    expect((await ask('GET', '/api/runs.list', { cookie: `${cookie}; ${cookie}` })).status).toBe(401);
    expect((await ask('GET', '/session', { cookie })).status).toBe(200);
    expect((await ask('GET', '/session')).status).toBe(401);
  });

  it('of one console does not open another', async () => {
    const { cookie } = await enter();
    const other = await serveConsole({ context: scripted.context, rendererFolder: join(folder, 'page'), port: 0 });
    const first = port;
    port = Number(new URL(other.url).port);
    expect(cookie).toContain(String(first));
    expect((await ask('GET', '/api/runs.list', { cookie: cookie.replace(String(first), String(port)) })).status).toBe(
      401,
    );
    await other.close();
  });
});

describe('the files', () => {
  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.json',
    '/..%5csecret.json',
    '//etc/passwd',
    '/%00',
    '/%',
    '/linked.json',
    '/notes.txt',
    '/assets',
    '/index.html/',
    '/constructor',
  ])('%s is not among them', async (path) => {
    const answer = await ask('GET', path);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('"secret"');
  });

  it('come with every header that keeps the page to itself', async () => {
    const { headers, status, text } = await ask('GET', '/');
    expect(status).toBe(200);
    expect(text).toContain('<title>page</title>');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|data:|http:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect((await ask('HEAD', '/assets/index-1a2b.js')).headers['cache-control']).toContain('immutable');
  });

  it('must be there', async () => {
    const nowhere = { context: scripted.context, rendererFolder: join(folder, 'nowhere'), port: 0 };
    await expect(serveConsole(nowhere)).rejects.toMatchObject({ failure: { code: 'console.page_missing', exit: 104 } });
  });
});

describe('the API', () => {
  it('is never stored, and streams resumably', async () => {
    const { cookie } = await enter();
    const list = await ask('GET', '/api/runs.list', { cookie });
    expect(list.headers['cache-control']).toBe('no-store');
    const input = encodeURIComponent(JSON.stringify({ run: scripted.finishedRun(), lastEventId: '9' }));
    const stream = await ask('GET', `/api/runs.events?input=${input}`, { cookie, accept: 'text/event-stream' });
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect(stream.text).toContain('id: 10');
    expect(stream.text).not.toContain('id: 9\n');
    expect(stream.text).toContain('"finished"');
  });

  it('says a failure in the shape of the catalogue, without a stack', async () => {
    const { cookie } = await enter();
    const input = encodeURIComponent('{"run":"nothing"}');
    const answer = await ask('GET', `/api/runs.get?input=${input}`, { cookie });
    expect([answer.status, codeIn(answer)]).toEqual([404, 'run.unknown']);
    expect(answer.text).not.toMatch(/stack|node_modules|file:/);
  });

  it('takes no body beyond its limit', async () => {
    const { cookie, word } = await enter();
    const headers = { ...fromPage(), cookie, [forgeryHeader]: word };
    const body = JSON.stringify({ manifest: 'x'.repeat(3_000_000) });
    const answer = await ask('POST', '/api/verification.verify', headers, body).catch(() => undefined);
    if (answer) expect(answer.status).toBe(413);
  });
});

describe('where it listens', () => {
  it('is loopback only', async () => {
    const { networkInterfaces } = await import('node:os');
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((each) => each && !each.internal && each.family === 'IPv4');
    if (!outside) return;
    await expect(ask('GET', '/', {}, undefined, outside.address)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('is ::1 too where there is one', async () => {
    const answer = await ask('GET', '/', { host: `[::1]:${port}` }, undefined, '::1').catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer.message).toMatch(/EADDRNOTAVAIL|ECONNREFUSED|EAFNOSUPPORT/);
    else expect((answer as Answer).status).toBe(200);
  });

  it('is nowhere once its signal aborts', async () => {
    const leaving = new AbortController();
    const rendererFolder = join(folder, 'page');
    const other = await serveConsole({ context: scripted.context, rendererFolder, port: 0, signal: leaving.signal });
    const first = port;
    port = Number(new URL(other.url).port);
    leaving.abort();
    await expect
      .poll(() =>
        ask('GET', '/').then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    port = first;
  });
});
