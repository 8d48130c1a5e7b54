/**
 * Writes main/adapters/chain/generated: per contract its ABI, its bytecode and the TypeScript type of its methods for
 * ethers 6, and the deployment plan. `--check` writes nothing and fails where a file differs.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compile, contracts, root } from './forge.ts';
import { deploymentPlan, type PlanStep } from './plan.ts';
import { storagePage } from './storage.ts';

interface Parameter {
  name: string;
  type: string;
  internalType?: string;
  components?: Parameter[];
  indexed?: boolean;
}
interface Entry {
  type: string;
  name?: string;
  inputs?: Parameter[];
  outputs?: Parameter[];
  stateMutability?: string;
  anonymous?: boolean;
}

const target = join(root, 'main/adapters/chain/generated');
/** Beside the bindings in one list, by their way from there. */
const storageDocument = relative(target, join(root, 'docs/contracts/storage.md'));
const plan = deploymentPlan();
const steps: PlanStep[] = [...plan.steps, ...plan.courtSteps, ...Object.values(plan.optionalSteps).flat()];
const deployed: string[] = steps.flatMap((step) => (step.deploy === undefined ? [] : [step.deploy]));
const names = [...new Set([...deployed, 'CapacityToken'])].sort();

function typeOf(of: Parameter, input: boolean): string {
  const array = /^(.*)\[\d*\]$/.exec(of.type);
  if (array !== null) return `${typeOf({ ...of, type: array[1] as string }, input)}[]`;
  if (of.type === 'tuple') {
    const fields = (of.components ?? []).map((field) => `${field.name}: ${typeOf(field, input)}`);
    return `{ ${fields.join('; ')} }`;
  }
  if (/^u?int/.test(of.type)) return input ? 'BigNumberish' : 'bigint';
  if (of.type === 'bool') return 'boolean';
  if (of.type === 'string' || of.type === 'address') return 'string';
  return input ? 'BytesLike' : 'string';
}

function resultOf(outputs: Parameter[]): string {
  if (outputs.length === 0) return 'undefined';
  if (outputs.length === 1) return typeOf(outputs[0] as Parameter, false);
  const fields = outputs.map((output) => typeOf(output, false)).join(', ');
  const named = outputs
    .filter((output) => output.name !== '')
    .map((output) => `${output.name}: ${typeOf(output, false)}`);
  return `[${fields}] & { ${named.join('; ')} }`;
}

function methodOf(entry: Entry, overloaded: boolean): string {
  const inputs = entry.inputs ?? [];
  const key = overloaded ? `'${entry.name}(${inputs.map((input) => input.type).join(',')})'` : entry.name;
  const fields = inputs.map(
    (input, index) => `${input.name === '' ? `argument${index}` : input.name}: ${typeOf(input, true)}`,
  );
  const result = resultOf(entry.outputs ?? []);
  const reads = entry.stateMutability === 'view' || entry.stateMutability === 'pure';
  return `  ${key}: BaseContractMethod<[${fields.join(', ')}], ${result}, ${reads ? result : 'ContractTransactionResponse'}>;`;
}

function bindingOf(name: string): string {
  const artifact = JSON.parse(readFileSync(join(contracts, 'out', `${name}.sol`, `${name}.json`), 'utf8'));
  const strip = ({ internalType: _, components, ...rest }: Parameter): Parameter =>
    components === undefined ? rest : { ...rest, components: components.map(strip) };
  const abi: Entry[] = artifact.abi.map((entry: Entry) => ({
    ...entry,
    ...(entry.inputs === undefined ? {} : { inputs: entry.inputs.map(strip) }),
    ...(entry.outputs === undefined ? {} : { outputs: entry.outputs.map(strip) }),
  }));
  const functions = abi.filter((entry) => entry.type === 'function');
  const overloaded = (entry: Entry) => functions.filter((other) => other.name === entry.name).length > 1;
  const methods = functions.map((entry) => methodOf(entry, overloaded(entry)));
  const uses = ['BaseContract', 'BaseContractMethod', 'BigNumberish', 'BytesLike', 'ContractTransactionResponse'];
  const imports = uses.filter(
    (word) => word === 'BaseContract' || methods.some((line) => new RegExp(`\\b${word}\\b`).test(line)),
  );
  return [
    '// Made by build/scripts/contracts/bindings.ts. Do not edit.',
    `import type { ${imports.join(', ')} } from 'ethers';`,
    '',
    `export const ${name}Abi = [`,
    ...abi.map((entry) => `  ${JSON.stringify(entry)},`),
    '] as const;',
    '',
    `export const ${name}Bytecode =\n  '${artifact.bytecode.object}';`,
    '',
    `/** Methods as ethers calls them: \`new Contract(address, ${name}Abi, runner) as unknown as ${name}\`. */`,
    `export interface ${name} extends BaseContract {`,
    ...methods,
    '}',
    '',
  ].join('\n');
}

function planOf(): string {
  return [
    '// Made by build/scripts/contracts/bindings.ts from contracts/script/plan.json. Do not edit.',
    `export const deploymentPlan = ${JSON.stringify(plan, null, 2)} as const;`,
    '',
  ].join('\n');
}

compile(['--skip', 'test']);
const wanted = new Map(names.map((name) => [`${name}.ts`, bindingOf(name)]));
wanted.set('deployment-plan.ts', planOf());
wanted.set(storageDocument, storagePage(names));

const check = process.argv.includes('--check');
for (const folder of [target, join(root, 'docs/contracts')]) mkdirSync(folder, { recursive: true });
const stale = readdirSync(target).filter((file) => !wanted.has(file));
const differing = [...wanted].filter(([file, text]) => {
  try {
    return readFileSync(join(target, file), 'utf8') !== text;
  } catch {
    return true;
  }
});
if (check) {
  const wrong = [...stale, ...differing.map(([file]) => file)];
  if (wrong.length > 0) {
    process.stderr.write(`bindings differ from the contracts: ${wrong.join(', ')}\nmend: npm run contracts:build\n`);
    process.exit(1);
  }
  process.stdout.write(`${wanted.size} bindings agree with the contracts\n`);
} else {
  for (const file of stale) rmSync(join(target, file));
  for (const [file, text] of differing) writeFileSync(join(target, file), text);
  process.stdout.write(`${differing.length} of ${wanted.size} files written to ${relative(root, target)}\n`);
}
