/** What a validator has ever signed: it never signs a second, different statement for one asset and epoch. */
import type { SignedStatement } from './validators.ts';

export interface SignedStatements {
  /** The statement given for this asset in this epoch, if there was one. */
  given(assetKey: string, epoch: number): SignedStatement | undefined;
  /** Stores it durably before it leaves the validator. @throws FailureError `attestation.equivocation` when there is another */
  record(statement: SignedStatement): void;
}
