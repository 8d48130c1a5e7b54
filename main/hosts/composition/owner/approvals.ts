/**
 * The owner's say before the owner's key signs. `all`: agreed beforehand, and the run goes through. `each`: the run
 * tells what it wants signed, as an event that every screen shows, and waits for the answer.
 */
import type { OpenKeys } from '#adapters/keys/open-keys.ts';
import type { ApprovalPolicy } from '#api/context.ts';
import type { ApprovalRequest } from '#domain/approval.ts';
import { describeMessage } from '#domain/clear-signing/describe-message.ts';
import { fail } from '#domain/failures/failure.ts';
import type { NewRunEvent } from '#domain/run.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Keys } from '#ports/keys.ts';

export interface RunApprovals extends Approvals {
  /** An answer to something that is not asked changes nothing. */
  answer(approval: string, approved: boolean): void;
}

export interface ApprovalOptions {
  policy: ApprovalPolicy;
  run: () => string;
  signal: AbortSignal;
  tell(event: NewRunEvent): Promise<void>;
}

export function openApprovals({ policy, run, signal, tell }: ApprovalOptions): RunApprovals {
  const asked = new Map<string, (approved: boolean) => void>();
  const at = () => new Date().toISOString();
  return {
    async ask(request) {
      if (policy === 'all') return;
      const approved = await answered(request);
      asked.delete(request.id);
      await tell({ at: at(), run: run(), type: 'answered', approval: request.id, approved });
      if (!approved) fail('approval.refused', { subject: request.intent.toLowerCase() });
    },
    answer: (approval, approved) => asked.get(approval)?.(approved),
  };

  async function answered(request: ApprovalRequest): Promise<boolean> {
    const answer = new Promise<boolean>((resolve, reject) => {
      asked.set(request.id, resolve);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) reject(signal.reason);
    });
    // The question goes out only once an answer to it would be heard.
    await tell({ at: at(), run: run(), type: 'approval', request });
    return await answer;
  }
}

/** The keys, with the owner asked before each message. */
export function askingKeys(keys: OpenKeys, approvals: Approvals): Keys {
  return {
    machine: keys.machine,
    async owner() {
      const signer = await keys.owner();
      return {
        address: signer.address,
        async signTypedData(message) {
          await approvals.ask(describeMessage(message, 'manifest'));
          return await signer.signTypedData(message);
        },
      };
    },
  };
}
