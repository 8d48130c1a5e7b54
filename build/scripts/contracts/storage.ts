/** docs/contracts/storage.md: where each contract keeps what, from the compiler's own layout. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contracts } from './forge.ts';

interface Variable {
  label: string;
  slot: string;
  offset: number;
  type: string;
}
interface Type {
  label: string;
  numberOfBytes: string;
  members?: Variable[];
  value?: string;
  base?: string;
}
type Types = Record<string, Type>;

const short = (label: string) => label.replaceAll(/\b(struct|contract|enum) (\w+\.)?/g, '');

function rows(variables: readonly Variable[], types: Types): string[] {
  return variables.map(({ label, slot, offset, type }) => {
    const { label: name, numberOfBytes } = types[type] as Type;
    return `| ${slot} | ${offset} | ${numberOfBytes} | \`${label}\` | \`${short(name)}\` |`;
  });
}

/** The structs that a variable leads to, through mappings and lists. */
function structsOf(type: string, types: Types, found: Map<string, Variable[]>): void {
  const { value, base, members } = types[type] as Type;
  for (const next of [value, base]) if (next !== undefined) structsOf(next, types, found);
  const name = (types[type] as Type).label;
  if (members === undefined || found.has(name)) return;
  found.set(name, members);
  for (const member of members) structsOf(member.type, types, found);
}

const head = ['| slot | byte | bytes | what | type |', '|---:|---:|---:|---|---|'];

function sectionOf(name: string): string[] {
  const artifact = JSON.parse(readFileSync(join(contracts, 'out', `${name}.sol`, `${name}.json`), 'utf8'));
  const { storage, types } = artifact.storageLayout as { storage: Variable[]; types: Types | null };
  if (storage.length === 0) return [`## ${name}`, '', 'Keeps nothing in storage.', ''];
  const structs = new Map<string, Variable[]>();
  for (const { type } of storage) structsOf(type, types ?? {}, structs);
  return [
    `## ${name}`,
    '',
    ...head,
    ...rows(storage, types ?? {}),
    '',
    ...[...structs].flatMap(([label, members]) => [
      `\`${short(label)}\`, from its own first slot:`,
      '',
      ...head,
      ...rows(members, types ?? {}),
      '',
    ]),
  ];
}

/** The page, for these contracts. */
export function storagePage(names: readonly string[]): string {
  return [
    '# Storage',
    '',
    'Made by `npm run contracts:build` from the compiler’s layout; do not edit. Immutables are in the code, not here. No contract is',
    'upgradeable, so no slot is ever read by other code than wrote it: the layout is for whoever packs, proves or audits storage.',
    '',
    ...names.flatMap(sectionOf),
  ]
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n');
}
