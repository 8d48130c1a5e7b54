/** The machine's side of a challenge, over HTTP: hand the manifest over, echo, do the work, open what is asked. */
import { type WorkerProver, workerProver } from '#adapters/bench/prove.ts';
import type { WorkerLocation } from '#adapters/bench/worker-connection.ts';
import type { WorkChallenge } from '#core/proof/transcript.ts';
import type { Challenge, PhaseAnswer } from '#core/validation/challenge-machine.ts';
import { contentRoot, type Hex } from '#domain/canonical.ts';
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

  /** Every device ends a phase for itself; the last to do so is told the nonce of the next. */
  async function phase(at: string, path: string, bodies: Promise<object>[], signal: AbortSignal): Promise<Hex> {
    const answers = await Promise.all(
      bodies.map(async (body, device) =>
        ask<PhaseAnswer>(`${at}/${path}`, JSON.stringify({ device, ...(await body) }), signal),
      ),
    );
    const found = answers.find(({ nonce }) => nonce !== undefined)?.nonce;
    return found ?? fail('validator.unavailable', { subject: name, found: `no nonce after ${path}` });
  }

  async function answer(challenge: Challenge, signed: SignedManifest, works: WorkerProver[], signal: AbortSignal) {
    const at = `/challenges/${challenge.id}`;
    for (let token: string | undefined = ''; token !== undefined; ) {
      token = (await ask<{ token?: string }>(`${at}/echo`, JSON.stringify({ token }), signal)).token;
    }
    const filled = works.map(async (work) => {
      await work.fill();
      return {};
    });
    const walk = await phase(at, 'filled', filled, signal);
    const roots = works.map(async (work) => ({ root: await work.walk(walk) }));
    const product = await phase(at, 'walked', roots, signal);
    const commitments = await Promise.all(
      works.map(async (work, device) => {
        const commitment = await work.multiply(product);
        await ask(`${at}/multiplied`, JSON.stringify({ device, commitment }), signal);
        return commitment;
      }),
    );
    const signer = await machine();
    const signature = await signer.signTypedData(
      challengeAnswerMessage(
        { manifestRoot: manifestRoot(signed.manifest), nonce: challenge.nonce, commitment: contentRoot(commitments) },
        signed.manifest.network,
      ),
    );
    const asked = await ask<WorkChallenge>(`${at}/signed`, JSON.stringify({ signature }), signal);
    const openings = await Promise.all(works.map((work) => work.open(asked)));
    return await ask<{ given: SignedStatement }>(`${at}/opening`, JSON.stringify({ openings }), signal);
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
      const works = challenge.devices.map(({ locator, seed, work: sizes }) =>
        workerProver({ ...worker, locator, sizes, seed, signal }),
      );
      try {
        return (await answer(challenge, signed, works, signal)).given;
      } finally {
        await Promise.all(works.map((work) => work.close()));
      }
    },
  };
}
