import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceReading } from '../../contract.ts';
import { openSheet } from '../../sheet.ts';
import { readDmidecode } from './dmidecode.ts';
import { dmiFields, noteDmiField } from './parse.ts';
import { describeDmi, dmiProbe } from './probe.ts';

const roots: string[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

const recorded: Record<string, string> = Object.fromEntries(
  Object.entries(
    JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/procfs-dmi.json'), 'utf8')) as Record<string, string>,
  ).map(([path, text]) => [path.split('/').at(-1) ?? '', text]),
);

async function look(files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'gaib-dmi-'));
  roots.push(root);
  const folder = join(root, 'sys/class/dmi/id');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), `${text}\n`);
  return dmiProbe.probe({ root, signal: new AbortController().signal });
}

function facts(device: DeviceReading | undefined): Record<string, unknown> {
  return Object.fromEntries((device?.observations ?? []).map((entry) => [entry.name, entry.value]));
}

describe('SMBIOS', () => {
  test('of a Dell PowerEdge R6515', async () => {
    const answer = await look(recorded);
    expect(answer.outcome).toBe('present');
    const [host] = answer.devices;
    expect(host).toMatchObject({ kind: 'host', locator: 'host', name: 'Dell Inc. PowerEdge R6515', problems: [] });
    expect(facts(host)).toMatchObject({
      maker: 'Dell Inc.',
      model: 'PowerEdge R6515',
      serial: '7N62AI2',
      uuid: '83340ca8-cb49-4474-8c29-d2088ca84dd9',
      'board-model': '07PXPY',
      'board-serial': '.7N62AI2.GRTCL6944100GP.',
      'chassis-serial': '7N62AI2',
      'chassis-type': 'rack mount chassis',
      'firmware-version': '2.2.4',
      'firmware-date': '04/12/2021',
    });
    expect(host?.identity).toEqual([
      { scheme: 'system-uuid', value: '83340ca8-cb49-4474-8c29-d2088ca84dd9', trust: 'host' },
      { scheme: 'system-serial', value: 'dell inc.:7N62AI2', trust: 'host' },
      { scheme: 'board-serial', value: 'dell inc.:.7N62AI2.GRTCL6944100GP.', trust: 'host' },
    ]);
  });

  test('filled in with nothing gives no identity and says why', async () => {
    const [host] = (
      await look({
        sys_vendor: 'To Be Filled By O.E.M.',
        product_name: 'System Product Name',
        product_uuid: '03000200-0400-0500-0006-000700080009',
        product_serial: 'Default string',
        board_serial: '00000000',
      })
    ).devices;
    expect(host).toMatchObject({ name: 'this machine', identity: [], observations: [] });
    expect(host?.problems.map((problem) => problem.code)).toEqual(Array(5).fill('placeholder'));
    expect(host?.problems.find((problem) => problem.field === 'serial')?.sentence).toBe(
      'product_serial is "Default string": the maker of this machine left it without a number, so it identifies nothing.',
    );
  });

  test('that is not there is absent', async () => {
    const answer = await dmiProbe.probe({ root: '/no/such/root', signal: new AbortController().signal });
    expect(answer.outcome).toBe('absent');
    expect(answer.sentence).toMatch(/no SMBIOS tables/);
  });

  test('whose serial numbers are for root only says so for each', () => {
    const secret = ['product_serial', 'product_uuid', 'board_serial'];
    const answers = dmiFields.map((field) => ({
      field,
      answer: secret.includes(field.file)
        ? { state: 'denied' as const }
        : { state: 'read' as const, text: recorded[field.file] ?? '' },
    }));
    const { outcome, devices } = describeDmi(answers);
    expect(outcome).toBe('present');
    expect(devices[0]?.name).toBe('Dell Inc. PowerEdge R6515');
    expect(devices[0]?.identity).toEqual([]);
    expect(devices[0]?.problems.map((problem) => [problem.code, problem.field])).toEqual([
      ['denied', 'uuid'],
      ['denied', 'serial'],
      ['denied', 'board-serial'],
    ]);
    expect(devices[0]?.problems[0]?.sentence).toBe(
      'product_uuid is readable by root only: run this once as root to have it.',
    );
  });

  test('two makers may use one serial number: the maker is part of the name', async () => {
    const [dell] = (await look({ sys_vendor: 'Dell Inc.', product_serial: 'ABC1234' })).devices;
    const [other] = (await look({ sys_vendor: 'Supermicro', product_serial: 'ABC1234' })).devices;
    expect(dell?.identity[0]?.value).not.toBe(other?.identity[0]?.value);
  });

  test('of any text gives clean facts or problems', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dmiFields), fc.string({ unit: 'binary' }), (field, text) => {
        const sheet = openSheet('host', 'host', 'host');
        noteDmiField(sheet, field, text, { system: 'maker' });
        const { observations, problems } = sheet.read('x');
        expect(observations.length + problems.length).toBeGreaterThan(0);
        for (const { value } of observations) expect(String(value)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('dmidecode', () => {
  const read = (file: string) =>
    readDmidecode(readFileSync(join(import.meta.dirname, 'fixtures/dmidecode', file), 'utf8'));

  test('of a Dell PowerEdge XE9680, its eight-GPU machine', () => {
    const [host] = read('gpud-host.txt').devices;
    expect(host?.name).toBe('Dell Inc. PowerEdge XE9680');
    expect(facts(host)).toMatchObject({ serial: 'HSR8X04', uuid: '4c4c4544-0053-5210-8038-c8c04f583034' });
    expect(host?.identity.map((claim) => `${claim.scheme} ${claim.value}`)).toEqual([
      'system-uuid 4c4c4544-0053-5210-8038-c8c04f583034',
      'system-serial dell inc.:HSR8X04',
    ]);
  });

  test('of an ASRock Rack board', () => {
    const [host] = read('asrockrack-e3c246d4i-nl.txt').devices;
    expect(facts(host)).toMatchObject({ 'firmware-version': 'L2.07B', 'firmware-date': '04/08/2020' });
    expect(host?.identity.map((claim) => `${claim.scheme} ${claim.value}`)).toEqual([
      'system-uuid 00000000-0000-0000-0000-d05099f030c4',
      'system-serial packet:D5S0R8000105',
      'board-serial asrockrack:196231220000153',
    ]);
  });

  test('of power supplies alone has no machine', () => {
    expect(read('dell-r6515-psu.txt')).toMatchObject({ outcome: 'absent', devices: [] });
  });

  test('of any text gives an answer', () => {
    const piece = fc.constantFrom('Handle 0x0001, DMI type 1, 27 bytes\n', '\tUUID: ', '\tSerial Number: ', '\n', 'x');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        for (const device of readDmidecode(pieces.join('')).devices) expect(device.locator).toBe('host');
      }),
    );
  });
});
