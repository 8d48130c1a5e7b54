/**
 * A MIB as a table of what each object means in names of our vocabulary. Unit and scale belong to the object, so every
 * one of them is written down here, per maker, and nowhere else.
 */
import type { FactName, PartKind } from '../../vocabulary.ts';
import type { View } from './values.ts';

/** How a value is turned into a fact. */
interface Turning {
  /** Makes SI of the number the agent gives: 0.1 where it counts tenths. */
  factor?: number;
  /** Words for the numbers of an enumeration. */
  words?: Readonly<Record<number, string>>;
  /** Numbers that stand for "not known" beside -1, which always does unless `signed`. */
  unknown?: readonly number[];
  /** -1 is a value like any other: a current that flows the other way. */
  signed?: true;
}

/** One fact of a device. `oid` without its index: the unit's (`0` of a device that is alone) is put behind it. */
export interface MibFact extends Turning {
  fact: FactName;
  oid: string;
}

/** One field of a numbered part. */
export interface MibColumn extends Turning {
  field: string;
  oid: string;
}

export interface MibTable {
  kind: PartKind;
  columns: readonly MibColumn[];
  /** Whose part a row is, and what it is called; nothing for a row that is none. */
  place(index: readonly string[], view: View): { unit: string; part: string } | undefined;
}

export interface Mib {
  id: string;
  what: string;
  /** Beginnings of sysObjectID of the agents that have it. */
  agents: readonly string[];
  /** Of agents of the same group one device is told of by several MIBs, the first of them first. */
  group: string;
  powerClass: string;
  /** Where the MIB does not say it. */
  maker?: string;
  /** Its facts are columns with a row for each unit; without it they are scalars, and there is one unit, `0`. */
  indexed?: true;
  /** What `units` looks at, asked for first: scalars (with their `.0`) and columns. */
  keys: readonly string[];
  /** The units that this agent speaks of; none where it does not have the MIB. */
  units(view: View): string[];
  facts: readonly MibFact[];
  tables: readonly MibTable[];
  /** What `place` and `more` look at beside facts and tables: scalars (with their `.0`) and columns. */
  scalars?: readonly string[];
  columns?: readonly string[];
  /** What no table can say. */
  more?(view: View, unit: string): readonly MoreFact[];
}

/** A value computed from several objects. */
export interface MoreFact {
  /** A name of the vocabulary, plain or of a part. */
  name: string;
  value: string | number;
  raw?: string;
}

/** What an agent is asked for: objects with one instance, and columns that are gone through row by row. */
export function objectsOf(mib: Mib): { scalars: string[]; columns: string[] } {
  const facts = mib.facts.map(({ oid }) => oid);
  const columns = mib.tables.flatMap((table) => table.columns.map(({ oid }) => oid));
  return {
    scalars: [...(mib.indexed ? [] : facts.map((oid) => `${oid}.0`)), ...(mib.scalars ?? [])],
    columns: [...new Set([...(mib.indexed ? facts : []), ...columns, ...(mib.columns ?? [])])],
  };
}

/** A row whose index is the part, of the unit that is alone. */
export const byIndex: MibTable['place'] = ([part]) => (part === undefined ? undefined : { unit: '0', part });

/** A row whose index is unit and part. */
export const byUnitAndIndex: MibTable['place'] = ([unit, part]) =>
  unit === undefined || part === undefined ? undefined : { unit, part };

/** Alone where the agent has one of these objects. */
export function aloneWith(...oids: string[]): Mib['units'] {
  return (view) => (oids.some((oid) => view.has(`${oid}.0`)) ? ['0'] : []);
}
