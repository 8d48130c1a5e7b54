/** The probe against agents on loopback: recordings behind a real agent, hostile ones, and a real snmpd where it is. */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AuthProtocols, PrivProtocols, type User } from 'net-snmp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Target } from '../../network/contract.ts';
import { readTarget } from '../../stub/hostile.ts';
import { needed } from '../../stub/needed.ts';
import { reads } from './client.ts';
import { describeAgent } from './describe.ts';
import { snmpProbe } from './probe.ts';
import { readSnmprec } from './snmprec.ts';
import { readingPdus } from './socket.ts';
import { pduType, type ReplayAgent, replayAgent } from './stub/replay-agent.ts';

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const one of closing.splice(0)) one.close();
});

const recording = (name: string) =>
  readSnmprec(readFileSync(join(import.meta.dirname, `fixtures/${name}.snmprec`), 'latin1'));

async function replay(name: string, options?: Parameters<typeof replayAgent>[1]): Promise<ReplayAgent> {
  const agent = await replayAgent(recording(name), options);
  closing.push(agent);
  return agent;
}

const at = (port: number, secrets?: Record<string, string>): Target => ({
  protocol: 'snmp',
  host: '127.0.0.1',
  port,
  ...(secrets === undefined ? {} : { secrets }),
});

const v3 = { user: 'reader', authKey: 'authpass123', privKey: 'privpass123' };

describe('an agent', () => {
  test.each(['apc-8932', 'nav-raritan-px', 'eaton-93e-80', 'librenms-sentry4-excerpt', 'hp-onboard-administrator'])(
    'that replays %s says what its recording says',
    async (name) => {
      const agent = await replay(name);
      const reading = await readTarget(snmpProbe, at(agent.port));
      expect(reading.contacted).toEqual([`127.0.0.1:${agent.port}`]);
      expect(reading.devices).toEqual(describeAgent(recording(name), `snmp://127.0.0.1:${agent.port}`).devices);
    },
  );

  test('is sent nothing but reading requests', async () => {
    const agent = await replay('apc-8932');
    await readTarget(snmpProbe, at(agent.port));
    expect(agent.requests.length).toBeGreaterThan(10);
    const sent = new Set(agent.requests.map(pduType));
    expect([...sent].filter((type) => type === undefined || !readingPdus.has(type))).toEqual([]);
    // GetRequest and GetBulkRequest, of which the list of reads speaks.
    expect(sent).toEqual(new Set([0xa0, 0xa5]));
    expect(reads).toEqual(['GetRequest', 'GetBulkRequest']);
  });

  test('of version 3 answers a user it knows', async () => {
    const { SecurityLevel } = await import('net-snmp');
    const user: User = {
      name: v3.user,
      level: SecurityLevel.authPriv,
      authProtocol: Number(AuthProtocols.sha256),
      authKey: v3.authKey,
      privProtocol: Number(PrivProtocols.aes),
      privKey: v3.privKey,
    };
    const agent = await replay('apc-8932', { users: [user] });
    const reading = await readTarget(snmpProbe, at(agent.port, v3));
    expect(reading.devices[0]?.name).toBe('APC AP8932');
    const wrong = await readTarget(snmpProbe, at(agent.port, { ...v3, authKey: 'not the key' }));
    // This agent says nothing of a key that is wrong; snmpd does.
    expect(wrong).toMatchObject({ outcome: 'timeout', devices: [] });
    expect(JSON.stringify(wrong)).not.toContain('not the key');
  });

  test('of another community is silent, and the sentence says what silence can be', async () => {
    const agent = await replay('apc-8932', { community: 'n0t-public' });
    const silent = await readTarget(snmpProbe, at(agent.port));
    expect(silent).toMatchObject({ outcome: 'timeout', devices: [] });
    expect(silent.sentence).toMatch(/^127\.0\.0\.1 is silent\. A wrong community or a firewall is silence too/);
    const known = await readTarget(snmpProbe, at(agent.port, { community: 'n0t-public' }));
    expect(known.outcome).toBe('present');
  });

  test.each([
    [{ user: 'reader', authKey: 'x', authProtocol: 'rot13' }, 'authProtocol is rot13: unknown.'],
    // The table of the library has its names by number as well.
    [{ user: 'reader', authKey: 'x', authProtocol: '5' }, 'authProtocol is 5: unknown.'],
    [{ user: 'reader', authKey: 'x', privKey: 'y', privProtocol: '3des' }, 'privProtocol is 3des: unknown.'],
  ])('%j cannot be asked', async (secrets, sentence) => {
    expect(await readTarget(snmpProbe, at(9, secrets))).toMatchObject({ outcome: 'failed', sentence });
  });
});

/** A datagram server that answers every request with what the test makes of it. */
async function udp(answer: (request: Buffer, reply: (bytes: Buffer) => void, port: number) => void): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (bytes, from) =>
    answer(bytes, (reply) => socket.send(reply, from.port, from.address), from.port),
  );
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  closing.push(socket);
  return socket.address().port;
}

