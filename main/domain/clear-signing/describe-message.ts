/** An EIP-712 message as the owner is shown it. */
import type { ApprovalRequest } from '../approval.ts';
import type { StepName } from '../step.ts';
import type { TypedData } from '../typed-data.ts';
import { describeFields } from './describe.ts';
import { messageDescriptions, undoSentences } from './descriptions.ts';

export function describeMessage({ domain, primaryType, types, message }: TypedData, step: StepName): ApprovalRequest {
  const description = messageDescriptions[primaryType] ?? {
    intent: `Sign ${primaryType}`,
    fields: (types[primaryType] ?? []).map(({ name }) => ({ path: name, label: name, format: 'raw' })),
  };
  return {
    id: `${step}: ${primaryType}`,
    step,
    kind: 'message',
    intent: description.intent,
    undo: undoSentences[primaryType] ?? 'The signature alone moves nothing.',
    contract: { name: domain.name, address: domain.verifyingContract, chainId: domain.chainId },
    call: primaryType,
    fields: describeFields(description, message),
  };
}
