/**
 * A validator's side of one challenge: draw a nonce, take the commitment, draw the openings, check them, and measure on
 * its own clock how far away the machine can be. What was seen becomes the evidence whose root is signed.
 */

import type { WorkParameters } from '#core/proof/parameters.ts';
import { operations } from '#core/proof/parameters.ts';
import { workSeed } from '#core/proof/seeds.ts';
import type { WorkChallenge, WorkCommitment, WorkOpening } from '#core/proof/transcript.ts';
import { freshNonce, verify } from '#core/proof/verify.ts';
import { contentRoot, type Hex, keccakText } from '#domain/canonical.ts';
import { fail } from '#domain/failures/failure.ts';
import { manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import {
  type AttestationStatement,
  attestationKinds,
  challengeAnswerMessage,
  type FigureStatement,
} from '#domain/typed-data.ts';
import type { Clock } from '#ports/clock.ts';
import type { RecoverSigner } from '#ports/keys.ts';

export interface Challenge {
  id: string;
  nonce: Hex;
  work: WorkParameters;
  seed: Hex;
}

export interface ChallengeContext {
  recover: RecoverSigner;
  clock: Clock;
  work: WorkParameters;
  /** Milliseconds from challenge to commitment after which the answer is late. */
  answerMs: number;
  epoch: { number: number; validUntil: number };
}

/** Light in fibre covers about 200 km in a millisecond, there and back 100 (refractive index 1.47, ITU-T G.652). */
const kilometresPerMs = 100;

export interface OpenChallenge {
  readonly challenge: Challenge;
  /** One hop of the distance measurement; returns the next token, or nothing after the last. */
  echo(token: string): string | undefined;
  commit(commitment: WorkCommitment, machineSignature: string): WorkChallenge;
  open(opening: WorkOpening): {
    statement: AttestationStatement;
    figure: FigureStatement;
    evidence: Record<string, unknown>;
  };
}

const hops = 8;

export function challengeMachine(signed: SignedManifest, context: ChallengeContext): OpenChallenge {
  const { manifest } = signed;
  const { clock } = context;
  const nonce = freshNonce();
  const seed = workSeed({
    blockHash: manifest.measurement.seed.blockHash,
    assetKey: manifest.asset.key,
    owner: manifest.owner,
    nonce,
  });
  const challenge: Challenge = { id: freshNonce(), nonce, work: context.work, seed };
  const askedAt = clock.now().getTime();
  const hopTimes: number[] = [];
  let awaited: { token: string; sentAt: number } | undefined;
  let committed: { commitment: WorkCommitment; opened: WorkChallenge; at: number } | undefined;
  const refuse = (subject: string, expected: string, found: string): never =>
    fail('attestation.refused', { subject, expected, found });

  return {
    challenge,
    echo(token) {
      const now = performance.now();
      if (awaited !== undefined) {
        if (token !== awaited.token) refuse('an echo came back changed', awaited.token, token);
        hopTimes.push(now - awaited.sentAt);
      }
      awaited = hopTimes.length >= hops ? undefined : { token: freshNonce(), sentAt: performance.now() };
      return awaited?.token;
    },
    commit(commitment, machineSignature) {
      const at = clock.now().getTime();
      if (committed !== undefined) refuse('a second commitment to one challenge', 'one commitment', 'another');
      if (at - askedAt > context.answerMs)
        refuse('the answer came too late', `within ${context.answerMs} ms`, `${at - askedAt} ms`);
      const answer = challengeAnswerMessage(
        { manifestRoot: manifestRoot(manifest), nonce, commitment: contentRoot(commitment) },
        manifest.network,
      );
      const by = context.recover(answer, machineSignature);
      if (by?.toLowerCase() !== manifest.machine.toLowerCase())
        refuse("the machine's key did not sign the answer", manifest.machine, by ?? 'no key');
      committed = { commitment, opened: { nonce: freshNonce() }, at };
      return committed.opened;
    },
    open(opening) {
      if (committed === undefined) return refuse('an opening without a commitment', 'a commitment first', 'none');
      const verdict = verify(context.work, seed, committed.commitment, committed.opened, opening);
      if (!verdict.ok) refuse('the work proof does not hold', 'an exact product', verdict.why);
      const roundTripMs = hopTimes.length === 0 ? undefined : Math.min(...hopTimes);
      const { custody, workload, location } = attestationKinds;
      const kinds = custody | workload | (roundTripMs === undefined ? 0 : location);
      const evidence = {
        nonce,
        commitment: committed.commitment,
        opened: committed.opened.nonce,
        openingRoot: contentRoot(opening),
        answeredInMs: committed.at - askedAt,
        operations: operations(context.work),
        ...(roundTripMs === undefined
          ? {}
          : { roundTripMs: Number(roundTripMs.toFixed(3)), withinKm: Math.ceil(roundTripMs * kilometresPerMs) }),
      };
      const about = {
        assetKey: manifest.asset.key,
        manifestRoot: manifestRoot(manifest),
        category: manifest.asset.category,
      };
      return {
        evidence,
        statement: {
          ...about,
          owner: manifest.owner,
          kinds,
          epoch: context.epoch.number,
          validUntil: context.epoch.validUntil,
          evidenceHash: contentRoot(evidence),
        },
        figure: {
          ...about,
          subject: keccakText(manifest.capacity.class),
          value: capacitySeen(signed),
          epoch: context.epoch.number,
        },
      };
    },
  };
}

/** Units of capacity by the manifest's own components: the claim is not taken at its word. */
function capacitySeen({ manifest }: SignedManifest): number {
  const gpus = manifest.measurement.components.filter(({ kind }) => kind === 'gpu').length;
  const seen = manifest.asset.kind === 'gpu' ? gpus : 1;
  if (seen !== manifest.capacity.units) {
    fail('attestation.refused', {
      subject: 'the capacity does not fit the machine',
      expected: `${seen} units`,
      found: `${manifest.capacity.units}`,
    });
  }
  return seen;
}
