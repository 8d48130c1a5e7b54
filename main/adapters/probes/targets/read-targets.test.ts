import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { hostsOf } from './addresses.ts';
import { readCsv } from './csv.ts';
import { readTargets, TargetsUnreadable } from './read-targets.ts';

const runs = Number(process.env.FC_RUNS ?? 200);

function faultsOf(content: string, name = 'rack.yaml'): string[] {
  try {
    readTargets(content, name);
  } catch (error) {
    if (!(error instanceof TargetsUnreadable)) throw error;
    return error.faults.map(({ line, sentence }) => `${line}: ${sentence}`);
  }
  return [];
}

const yaml = `# Row 3
targets:
  - protocol: snmp
    host: 10.0.3.8/30
    name: PDU
    credential: pdus
  - { protocol: nut, host: nut.example.net, port: 3494, options: { ups: apc } }
  - protocol: modbus
    host: 10.0.3.20
    options: { unit: 3 }
`;

describe('a target file', () => {
  test('in YAML', () => {
    expect(readTargets(yaml, 'rack.yaml')).toEqual([
      { name: 'PDU 10.0.3.9', target: { protocol: 'snmp', host: '10.0.3.9' }, credential: 'pdus', line: 3 },
      { name: 'PDU 10.0.3.10', target: { protocol: 'snmp', host: '10.0.3.10' }, credential: 'pdus', line: 3 },
      {
        name: 'nut://nut.example.net:3494',
        target: { protocol: 'nut', host: 'nut.example.net', port: 3494, options: { ups: 'apc' } },
        line: 7,
      },
      {
        name: 'modbus://10.0.3.20',
        target: { protocol: 'modbus', host: '10.0.3.20', options: { unit: '3' } },
        line: 8,
      },
    ]);
  });

  test('in JSON, as a list', () => {
    const content = JSON.stringify([{ protocol: 'redfish', host: '2001:db8::1' }], null, 2);
    expect(readTargets(content, 'rack.json')).toEqual([
      { name: 'redfish://[2001:db8::1]', target: { protocol: 'redfish', host: '2001:db8::1' }, line: 2 },
    ]);
  });

  test('in CSV', () => {
    const content = [
      'protocol,host,port,name,credential,options',
      'snmp,10.0.3.9,,"PDU ""left"", row 3",pdus,version=3',
      '',
      'modbus,10.0.3.20,1502,,,unit=3; base=40000',
    ].join('\r\n');
    expect(readTargets(content, 'rack.CSV')).toEqual([
      {
        name: 'PDU "left", row 3',
        target: { protocol: 'snmp', host: '10.0.3.9', options: { version: '3' } },
        credential: 'pdus',
        line: 2,
      },
      {
        name: 'modbus://10.0.3.20:1502',
        target: { protocol: 'modbus', host: '10.0.3.20', port: 1502, options: { unit: '3', base: '40000' } },
        line: 4,
      },
    ]);
  });
});

test('the published schema accepts what is read and refuses what is not', () => {
  const path = join(import.meta.dirname, '../../../../docs/specs/targets.schema.json');
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(path, 'utf8')));
  expect(validate(parse(yaml))).toBe(true);
  expect(validate([{ protocol: 'smtp', host: 'a' }])).toBe(false);
  expect(validate([{ protocol: 'nut', host: 'a', password: 'x' }])).toBe(false);
});

