/**
 * Asks every validator side by side and gathers what they signed. A validator that refuses or is away costs its own
 * statement; whether the rest are enough is for the contract to say, which weighs them by stake.
 */
import { canonicalJson } from '#domain/canonical.ts';
import type { Failure } from '#domain/failures/failure.ts';
import { fail, failureOf } from '#domain/failures/failure.ts';
import { manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import type { QuorumStatement } from '#ports/chain.ts';
import type { SignedStatement, Validator } from '#ports/validators.ts';

export interface Gathered {
  quorum: QuorumStatement;
  statements: SignedStatement[];
  refusals: { validator: string; failure: Failure }[];
}

/** @throws FailureError `attestation.no_quorum` when fewer than two thirds (by head) of the validators signed one statement. */
export async function gatherQuorum(
  signed: SignedManifest,
  validators: readonly Validator[],
  options: { signal: AbortSignal; onStatement?: (validator: string, outcome: SignedStatement | Failure) => void },
): Promise<Gathered> {
  const root = manifestRoot(signed.manifest);
  const refusals: Gathered['refusals'] = [];
  const statements: SignedStatement[] = [];
  await Promise.all(
    validators.map(async (validator) => {
      try {
        const statement = await validator.attest(signed, { signal: options.signal });
        statements.push(statement);
        options.onStatement?.(validator.name, statement);
      } catch (error) {
        options.signal.throwIfAborted();
        const failure = failureOf(error);
        refusals.push({ validator: validator.name, failure });
        options.onStatement?.(validator.name, failure);
      }
    }),
  );
  const agreed = largestAgreement(statements.filter(({ statement }) => statement.manifestRoot === root));
  const first = agreed[0];
  if (first === undefined || agreed.length * 3 < validators.length * 2) {
    fail('attestation.no_quorum', {
      subject: signed.manifest.asset.name,
      expected: `at least ${Math.ceil((validators.length * 2) / 3)} of ${validators.length} validators in agreement`,
      found: `${agreed.length}${refusals[0] ? `; ${refusals[0].validator}: ${refusals[0].failure.what} ${refusals[0].failure.found ?? ''}`.trimEnd() : ''}`,
    });
  }
  const { evidenceHash: _, ...statement } = first.statement;
  const ordered = [...agreed].sort((a, b) => (a.signer.toLowerCase() < b.signer.toLowerCase() ? -1 : 1));
  return {
    statements: ordered,
    refusals,
    quorum: {
      statement,
      figure: first.figure,
      signed: ordered.map((given) => ({
        signer: given.signer,
        evidenceHash: given.statement.evidenceHash,
        signature: given.signature,
        figureSignature: given.figureSignature,
      })),
    },
  };
}

/** The largest group that signed the same thing, evidence apart. */
function largestAgreement(statements: SignedStatement[]): SignedStatement[] {
  const groups = Map.groupBy(statements, ({ statement: { evidenceHash: _, ...common }, figure }) =>
    canonicalJson([common, figure]),
  );
  return [...groups.values()].sort((a, b) => b.length - a.length)[0] ?? [];
}
