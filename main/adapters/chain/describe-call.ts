/** A call of one of our contracts as the owner is shown it: decoded from the very bytes that will be signed. */
import type { FunctionFragment, ParamType, Result } from 'ethers';
import type { ApprovalRequest } from '#domain/approval.ts';
import { describeFields } from '#domain/clear-signing/describe.ts';
import { callDescriptions, type Description, undoSentences } from '#domain/clear-signing/descriptions.ts';
import type { Errand } from '#ports/chain.ts';
import { type ContractName, interfaces } from './contracts.ts';
import type { Planned } from './outbox.ts';

interface PlannedCall {
  errand: Errand;
  contract: ContractName;
  to: string;
  chainId: number;
  data: string;
}

export function describeCall({ errand, contract, to, chainId, data }: PlannedCall, planned: Planned): ApprovalRequest {
  const { fragment, args } =
    interfaces[contract].parseTransaction({ data }) ?? unknownCall(contract, data.slice(0, 10));
  const description = callDescriptions[contract]?.[signatureWithNames(fragment)] ?? plainDescription(fragment);
  return {
    id: `${errand.step}: ${errand.purpose}`,
    step: errand.step,
    kind: 'transaction',
    intent: description.intent,
    undo: undoSentences[`${contract}.${fragment.name}`] ?? 'What a transaction did stays on the chain.',
    contract: { name: contract, address: to, chainId },
    call: fragment.name,
    fields: describeFields(description, byName(fragment.inputs, args)),
    cost: {
      gasLimit: planned.gasLimit.toString(),
      maxFeePerGas: planned.maxFeePerGas.toString(),
      most: (planned.gasLimit * planned.maxFeePerGas + planned.value).toString(),
      value: planned.value.toString(),
    },
  };
}

/** A function as ERC-7730 names it: types and parameter names, no spaces after commas. */
export function signatureWithNames(fragment: FunctionFragment): string {
  const parameters = (of: readonly ParamType[]): string =>
    `(${of.map((one) => `${one.type.replace(/^tuple/, parameters(one.components ?? []))} ${one.name}`).join(',')})`;
  return fragment.name + parameters(fragment.inputs);
}

/** Every argument under its own name, where no description has been written. */
const plainDescription = (fragment: FunctionFragment): Description => ({
  intent: `Call ${fragment.name}`,
  fields: fragment.inputs.map(({ name }) => ({ path: name, label: name, format: 'raw' })),
});

function unknownCall(contract: string, selector: string): never {
  throw new Error(`${contract} has no function ${selector}`);
}

/** Decoded arguments as plain objects and arrays, by the names of the parameters. */
function byName(parameters: readonly ParamType[], values: Result): Record<string, unknown> {
  return Object.fromEntries(parameters.map((one, index) => [one.name, plain(one, values[index])]));
}

function plain({ baseType, arrayChildren, components }: ParamType, value: unknown): unknown {
  if (baseType === 'array' && arrayChildren) return [...(value as Result)].map((one) => plain(arrayChildren, one));
  return baseType === 'tuple' && components ? byName(components, value as Result) : value;
}
