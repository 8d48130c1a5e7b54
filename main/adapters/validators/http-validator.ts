/** The machine's side of a challenge, over HTTP: hand the manifest over, echo, do the work, open what is asked. */
import { type CommittedWork, proveWork } from '#adapters/bench/prove.ts';
import type { WorkerLocation } from '#adapters/bench/worker-connection.ts';
import type { WorkChallenge } from '#core/proof/transcript.ts';
import type { Challenge } from '#core/validation/challenge-machine.ts';
import { contentRoot } from '#domain/canonical.ts';
import { type Failure, FailureError, fail } from '#domain/failures/failure.ts';
import { manifestFile, manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import { challengeAnswerMessage } from '#domain/typed-data.ts';
import type { Signer } from '#ports/keys.ts';
import type { SignedStatement, Validator } from '#ports/validators.ts';

export interface HttpValidatorOptions {
  name: string;
  url: string;
  machine: () => Promise<Signer>;
  worker: WorkerLocation;
  /** The epoch that all validators are asked to sign for. */
  epoch: number;
}

const requestMs = 60_000;

export function httpValidator({ name, url, machine, worker, epoch }: HttpValidatorOptions): Validator {
  async function ask<T>(path: string, body: string, signal: AbortSignal): Promise<T> {
    let reply: { failure?: Failure } & T;
    try {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-gaib-epoch': String(epoch) },
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(requestMs)]),
      });
      reply = (await response.json()) as typeof reply;
    } catch (error) {
      signal.throwIfAborted();
      return fail('validator.unavailable', { subject: name, found: (error as Error).message, cause: error });
    }
    if (reply.failure) throw new FailureError(reply.failure);
    return reply;
  }

  async function answer(challenge: Challenge, signed: SignedManifest, work: CommittedWork, signal: AbortSignal) {
    const at = `/challenges/${challenge.id}`;
    for (let token: string | undefined = ''; token !== undefined; ) {
      token = (await ask<{ token?: string }>(`${at}/echo`, JSON.stringify({ token }), signal)).token;
    }
    const { commitment } = work;
    const signer = await machine();
    const signature = await signer.signTypedData(
      challengeAnswerMessage(
        { manifestRoot: manifestRoot(signed.manifest), nonce: challenge.nonce, commitment: contentRoot(commitment) },
        signed.manifest.network,
      ),
    );
    const asked = await ask<WorkChallenge>(`${at}/commitment`, JSON.stringify({ commitment, signature }), signal);
    const opening = await work.open(asked);
    return await ask<{ given: SignedStatement }>(`${at}/opening`, JSON.stringify({ opening }), signal);
  }

  return {
    name,
    async attest(signed, { signal }) {
      const reply = await ask<{ challenge?: Challenge; given?: SignedStatement }>(
        '/challenges',
        manifestFile(signed),
        signal,
      );
      if (reply.given) return reply.given;
      const { challenge } = reply;
      if (challenge === undefined)
        return fail('validator.unavailable', { subject: name, found: 'an answer without a challenge' });
      const work = await proveWork({ ...worker, sizes: challenge.work, seed: challenge.seed, signal });
      try {
        return (await answer(challenge, signed, work, signal)).given;
      } finally {
        await work.close();
      }
    },
  };
}
