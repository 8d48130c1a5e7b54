/** The validators: independent processes that read the manifest, challenge the machine and sign what is true. */
import type { SignedManifest } from '#domain/manifest.ts';
import type { AttestationStatement, FigureStatement } from '#domain/typed-data.ts';

export interface SignedStatement {
  signer: string;
  statement: AttestationStatement;
  signature: string;
  /** How much capacity it found, signed by the same key. */
  figure: FigureStatement;
  figureSignature: string;
  /** What the validator saw and measured; `statement.evidenceHash` is made of it (core/validation/evidence.ts). */
  evidence: Record<string, unknown>;
}

export interface Validator {
  readonly name: string;
  /** Hands the manifest over, answers the challenge, and returns what the validator signed. Fails with its reason. */
  attest(manifest: SignedManifest, options: { signal: AbortSignal }): Promise<SignedStatement>;
}

export interface Validators {
  all(): Promise<Validator[]>;
}
