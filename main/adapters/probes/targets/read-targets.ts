/**
 * The file in which an owner names the devices on the network: YAML, JSON or CSV, told by the name or the content. Every
 * entry that cannot be used is named with its line; a file with one of them is not used at all.
 */
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { z } from 'zod';
import { type Protocol, protocols, type Target } from '#probes/network/contract.ts';
import { printable } from '#probes/printable.ts';
import type { NamedTarget } from '../sweep.ts';
import { hostsOf } from './addresses.ts';
import { readCsv } from './csv.ts';

/** A target of the file; `credential` is the name of its secrets in the encrypted store. */
export interface ListedTarget extends NamedTarget {
  credential?: string;
  line: number;
}

export interface TargetFault {
  line: number;
  sentence: string;
}

/** What is wrong with a target file, line by line. */
export class TargetsUnreadable extends Error {
  readonly faults: readonly TargetFault[];
  constructor(faults: readonly TargetFault[]) {
    super(faults.map(({ line, sentence }) => `line ${line}: ${sentence}`).join('; '));
    this.name = 'TargetsUnreadable';
    this.faults = faults;
  }
}

/** All targets of one file, ranges written out. */
export const maxTargets = 10_000;

/** Names under which a secret would stand in the file for everyone to read. */
const secretNames = /^(?:pass(?:word|phrase)?|secret|community|token|.*key|pin)$/i;

const text = z.string().trim().min(1).max(200);
const port = z.number('ports are numbers').int().min(1, 'ports are 1 to 65535').max(65_535, 'ports are 1 to 65535');
const scalar = z.union([z.string().max(1000), z.number(), z.boolean()], 'options are text, numbers or yes and no');
const entry = z.strictObject({
  protocol: z.enum(protocols, `protocol is one of ${protocols.join(', ')}`),
  host: text,
  port: port.optional(),
  name: text.optional(),
  credential: text.optional(),
  options: z.record(z.string().max(60), scalar).optional(),
});
type Entry = z.infer<typeof entry>;

const list = z.array(entry).min(1).max(maxTargets);
/** A whole target file; docs/specs/targets.schema.json is made from it. */
export const targetFile = z.union([list, z.strictObject({ targets: list })]);

/**
 * @param name of the file; one that ends in .csv is read as CSV, any other as YAML, of which JSON is a part
 * @throws TargetsUnreadable
 */
export function readTargets(content: string, name: string): ListedTarget[] {
  const faults: TargetFault[] = [];
  const raw = /\.csv$/i.test(name) ? rowsOfCsv(content, faults) : rowsOfYaml(content, faults);
  const targets: ListedTarget[] = [];
  const seen = new Map<string, number>();
  for (const { line, value } of raw) {
    const checked = entry.safeParse(value, { reportInput: true });
    if (!checked.success) {
      for (const issue of checked.error.issues) faults.push({ line, sentence: sentenceOf(issue) });
      continue;
    }
    for (const target of expand(checked.data, line, faults)) {
      const key = JSON.stringify([
        target.target.protocol,
        target.target.host,
        target.target.port,
        target.target.options,
      ]);
      const before = seen.get(key);
      if (before !== undefined) faults.push({ line, sentence: `${target.name} stands in line ${before} already` });
      seen.set(key, line);
      targets.push(target);
    }
  }
  if (targets.length > maxTargets) {
    faults.push({ line: 1, sentence: `the file names ${targets.length} targets; at most ${maxTargets} go in one` });
  }
  if (faults.length === 0 && targets.length === 0) faults.push({ line: 1, sentence: 'the file names no target' });
  if (faults.length > 0) throw new TargetsUnreadable(faults.sort((a, b) => a.line - b.line));
  return targets;
}

interface Row {
  line: number;
  value: unknown;
}

