/** The devices behind one SNMP agent, from what it said: each unit of each MIB that it has. */
import type { DeviceReading, ProbeAnswer } from '../../contract.ts';
import { isPlaceholder } from '../../placeholder.ts';
import { printable } from '../../printable.ts';
import { openSheet } from '../../sheet.ts';
import { type Draft, deviceName, note, removeContradictions, withTyped, writeDraft } from '../draft.ts';
import { identifyThing } from '../identity.ts';
import { scaled } from '../number.ts';
import type { Mib, MibColumn } from './mib.ts';
import { mibs } from './mibs/all.ts';
import { type SnmpValues, type View, viewOf } from './values.ts';

/** The system group of MIB-2 (RFC 3418) and the engine's own name (RFC 3411). */
export const system = {
  description: '1.3.6.1.2.1.1.1.0',
  objectId: '1.3.6.1.2.1.1.2.0',
  name: '1.3.6.1.2.1.1.5.0',
  location: '1.3.6.1.2.1.1.6.0',
  engineId: '1.3.6.1.6.3.10.2.1.1.0',
} as const;

interface Found {
  group: string;
  unit: string;
  powerClass: string;
  draft: Draft;
}

/** @param locator of the agent; units of a chain get a name of their own behind it */
export function describeAgent(values: SnmpValues, locator: string): ProbeAnswer {
  const view = viewOf(values);
  const found = new Map<string, Found>();
  for (const mib of mibs) {
    for (const unit of mib.units(view)) {
      const key = `${mib.group} ${unit}`;
      const there = found.get(key) ?? { group: mib.group, unit, powerClass: '', draft: new Map() };
      there.powerClass ||= mib.powerClass;
      describeUnit(mib, view, unit, there.draft);
      found.set(key, there);
    }
  }
  const devices = [...found.values()].filter(({ draft }) => draft.size > 0);
  if (devices.length === 0) return answer(bareAgent(view, locator));
  return answer(...devices.map((device) => finish(device, devices.length > 1, view, locator)));
}

function answer(...devices: DeviceReading[]): ProbeAnswer {
  return { outcome: 'present', devices, problems: [] };
}

function describeUnit(mib: Mib, view: View, unit: string, draft: Draft): void {
  for (const fact of mib.facts) {
    note(draft, fact.fact, turned(fact, view, `${fact.oid}.${mib.indexed ? unit : '0'}`));
  }
  for (const table of mib.tables) {
    for (const column of table.columns) {
      for (const row of view.rows(column.oid)) {
        const place = table.place(row.split('.'), view);
        if (place?.unit !== unit) continue;
        note(draft, `${table.kind}.${place.part}.${column.field}`, turned(column, view, `${column.oid}.${row}`));
      }
    }
  }
  for (const { name, value, raw } of mib.more?.(view, unit) ?? []) {
    note(draft, name, raw === undefined ? { value } : { value, raw });
  }
  if (mib.maker !== undefined) note(draft, 'maker', { value: mib.maker });
}

/** The value of an object as a fact, or nothing where the agent does not know it. */
function turned(object: Omit<MibColumn, 'field'>, view: View, oid: string): ReturnType<Draft['get']> {
  const { factor = 1, words, unknown = [], signed } = object;
  const number = view.number(oid);
  if (number === undefined) {
    const text = view.text(oid);
    return text === undefined || words !== undefined ? undefined : { value: printable(text) };
  }
  if ((number === -1 && !signed) || unknown.includes(number)) return undefined;
  if (words !== undefined) return { value: words[number] ?? `code ${number}`, raw: String(number) };
  return { value: scaled(number, factor), raw: String(number), step: factor };
}

function finish({ unit, powerClass, draft }: Found, several: boolean, view: View, locator: string): DeviceReading {
  const isPower = powerClass !== '';
  const sheet = openSheet(isPower ? 'power' : 'network', several ? `${locator}/unit-${unit}` : locator, 'firmware');
  if (isPower) sheet.fact('power-class', powerClass);
  else sheet.problem('unsupported', 'It says what it is, and no figure of a power system.');
  if (!several) {
    note(draft, 'device-name', textOf(view, system.name));
    note(draft, 'location', textOf(view, system.location));
  }
  removeContradictions(draft, sheet);
  writeDraft(draft, sheet);
  const said = (name: string) => {
    const value = draft.get(name)?.value;
    return typeof value === 'string' ? value : undefined;
  };
  identifyThing(sheet, said('maker'), said('model'), said('serial'));
  // Units of a chain share the agent of the first.
  if (!several) identifyEngine(sheet, view);
  return withTyped(sheet.read(deviceName(draft, nameOf(view))));
}

/** An agent without a MIB that is known here: there, and named, and nothing more. */
function bareAgent(view: View, locator: string): DeviceReading {
  const sheet = openSheet('network', locator, 'firmware');
  const draft: Draft = new Map();
  note(draft, 'model', textOf(view, system.description));
  note(draft, 'device-name', textOf(view, system.name));
  note(draft, 'location', textOf(view, system.location));
  writeDraft(draft, sheet);
  const kind = view.oid(system.objectId);
  const sentence = 'It answers SNMP and has no MIB of power systems that this program reads';
  sheet.problem('unsupported', `${sentence}${kind === undefined ? '' : ` (sysObjectID ${printable(kind, 80)})`}.`);
  identifyEngine(sheet, view);
  return withTyped(sheet.read(nameOf(view)));
}

function textOf(view: View, oid: string): ReturnType<Draft['get']> {
  const text = view.text(oid);
  return text === undefined ? undefined : { value: printable(text) };
}

function nameOf(view: View): string {
  const said = [view.text(system.description), view.text(system.name)].find((text) => !isPlaceholder(text));
  return printable(said ?? 'SNMP agent', 120);
}

/** 5 to 32 octets (RFC 3411); made of an address in many agents, so it names the agent and not the thing around it. */
function identifyEngine(sheet: ReturnType<typeof openSheet>, view: View): void {
  const engine = view.bytes(system.engineId);
  if (engine === undefined || engine.length < 5 || engine.length > 32) return;
  // A card that was never given a name fills it with blanks or zeros.
  if (new Set(engine.subarray(5)).size > 1) sheet.identify('engine-id', engine.toString('hex'));
}
