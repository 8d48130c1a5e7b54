/** What an SNMP agent said, by OID, and how a MIB looks into it. */
import { isGarbled } from '../../printable.ts';

export type SnmpValue =
  | { kind: 'number'; value: number }
  | { kind: 'bytes'; value: Buffer }
  | { kind: 'oid'; value: string };

export type SnmpValues = ReadonlyMap<string, SnmpValue>;

export interface View {
  has(oid: string): boolean;
  number(oid: string): number | undefined;
  /** Octets as text: UTF-8 where they are that, Latin-1 where not. Not cleaned of anything. */
  text(oid: string): string | undefined;
  bytes(oid: string): Buffer | undefined;
  oid(oid: string): string | undefined;
  /** The indices under a column, in the order they were said: `1.3.6…​.5` gives `['1', '2.1']`. */
  rows(column: string): string[];
}

export function viewOf(values: SnmpValues): View {
  const get = (oid: string) => values.get(oid);
  return {
    has: (oid) => values.has(oid),
    number(oid) {
      const found = get(oid);
      return found?.kind === 'number' ? found.value : undefined;
    },
    text(oid) {
      const found = get(oid);
      return found?.kind === 'bytes' ? textOf(found.value) : undefined;
    },
    bytes(oid) {
      const found = get(oid);
      return found?.kind === 'bytes' ? found.value : undefined;
    },
    oid(oid) {
      const found = get(oid);
      return found?.kind === 'oid' ? found.value : undefined;
    },
    rows(column) {
      const start = `${column}.`;
      return [...values.keys()].filter((oid) => oid.startsWith(start)).map((oid) => oid.slice(start.length));
    },
  };
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return isGarbled(text) ? bytes.toString('latin1') : text;
}