function rowsOfYaml(content: string, faults: TargetFault[]): Row[] {
  const lines = new LineCounter();
  // No aliases: an entry is what stands in its lines, and a bomb of them does not go off.
  const document = parseDocument(content, { lineCounter: lines, uniqueKeys: true, version: '1.2' });
  for (const { pos, message } of document.errors) {
    faults.push({
      line: lines.linePos(pos[0]).line,
      sentence: printable(message.replace(/ at line \d+, column \d+:[\s\S]*$/, ''), 200),
    });
  }
  if (faults.length > 0) return [];
  const top = document.contents;
  const list = isMap(top) ? top.get('targets', true) : top;
  if (!isSeq(list)) {
    faults.push({ line: 1, sentence: 'the file is a list of targets, or has one under "targets"' });
    return [];
  }
  return list.items.map((item) => {
    const at = (item as YAMLMap).range?.[0] ?? 0;
    const { line } = lines.linePos(at);
    try {
      return { line, value: isMap(item) ? item.toJS(document, { maxAliasCount: 0 }) : undefined };
    } catch {
      faults.push({ line, sentence: 'aliases (*name) are not used here' });
      return { line, value: undefined };
    }
  });
}

const columns = ['protocol', 'host', 'port', 'name', 'credential', 'options'];

function rowsOfCsv(content: string, faults: TargetFault[]): Row[] {
  const [heading, ...records] = readCsv(content.replace(/^\uFEFF/, ''));
  const names = heading?.fields.map((field) => field.toLowerCase()) ?? [];
  const unknown = names.filter((name) => !columns.includes(name));
  if (unknown.length > 0 || !names.includes('protocol') || !names.includes('host')) {
    const found = unknown.length > 0 ? ` (not ${unknown.map((name) => printable(name, 30)).join(', ')})` : '';
    faults.push({ line: 1, sentence: `the first line names the columns: ${columns.join(',')}${found}` });
    return [];
  }
  return records.flatMap(({ line, fields }) => {
    if (fields.length > names.length) {
      faults.push({ line, sentence: `there are ${fields.length} fields under ${names.length} columns` });
      return [];
    }
    const pairs = names.map((name, at) => [name, fields[at] ?? ''] as const).filter(([, value]) => value !== '');
    const value = Object.fromEntries(
      pairs.map(([name, field]) => [
        name,
        name === 'port' ? numberOf(field) : name === 'options' ? optionsOf(field) : field,
      ]),
    );
    return [{ line, value }];
  });
}

/** `unit=3; base=40000` */
function optionsOf(field: string): unknown {
  const pairs = field
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  if (pairs.some((pair) => !pair.includes('='))) return field;
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [name.trim(), rest.join('=').trim()];
    }),
  );
}

const numberOf = (field: string) => (/^\d+$/.test(field) ? Number(field) : field);

function sentenceOf(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${issue.keys.map((key) => printable(key, 40)).join(', ')}: there is no such field; there are ${columns.join(', ')}`;
  }
  if (issue.input === undefined) {
    return where === '' ? 'an entry has the fields protocol and host' : `${where} is missing`;
  }
  if (where === 'options' && issue.code === 'invalid_type') return 'options are name=value, with ; between them';
  const found = typeof issue.input === 'object' ? '' : `, not ${printable(JSON.stringify(issue.input) ?? '', 60)}`;
  return `${where}: ${issue.message}${found}`;
}

function expand(listed: Entry, line: number, faults: TargetFault[]): ListedTarget[] {
  const { protocol, host, port, name, credential } = listed;
  const secret = Object.keys(listed.options ?? {}).find((option) => secretNames.test(option));
  if (secret !== undefined) {
    const sentence = `${printable(secret, 40)} is a secret: keep it with gaib-onboard credentials set, and name it under credential`;
    faults.push({ line, sentence });
    return [];
  }
  const hosts = hostsOf(host);
  if ('wrong' in hosts) {
    faults.push({ line, sentence: hosts.wrong });
    return [];
  }
  const options = Object.fromEntries(Object.entries(listed.options ?? {}).map(([key, value]) => [key, String(value)]));
  return hosts.map((address) => {
    const target: Target = { protocol, host: address };
    if (port !== undefined) target.port = port;
    if (listed.options !== undefined) target.options = options;
    const result: ListedTarget = { name: nameOf(name, protocol, address, port, hosts.length > 1), target, line };
    if (credential !== undefined) result.credential = credential;
    return result;
  });
}

function nameOf(name: string | undefined, protocol: Protocol, host: string, port: number | undefined, one: boolean) {
  const place = `${protocol}://${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;
  if (name === undefined) return place;
  return one ? `${name} ${host}` : name;
}
