import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { hostileReplies, readTarget } from '../../stub/hostile.ts';
import { type TcpServer, tcpServer } from '../../stub/tcp-server.ts';
import { describeStatus, isApcupsdStatus, NotApcupsd, readStatus } from './parse.ts';
import { apcupsdProbe, reads } from './probe.ts';

const runs = Number(process.env.FC_RUNS ?? 200);
const text = (file: string) => readFileSync(join(import.meta.dirname, 'fixtures', file), 'utf8');

const servers: TcpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map(({ name, value }) => [name, value]));
}

const target = ({ port }: TcpServer) => ({ protocol: 'apcupsd' as const, host: '127.0.0.1', port });

async function serve(...frames: (string | Buffer)[]): Promise<TcpServer> {
  const framed = frames.flatMap((frame) => {
    const bytes = Buffer.from(frame);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return [length, bytes];
  });
  const server = await tcpServer({ data: (socket) => socket.write(Buffer.concat(framed)) });
  servers.push(server);
  return server;
}

describe('the recording', () => {
  test('of a SMART-UPS 1000 is read as a person reads it', () => {
    const device = describeStatus(readStatus(text('netdata-status.txt')), 'apcupsd://recorded');
    expect(device.name).toBe('APC SMART-UPS 1000');
    expect(facts(device)).toEqual({
      'power-class': 'ups',
      maker: 'APC',
      model: 'SMART-UPS 1000',
      'device-name': 'UPS_IDEN',
      serial: 'QS9931125245',
      'firmware-version': '60.11.I',
      'manufactured-at': '07/31/99',
      'battery-installed-at': '07/31/99',
      'transfer-reason': 'Line voltage notch or spike',
      'voltage-input': 235.3,
      'voltage-output': 236.6,
      'voltage-rating': 230,
      'frequency-input': 50,
      load: 9.3,
      'power-rating': 600,
      'battery-charge': 100,
      'battery-runtime': 7800,
      'battery-on-time': 0,
      'battery-voltage': 27.9,
      'battery-voltage-rating': 24,
      'battery-packs': 0,
      'temperature-inside': 32.8,
      reader: 'apcupsd 3.7.3-20000925',
      'self-test': 'none in this run',
      state: 'online',
    });
    expect(device.identity).toEqual([
      { scheme: 'thing-serial', value: 'apc:SMART-UPS 1000:QS9931125245', trust: 'host' },
    ]);
    expect(device.problems).toEqual([]);
  });

  test('of one that has lost its UPS says so, and names nothing', () => {
    const device = describeStatus(readStatus(text('netdata-status_commlost.txt')), 'apcupsd://recorded');
    expect(device.identity).toEqual([]);
    expect(facts(device)).toEqual({
      'power-class': 'ups',
      maker: 'APC',
      'battery-on-time': 0,
      reader: 'apcupsd 3.14.14 (31 May 2016) debian',
      state: 'commlost',
    });
    expect(device.problems).toEqual([
      {
        code: 'lost',
        field: 'state',
        sentence: 'apcupsd has lost the UPS: check the cable between them.',
        raw: 'COMMLOST',
      },
    ]);
  });
});

describe('the server', () => {
  test('is sent one question and nothing else', async () => {
    const lines = text('netdata-status.txt')
      .split('\n')
      .map((line) => `${line}\n`);
    const server = await serve(...lines.filter((line) => line !== '\n'), '');
    const reading = await readTarget(apcupsdProbe, target(server));
    expect(reading).toMatchObject({ outcome: 'present', contacted: [`127.0.0.1:${server.port}`] });
    expect(facts(reading.devices[0])).toMatchObject({ serial: 'QS9931125245', load: 9.3 });
    expect(server.received().toString('latin1')).toBe('\u0000\u0006status');
    expect(apcupsdProbe.reads).toBe(reads);
    expect(reads).toEqual(['status']);
  });

  test('that answers with frames of something else is nonsense', async () => {
    const reading = await readTarget(apcupsdProbe, target(await serve('HELLO', '')));
    expect(reading).toMatchObject({
      outcome: 'nonsense',
      sentence: 'It does not speak as apcupsd does: it holds no STATUS.',
    });
  });

  test('that sends frames without end is left', async () => {
    const server = await tcpServer({
      data: (socket) => {
        const more = () => {
          while (!socket.destroyed && socket.write(Buffer.from('\u0000\u0010STATUS   : x   ', 'latin1')));
        };
        socket.on('drain', more);
        more();
      },
    });
    servers.push(server);
    expect(await readTarget(apcupsdProbe, target(server))).toMatchObject({ outcome: 'nonsense', devices: [] });
  });

  test.each(hostileReplies)('that %s costs one sentence', async (_, say) => {
    const server = await tcpServer({ data: say });
    servers.push(server);
    const reading = await readTarget(apcupsdProbe, target(server));
    expect(['failed', 'timeout', 'nonsense']).toContain(reading.outcome);
    expect(reading).toMatchObject({ devices: [], sentence: expect.stringMatching(/\.$/) });
  });
});

test('any text is a status or no status', () => {
  const piece = fc.constantFrom('STATUS   : ', 'LOADPCT  : ', 'TIMELEFT : -', 'SERIALNO : ', '\n', 'N/A', '1e999');
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))), (pieces) => {
      try {
        const device = describeStatus(readStatus(pieces.join('')), 'apcupsd://x');
        for (const { value } of device.observations) {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
          else expect(String(value)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(NotApcupsd);
      }
    }),
    { numRuns: runs },
  );
  expect(isApcupsdStatus('battery.charge: 100\nups.load: 5\n')).toBe(false);
});