describe('what is wrong is said with its line', () => {
  test.each([
    ['targets:\n  - host: a', ['2: protocol is missing']],
    ['- protocol: nut', ['1: host is missing']],
    ['- just text', ['1: an entry has the fields protocol and host']],
    [
      '- { protocol: smtp, host: a }\n- { protocol: nut, host: a, port: 70000 }',
      [
        '1: protocol: protocol is one of nut, apcupsd, snmp, redfish, ipmi, modbus, vda5050, opcua, universal-robots, rosbridge, not "smtp"',
        '2: port: ports are 1 to 65535, not 70000',
      ],
    ],
    [
      '- { protocol: nut, host: a, prot: 1 }',
      ['1: prot: there is no such field; there are protocol, host, port, name, credential, options'],
    ],
    [
      '- { protocol: snmp, host: a, options: { community: private } }',
      ['1: community is a secret: keep it with gaib-onboard credentials set, and name it under credential'],
    ],
    ['- { protocol: nut, host: 10.0.0.0/8 }', ['1: 10.0.0.0/8 is 16777214 addresses; at most 4096 go in one range']],
    [
      '- { protocol: nut, host: a }\n- { protocol: nut, host: b }\n- { protocol: nut, host: a }',
      ['3: nut://a stands in line 1 already'],
    ],
    ['- a: [', ['1: Flow sequence in block collection must be sufficiently indented and end with a ]']],
    ['', ['1: the file is a list of targets, or has one under "targets"']],
    ['[]', ['1: the file names no target']],
    ['- &a { protocol: nut, host: a }\n- *a', ['2: an entry has the fields protocol and host']],
  ])('%j', (content, faults) => {
    expect(faultsOf(content)).toEqual(faults);
  });

  test.each([
    ['host,port\na,1', ['1: the first line names the columns: protocol,host,port,name,credential,options']],
    [
      'protocol,host,password\nnut,a,x',
      ['1: the first line names the columns: protocol,host,port,name,credential,options (not password)'],
    ],
    ['protocol,host\nnut,a,b', ['2: there are 3 fields under 2 columns']],
    ['protocol,host,port\n\nnut,a,high', ['3: port: ports are numbers, not "high"']],
    ['protocol,host,options\nmodbus,a,unit', ['2: options are name=value, with ; between them']],
  ])('CSV %j', (content, faults) => {
    expect(faultsOf(content, 'rack.csv')).toEqual(faults);
  });

  test('an alias bomb in an entry does not go off', () => {
    const bomb = `- { protocol: nut, host: a, options: &a { x: 1 } }\n- { protocol: nut, host: b, options: *a }`;
    expect(faultsOf(bomb)).toEqual(['2: aliases (*name) are not used here', expect.anything()]);
  });

  test('any text is read or refused with its own error', () => {
    const piece = fc.constantFrom(
      '- ',
      'protocol: nut\n',
      '  host: 10.0.0.0/30\n',
      'targets:\n',
      '{',
      '}',
      '"',
      ',',
      '\n',
      '&a ',
      '*a',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), fc.constantFrom('a.yaml', 'a.csv'), (pieces, name) => {
        for (const fault of faultsOf(pieces.join(''), name)) expect(fault).toMatch(/^\d+: ./);
      }),
      { numRuns: runs },
    );
  });
});

describe('a range', () => {
  test.each([
    ['10.0.0.1', ['10.0.0.1']],
    ['10.0.0.0/31', ['10.0.0.0', '10.0.0.1']],
    ['10.0.0.4/30', ['10.0.0.5', '10.0.0.6']],
    ['10.0.0.7/32', ['10.0.0.7']],
    ['10.0.0.254-10.0.1.1', ['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1']],
    ['10.0.0.9-11', ['10.0.0.9', '10.0.0.10', '10.0.0.11']],
    ['pdu-3.example.net', ['pdu-3.example.net']],
    ['fe80::1%eth0', ['fe80::1%eth0']],
  ])('%s', (text, hosts) => {
    expect(hostsOf(text)).toEqual(hosts);
  });

  test.each([
    ['10.0.0.5/30', '10.0.0.5/30 does not start a network of that size; 10.0.0.4/30 does'],
    ['10.0.0.9-3', '10.0.0.9-3 ends before it starts'],
    ['10.0.0.300', '10.0.0.300 is no address'],
    ['10.0.0.0/33', '10.0.0.0/33 is no range of addresses'],
    ['2001:db8::/64', /^2001:db8::\/64 is a range of IPv6 addresses/],
    ['http://pdu', '"http://pdu" is no host name and no address'],
    ['a b', '"a b" is no host name and no address'],
    ['-oProxyCommand=x', '"-oProxyCommand=x" is no host name and no address'],
  ])('%s is refused', (text, wrong) => {
    expect(hostsOf(text)).toEqual({ wrong: typeof wrong === 'string' ? wrong : expect.stringMatching(wrong) });
  });
});

test('CSV fields may hold line breaks, and lines are still counted', () => {
  expect(readCsv('a,"b\nc"\n"d"""\n\n e , f')).toEqual([
    { line: 1, fields: ['a', 'b\nc'] },
    { line: 3, fields: ['d"'] },
    { line: 5, fields: ['e', 'f'] },
  ]);
});
