/** The probe against servers on loopback: one that replays recordings, hostile ones, and a real upsd where it is installed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { hostileReplies, readTarget } from '../../stub/hostile.ts';
import { needed } from '../../stub/needed.ts';
import { freePort, lineServer, type TcpServer, tcpServer } from '../../stub/tcp-server.ts';
import { reads } from './client.ts';
import { readDump } from './parse.ts';
import { nutProbe } from './probe.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const apc = 'APC__Smart-UPS_3000__snmp-ups__2.7.4__01.dev';
const epdu = 'Eaton__ePDU_MA_1P__snmp-ups__2.7.4__01.dev';

const servers: TcpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function started(server: Promise<TcpServer>): Promise<TcpServer> {
  servers.push(await server);
  return await server;
}

/** A server that answers as upsd does, from recordings. */
function replaying(devices: Record<string, string>, refuse: Record<string, string> = {}): Promise<TcpServer> {
  return started(
    lineServer((line, socket) => {
      const refusal = refuse[line];
      if (refusal !== undefined) socket.write(`ERR ${refusal}\n`);
      else if (line === 'LIST UPS') {
        const rows = Object.keys(devices).map((name) => `UPS ${name} "a \\"good\\" one"\n`);
        socket.write(`BEGIN LIST UPS\n${rows.join('')}END LIST UPS\n`);
      } else if (line.startsWith('LIST VAR ')) {
        const name = line.slice(9);
        const variables = readDump(readFileSync(join(fixtures, devices[name] ?? ''), 'utf8'));
        const rows = [...variables].map(([key, value]) => `VAR ${name} ${key} "${value.replace(/["\\]/g, '\\$&')}"\n`);
        socket.write(`BEGIN LIST VAR ${name}\n${rows.join('')}END LIST VAR ${name}\n`);
      } else socket.write('ERR UNKNOWN-COMMAND\n');
    }),
  );
}

const at = ({ port }: TcpServer, options?: Record<string, string>) => ({
  protocol: 'nut' as const,
  host: '127.0.0.1',
  port,
  ...(options === undefined ? {} : { options }),
});

describe('a NUT server', () => {
  test('gives each of its devices, and is sent nothing but its two questions', async () => {
    const server = await replaying({ apc, epdu });
    const reading = await readTarget(nutProbe, at(server));
    expect(reading).toMatchObject({ probe: 'power-nut', outcome: 'present', contacted: [`127.0.0.1:${server.port}`] });
    expect(reading.devices.map(({ name, locator }) => [name, locator])).toEqual([
      ['APC Smart-UPS 3000', `nut://127.0.0.1:${server.port}/apc`],
      ['Eaton ePDU MA 1P IN:IEC309 32A OUT:20xC13, 4xC19', `nut://127.0.0.1:${server.port}/epdu`],
    ]);
    expect(server.received().toString()).toBe('LIST UPS\nLIST VAR apc\nLIST VAR epdu\n');
    expect(nutProbe.reads).toBe(reads);
    for (const line of server.received().toString().trim().split('\n')) {
      expect(reads.some((read) => line === read || line.startsWith(`${read} `))).toBe(true);
    }
  });

  test('asked for one device gives that one', async () => {
    const server = await replaying({ apc, epdu });
    const reading = await readTarget(nutProbe, at(server, { ups: 'apc' }));
    expect(reading.devices.map(({ name }) => name)).toEqual(['APC Smart-UPS 3000']);
  });

  test('whose driver has lost one device gives the others', async () => {
    const server = await replaying({ apc, epdu }, { 'LIST VAR apc': 'DATA-STALE' });
    const reading = await readTarget(nutProbe, at(server));
    expect(reading.devices).toHaveLength(1);
    expect(reading.problems).toEqual([
      {
        code: 'lost',
        field: 'apc',
        sentence: 'apc: The driver has heard nothing from the device for a while: check its cable.',
      },
    ]);
  });

  test.each([
    ['ACCESS-DENIED', 'denied', 'The server answers this address nothing: allow it in upsd.conf.'],
    ['TOO-LONG', 'failed', 'The server answered ERR TOO-LONG.'],
  ])('that answers ERR %s is %s', async (word, outcome, sentence) => {
    const server = await replaying({ apc }, { 'LIST UPS': word });
    expect(await readTarget(nutProbe, at(server))).toMatchObject({ outcome, sentence, devices: [] });
  });

  test('without a device is absent', async () => {
    const server = await replaying({});
    expect(await readTarget(nutProbe, at(server))).toMatchObject({ outcome: 'absent', devices: [] });
  });

  test('that is not there refuses', async () => {
    const port = await freePort();
    expect(await readTarget(nutProbe, { protocol: 'nut', host: '127.0.0.1', port })).toMatchObject({
      outcome: 'failed',
      sentence: `127.0.0.1:${port} refused the connection: nothing listens there, or a firewall says so.`,
      contacted: [`127.0.0.1:${port}`],
    });
  });

  test('whose name nobody knows is contacted by nobody', async () => {
    const reading = await readTarget(nutProbe, { protocol: 'nut', host: 'no-such-host.invalid' });
    expect(reading).toMatchObject({ outcome: 'absent', contacted: [] });
  });
});

