/**
 * Recordings of SNMP agents in the form of snmpsim (https://docs.lextudio.com/snmpsim): `OID|tag|value`, the tag being
 * the BER type, with `x` for hexadecimal. A value with a module behind its tag (`2:numeric`) is one that the simulator
 * makes up as it goes: no device said it, so it is left out.
 */
import type { SnmpValue } from './values.ts';

/** Text that is no recording of an agent. */
export class NotSnmprec extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NotSnmprec';
  }
}

const row = /^(1(?:\.\d{1,10}){1,127})\|(\d{1,3})(x?)(:\w+)?\|(.*)$/;
export const maxValues = 50_000;

export function isSnmprec(text: string): boolean {
  const lines = text.slice(0, 8192).split(/\r?\n/);
  const [first = '', second = ''] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return row.test(first) && (second === '' || row.test(second));
}

/** @throws NotSnmprec */
export function readSnmprec(text: string): Map<string, SnmpValue> {
  const values = new Map<string, SnmpValue>();
  for (const line of text.split(/\r?\n/)) {
    // Text with a line break in it runs over several lines: what follows the first is left out.
    const [, oid, tag, hexadecimal, module, value = ''] = row.exec(line) ?? [];
    if (oid === undefined) continue;
    if (values.size >= maxValues) throw new NotSnmprec(`it holds more than ${maxValues} values`);
    const read = module === undefined ? snmpValue(Number(tag), hexadecimal === 'x', value) : undefined;
    if (read !== undefined) values.set(oid, read);
  }
  if (values.size === 0) throw new NotSnmprec('it holds no value');
  return values;
}

function snmpValue(tag: number, hexadecimal: boolean, value: string): SnmpValue | undefined {
  switch (tag) {
    // INTEGER, Counter32, Gauge32, TimeTicks, Counter64.
    case 2:
    case 65:
    case 66:
    case 67:
    case 70:
      return /^-?\d{1,20}$/.test(value) ? { kind: 'number', value: Number(value) } : undefined;
    // OCTET STRING, IpAddress, Opaque.
    case 4:
    case 64:
    case 68:
      return { kind: 'bytes', value: hexadecimal ? Buffer.from(value, 'hex') : Buffer.from(value, 'utf8') };
    case 6:
      return { kind: 'oid', value };
    default:
      return undefined;
  }
}
