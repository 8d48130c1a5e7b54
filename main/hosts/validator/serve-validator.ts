/**
 * A validator as a process: takes manifests on HTTP, challenges their machines, and signs what is true with its own key.
 * It believes the chain it is connected to and its own clock, nothing that a request says of them.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { sandboxWork } from '#core/proof/parameters.ts';
import type { WorkCommitment, WorkOpening } from '#core/proof/transcript.ts';
import { challengeMachine, type OpenChallenge } from '#core/validation/challenge-machine.ts';
import { examineManifest } from '#core/validation/examine-manifest.ts';
import { readManifest } from '#core/verification/verify-manifest.ts';
import type { Hex } from '#domain/canonical.ts';
import { fail, failureOf } from '#domain/failures/failure.ts';
import { manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import { attestationMessage, figureMessage } from '#domain/typed-data.ts';
import type { Chain } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { RecoverSigner, Signer } from '#ports/keys.ts';
import type { SignedStatements } from '#ports/signed-statements.ts';
import type { SignedStatement } from '#ports/validators.ts';

export interface ValidatorContext {
  chain: Chain;
  signer: Signer;
  recover: RecoverSigner;
  clock: Clock;
  statements: SignedStatements;
  practiceAllowed: boolean;
}

/** The epoch that the machine proposes to all its validators. */
export const epochHeader = 'x-gaib-epoch';

const bodyLimit = 8 * 2 ** 20;
const answerMs = 120_000;
const openLimit = 256;

const hash = z.custom<Hex>((value) => typeof value === 'string' && /^0x[0-9a-f]{64}$/.test(value));
const device = z.number().int().min(0).max(4096);
/** What the machine tells, by the last word of the path. */
const bodies = {
  echo: z.object({ token: z.string().max(100) }),
  filled: z.object({ device }),
  walked: z.object({ device, root: hash }),
  multiplied: z.object({ device, commitment: z.custom<WorkCommitment>() }),
  signed: z.object({ signature: z.string().max(200) }),
  opening: z.object({ openings: z.array(z.custom<WorkOpening>()).max(4096) }),
};

interface Session {
  signed: SignedManifest;
  open: OpenChallenge;
}

/** Listens on loopback; resolves with the address once it does. */
export async function serveValidator(
  context: ValidatorContext,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const sessions = new Map<string, Session>();
  const server = createServer((request, response) => {
    answer(request, sessions, context)
      .then((body) => reply(response, 200, body))
      .catch((error: unknown) => reply(response, 422, { failure: failureOf(error) }));
  });
  server.requestTimeout = answerMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function answer(
  request: IncomingMessage,
  sessions: Map<string, Session>,
  context: ValidatorContext,
): Promise<unknown> {
  const [, noun, id, verb] = (request.url ?? '').split('/');
  if (request.method === 'GET' && noun === 'validator') return { address: context.signer.address };
  if (request.method !== 'POST' || noun !== 'challenges')
    fail('usage.invalid', { subject: `${request.method} ${request.url}` });
  const text = await readBody(request);
  if (id === undefined) return await startChallenge(text, sessions, context, request.headers[epochHeader]);
  const session = sessions.get(id) ?? fail('attestation.refused', { subject: 'there is no such challenge' });
  if (verb !== 'opening') return told(session.open, verb, JSON.parse(text));
  sessions.delete(id);
  return await sign(session.open.open(bodies.opening.parse(JSON.parse(text)).openings), context);
}

/** What the machine says on its way to the openings. */
function told(open: OpenChallenge, verb: string | undefined, body: unknown): unknown {
  if (verb === 'echo') return { token: open.echo(bodies.echo.parse(body).token) };
  if (verb === 'filled') return open.filled(bodies.filled.parse(body).device);
  if (verb === 'signed') return open.sign(bodies.signed.parse(body).signature);
  if (verb === 'walked') {
    const { device, root } = bodies.walked.parse(body);
    return open.walked(device, root);
  }
  if (verb !== 'multiplied') return fail('usage.invalid', { subject: `a challenge has no ${verb}` });
  const { device, commitment } = bodies.multiplied.parse(body);
  return open.multiplied(device, commitment);
}

async function startChallenge(
  text: string,
  sessions: Map<string, Session>,
  context: ValidatorContext,
  proposed: string | string[] | undefined,
): Promise<unknown> {
  const signed = readManifest(text, 'the manifest');
  await examineManifest(text, signed, context);
  const epoch = await agreedEpoch(context, proposed);
  const before = context.statements.given(signed.manifest.asset.key, epoch.number);
  if (before !== undefined) {
    // The same question gets the same answer; another manifest in the same epoch would be a slashable second statement.
    if (before.statement.manifestRoot === manifestRoot(signed.manifest)) return { given: before };
    fail('attestation.equivocation', {
      subject: signed.manifest.asset.name,
      found: `epoch ${epoch.number}, manifest ${before.statement.manifestRoot}`,
    });
  }
  const open = challengeMachine(signed, {
    recover: context.recover,
    clock: context.clock,
    devices: [{ locator: 'host', work: sandboxWork }],
    answerMs,
    epoch,
  });
  if (sessions.size >= openLimit) sessions.delete(sessions.keys().next().value ?? '');
  sessions.set(open.challenge.id, { signed, open });
  return { challenge: open.challenge };
}

/** The epoch the machine asks for, so that all validators sign the same one; only the running one or the one before. */
async function agreedEpoch({ chain }: ValidatorContext, proposed: string | string[] | undefined) {
  const current = await chain.epoch();
  if (proposed === undefined) return current;
  const asked = Number(proposed);
  if (asked !== current.number && asked !== current.number - 1) {
    fail('attestation.refused', {
      subject: 'it asks for another epoch',
      expected: `epoch ${current.number}`,
      found: String(proposed),
    });
  }
  return asked === current.number ? current : await chain.epoch(asked);
}

async function sign(
  { statement, figure, evidence }: ReturnType<OpenChallenge['open']>,
  { chain, signer, statements }: ValidatorContext,
): Promise<{ given: SignedStatement }> {
  const deployment = (await chain.deployment()) ?? fail('chain.not_deployed', { subject: chain.endpoint });
  const given: SignedStatement = {
    signer: signer.address,
    statement,
    signature: await signer.signTypedData(attestationMessage(statement, deployment)),
    figure,
    figureSignature: await signer.signTypedData(figureMessage(figure, deployment)),
    evidence,
  };
  statements.record(given);
  return { given };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) fail('usage.invalid', { subject: 'the request is too large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