describe('a hostile agent that', () => {
  test.each<[string, (request: Buffer) => Buffer]>([
    ['echoes', (request) => request],
    ['cuts its answer off', (request) => request.subarray(0, request.length - 5)],
    ['says zeros', () => Buffer.alloc(512)],
    ['announces more than it sends', () => Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x02, 0x01, 0x01])],
    ['nests without end', () => Buffer.alloc(2000, 0x30)],
    ['speaks HTTP', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['sends 60 KB', () => Buffer.alloc(60_000, 0x04)],
  ])('%s costs one sentence', async (_, make) => {
    const reading = await readTarget(snmpProbe, at(await udp((request, reply) => reply(make(request)))));
    expect(['nonsense', 'timeout', 'failed']).toContain(reading.outcome);
    expect(reading).toMatchObject({ devices: [], sentence: expect.stringMatching(/\.$/) });
  });

  test('any byte of a good answer changed gives an answer all the same', async () => {
    const agent = await replay('apc-8932');
    const inside = createSocket('udp4');
    closing.push(inside);
    let reply: (bytes: Buffer) => void = () => {};
    let count = 0;
    inside.on('message', (bytes) => {
      const changed = Buffer.from(bytes);
      const place = (count * 7919) % changed.length;
      changed[place] = (changed[place] ?? 0) ^ 0xff;
      count += 1;
      reply(changed);
    });
    const port = await udp((request, answer) => {
      reply = answer;
      inside.send(request, agent.port, '127.0.0.1');
    });
    for (let tries = 0; tries < 6; tries += 1) {
      const reading = await readTarget(snmpProbe, at(port));
      expect(reading.sentence ?? 'answered').toMatch(/\w/);
    }
  }, 120_000);

  test('goes round in a circle is left', async () => {
    const values = recording('apc-8932');
    const agent = await replayAgent(values);
    closing.push(agent);
    const inside = createSocket('udp4');
    closing.push(inside);
    let reply: (bytes: Buffer) => void = () => {};
    // The last number of each OID of a row becomes 1: the next row is the first again.
    inside.on('message', (bytes) => reply(sameRow(bytes)));
    const port = await udp((request, answer) => {
      reply = answer;
      inside.send(request, agent.port, '127.0.0.1');
    });
    const reading = await readTarget(snmpProbe, at(port));
    expect(reading.outcome).toBe('nonsense');
    expect(reading.sentence).toMatch(/goes round in a circle at 1\.3\.6\.1\.4\.1\.318\./);
  });

  test('answers from another address is not heard', async () => {
    const other = createSocket('udp4').bind(0, '127.0.0.2');
    await once(other, 'listening');
    closing.push(other);
    const port = await udp((request, _, from) => other.send(request, from, '127.0.0.1'));
    expect((await readTarget(snmpProbe, at(port))).outcome).toBe('timeout');
  });
});

/** Every OID under 318 (2b 06 01 04 01 82 3e) with its last octet set to 1. */
function sameRow(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  const start = Buffer.from('2b06010401823e', 'hex');
  for (let found = changed.indexOf(start); found > 0; found = changed.indexOf(start, found + 1)) {
    const length = changed[found - 1] ?? 0;
    changed[found - 1 + length] = 1;
  }
  return changed;
}

const snmpd = needed(['snmpd'], 'the probe of SNMP is not tried on a real agent', '-v');

describe.skipIf(snmpd === undefined)('a real snmpd', () => {
  test('answers versions 2c and 3, and is no power system', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gaib-snmpd-'));
    const port = await udpPort();
    mkdirSync(join(folder, 'state'));
    writeFileSync(
      join(folder, 'snmpd.conf'),
      [
        `agentaddress udp:127.0.0.1:${port}`,
        'rocommunity testpub 127.0.0.1',
        `createUser ${v3.user} SHA-256 "${v3.authKey}" AES "${v3.privKey}"`,
        `rouser ${v3.user} priv`,
        'sysLocation row 3',
      ].join('\n'),
    );
    const child = spawn(snmpd ?? '', ['-f', '-Lf', join(folder, 'log'), '-C', '-c', join(folder, 'snmpd.conf')], {
      env: { ...process.env, SNMP_PERSISTENT_DIR: join(folder, 'state'), SNMPCONFPATH: folder },
      stdio: 'ignore',
    });
    try {
      let reading = await readTarget(snmpProbe, at(port, { community: 'testpub' }));
      for (let tries = 0; reading.outcome !== 'present' && tries < 10; tries += 1) {
        await sleep(300);
        reading = await readTarget(snmpProbe, at(port, { community: 'testpub' }));
      }
      expect(reading.outcome).toBe('present');
      const [device] = reading.devices;
      expect(device).toMatchObject({ kind: 'network', problems: [{ code: 'unsupported' }] });
      expect(device?.identity[0]).toMatchObject({ scheme: 'engine-id', value: expect.stringMatching(/^80001f88/) });
      expect(device?.observations).toContainEqual({ name: 'location', value: 'row 3', trust: 'entered' });
      const secured = await readTarget(snmpProbe, at(port, v3));
      expect(secured.devices).toEqual(reading.devices);
      const wrong = await readTarget(snmpProbe, at(port, { ...v3, privKey: 'another key' }));
      expect(['denied', 'timeout', 'nonsense']).toContain(wrong.outcome);
      for (const other of [{ user: 'nobody' }, { authKey: 'not the key' }]) {
        const refused = await readTarget(snmpProbe, at(port, { ...v3, ...other }));
        expect(refused.outcome).toBe('denied');
        expect(refused.sentence).toMatch(/refuses this user/);
        expect(JSON.stringify(refused)).not.toContain('not the key');
      }
    } finally {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

async function udpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