describe('a hostile server that', () => {
  test.each(hostileReplies)('%s costs one sentence', async (_, say) => {
    const server = await started(tcpServer({ data: say }));
    const reading = await readTarget(nutProbe, at(server));
    expect(['failed', 'timeout', 'nonsense']).toContain(reading.outcome);
    expect(reading.sentence).toMatch(/\.$/);
    expect(reading.devices).toEqual([]);
  });

  test('puts a command into a name is not sent it back', async () => {
    const server = await started(
      lineServer((line, socket) => {
        if (line === 'LIST UPS') socket.write('BEGIN LIST UPS\nUPS $(reboot) "x"\nEND LIST UPS\n');
      }),
    );
    const reading = await readTarget(nutProbe, at(server));
    expect(reading).toMatchObject({ outcome: 'nonsense', devices: [] });
    expect(server.received().toString()).toBe('LIST UPS\n');
  });

  test('lists devices without end is left', async () => {
    const server = await started(
      lineServer((_, socket) => socket.write(`BEGIN LIST UPS\n${'UPS a "b"\n'.repeat(100_000)}`)),
    );
    expect(await readTarget(nutProbe, at(server))).toMatchObject({
      outcome: 'nonsense',
      sentence: 'The server lists more than 256 of LIST UPS.',
    });
  });
});

const installed = needed(['/lib/nut/upsd', 'upsd'], 'the probe of NUT is not tried on a real server', '-V');

describe.skipIf(installed === undefined)('a real upsd with dummy-ups', () => {
  test('answers as its recordings say', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gaib-nut-'));
    const port = await freePort();
    const children = [];
    try {
      chmodSync(folder, 0o777);
      for (const part of ['state', 'conf']) mkdirSync(join(folder, part), { mode: 0o777 });
      const conf = join(folder, 'conf');
      // What a recording holds beside its variables is not for the driver to read.
      const variables = readDump(readFileSync(join(fixtures, epdu), 'utf8'));
      writeFileSync(join(conf, 'epdu.dev'), [...variables].map(([name, value]) => `${name}: ${value}\n`).join(''));
      cpSync(join(fixtures, apc), join(conf, 'apc.dev'));
      writeFileSync(join(conf, 'nut.conf'), 'MODE=netserver\n');
      writeFileSync(
        join(conf, 'ups.conf'),
        ['apc', 'epdu']
          .map((name) => `[${name}]\n driver = dummy-ups\n port = ${join(conf, name)}.dev\n mode = dummy-once\n`)
          .join(''),
      );
      writeFileSync(join(conf, 'upsd.conf'), `LISTEN 127.0.0.1 ${port}\n`, { mode: 0o640 });
      writeFileSync(join(conf, 'upsd.users'), '', { mode: 0o640 });
      const state = join(folder, 'state');
      const env = {
        ...process.env,
        NUT_CONFPATH: conf,
        NUT_STATEPATH: state,
        NUT_ALTPIDPATH: state,
        NUT_PIDPATH: state,
      };
      const user = process.getuid?.() === 0 ? 'root' : (process.env.USER ?? 'nobody');
      const start = (program: string, ...words: string[]) =>
        spawn(program, [...words, '-u', user], { env, stdio: 'ignore' });
      const driver = installed === '/lib/nut/upsd' ? '/lib/nut/dummy-ups' : 'dummy-ups';
      children.push(start(driver, '-a', 'apc', '-F'), start(driver, '-a', 'epdu', '-F'));
      children.push(start(installed ?? '', '-F'));
      const target = { protocol: 'nut' as const, host: '127.0.0.1', port };
      await listening(port);
      let reading = await readTarget(nutProbe, target);
      // A driver that has just begun has not read its file yet.
      const ready = () => reading.devices.filter(({ identity }) => identity.length > 0).length === 2;
      for (let tries = 0; !ready() && tries < 100; tries += 1) {
        await sleep(200);
        reading = await readTarget(nutProbe, target);
      }
      expect(reading.outcome).toBe('present');
      expect(reading.devices.map(({ name }) => name)).toEqual([
        'APC Smart-UPS 3000',
        'Eaton ePDU MA 1P IN:IEC309 32A OUT:20xC13, 4xC19',
      ]);
      const power = reading.devices[1]?.observations.find(({ name }) => name === 'outlet.10.power');
      expect(power).toMatchObject({ value: 1620, unit: 'W', trust: 'host' });
    } finally {
      for (const child of children) {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await sleep(100);
  }
}
