/** Whoever says yes or no in the owner's name before the owner's key signs. */
import type { ApprovalRequest } from '#domain/approval.ts';

export interface Approvals {
  /** Resolves once the owner agreed. @throws FailureError `approval.refused`, or the reason the run was stopped for */
  ask(request: ApprovalRequest): Promise<void>;
}
