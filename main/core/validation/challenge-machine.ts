/**
 * A validator's side of one challenge: all devices of a machine are called at once, each phase begins with a nonce that
 * nobody knew before, and the times between are taken on the validator's own clock. What was seen becomes the evidence
 * whose hash is signed.
 */

import { bandOf, judgeTimes, type PhaseTimes } from '#core/proof/band.ts';
import { lineBytes } from '#core/proof/memory.ts';
import { operations, type WorkParameters } from '#core/proof/parameters.ts';
import { deviceSeed, workSeed } from '#core/proof/seeds.ts';
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
import { type AskedDevice, type DeviceEvidence, type DeviceSession, evidenceHash } from './evidence.ts';

/** One device and the work it is asked for. */
export interface DeviceWork {
  /** `host` or a PCI address, as the manifest has it. */
  locator: string;
  seed: Hex;
  work: WorkParameters;
}

export interface Challenge {
  id: string;
  nonce: Hex;
  devices: DeviceWork[];
}

export interface ChallengeContext {
  recover: RecoverSigner;
  clock: Clock;
  devices: readonly AskedDevice[];
  /** Milliseconds from challenge to commitment after which the answer is late, whatever the model. */
  answerMs: number;
  epoch: { number: number; validUntil: number };
}

/** Light in fibre covers about 200 km in a millisecond, there and back 100 (refractive index 1.47, ITU-T G.652). */
const kilometresPerMs = 100;

/** The nonce for the next phase, to the device that was the last to end this one. */
export interface PhaseAnswer {
  nonce?: Hex;
}

export interface OpenChallenge {
  readonly challenge: Challenge;
  /** One hop of the distance measurement; returns the next token, or nothing after the last. */
  echo(token: string): string | undefined;
  filled(device: number): PhaseAnswer;
  walked(device: number, root: Hex): PhaseAnswer;
  multiplied(device: number, commitment: WorkCommitment): PhaseAnswer;
  /** Once every device is committed: the machine's key answers for all of them. */
  sign(machineSignature: string): WorkChallenge;
  open(openings: readonly WorkOpening[]): {
    statement: AttestationStatement;
    figure: FigureStatement;
    evidence: Record<string, unknown>;
  };
}

const hops = 8;

const refuse = (subject: string, expected: string, found: string): never =>
  fail('attestation.refused', { subject, expected, found });

export function challengeMachine(signed: SignedManifest, context: ChallengeContext): OpenChallenge {
  const { manifest } = signed;
  const nonce = freshNonce();
  const seed = workSeed({
    blockHash: manifest.measurement.seed.blockHash,
    assetKey: manifest.asset.key,
    owner: manifest.owner,
    nonce,
  });
  const sessions: DeviceSession[] = context.devices.map((asked, index) => ({
    asked,
    seed: deviceSeed(seed, index, asked.locator),
  }));
  const challenge: Challenge = {
    id: freshNonce(),
    nonce,
    devices: sessions.map(({ asked, seed }) => ({ locator: asked.locator, seed, work: asked.work })),
  };
  const now = () => context.clock.now().getTime();
  const startedAt = now();
  const begun: { walk?: Begun; product?: Begun; open?: WorkChallenge } = {};
  const echoes = echoMeasurement();

  const sessionOf = (device: number): DeviceSession =>
    sessions[device] ?? refuse('an answer of a device that was not asked', `one of ${sessions.length}`, `${device}`);
  const inTime = (at: number) => {
    if (at - startedAt > context.answerMs)
      refuse('the answer came too late', `within ${context.answerMs} ms`, `${at - startedAt} ms`);
  };
  /** The nonce of the next phase once the last device has ended this one. */
  const next = (phase: 'walk' | 'product', done: (session: DeviceSession) => boolean): PhaseAnswer => {
    if (!sessions.every(done)) return {};
    begun[phase] ??= { nonce: freshNonce(), at: now() };
    return { nonce: begun[phase].nonce };
  };

  return {
    challenge,
    echo: (token) => echoes.hop(token),
    filled(device) {
      const session = sessionOf(device);
      if (session.filledMs !== undefined) refuse('a device was filled twice', 'one answer', 'another');
      session.filledMs = now() - startedAt;
      inTime(now());
      return next('walk', ({ filledMs }) => filledMs !== undefined);
    },
    walked(device, root) {
      const session = sessionOf(device);
      const start = begun.walk ?? refuse('a walk before all memory was full', 'a nonce first', 'none');
      if (session.memoryRoot !== undefined) refuse('a device walked twice', 'one root', 'another');
      session.memoryRoot = root;
      session.walkMs = now() - start.at;
      inTime(now());
      return next('product', ({ memoryRoot }) => memoryRoot !== undefined);
    },
    multiplied(device, commitment) {
      const session = sessionOf(device);
      const start = begun.product ?? refuse('products before all walks were committed', 'a nonce first', 'none');
      if (session.commitment !== undefined) refuse('a second commitment to one challenge', 'one commitment', 'another');
      if (commitment?.memoryRoot !== session.memoryRoot)
        refuse('the commitment is over another memory', `${session.memoryRoot}`, `${commitment?.memoryRoot}`);
      session.commitment = commitment;
      session.productMs = now() - start.at;
      inTime(now());
      return {};
    },
    sign(machineSignature) {
      const commitments = sessions.map(
        ({ commitment }) => commitment ?? refuse('a device has not committed', 'a commitment of each', 'none'),
      );
      if (begun.open !== undefined) refuse('a second signature to one challenge', 'one', 'another');
      const answer = challengeAnswerMessage(
        { manifestRoot: manifestRoot(manifest), nonce, commitment: contentRoot(commitments) },
        manifest.network,
      );
      const by = context.recover(answer, machineSignature);
      if (by?.toLowerCase() !== manifest.machine.toLowerCase())
        refuse("the machine's key did not sign the answer", manifest.machine, by ?? 'no key');
      begun.open = { nonce: freshNonce() };
      return begun.open;
    },
    open(openings) {
      const { walk, product, open } = begun;
      if (walk === undefined || product === undefined || open === undefined)
        return refuse('an opening without a commitment', 'a commitment first', 'none');
      const nonces = { walk: walk.nonce, product: product.nonce, open: open.nonce };
      const roundTripMs = echoes.least();
      const devices = sessions.map((session, index) =>
        examined(session, nonces, openings[index] as WorkOpening, roundTripMs ?? 0),
      );
      const { custody, workload, location } = attestationKinds;
      const kinds = custody | workload | (roundTripMs === undefined ? 0 : location);
      const evidence = {
        nonce,
        opened: open.nonce,
        devices,
        ...(roundTripMs === undefined
          ? {}
          : { roundTripMs: Number(roundTripMs.toFixed(3)), withinKm: Math.ceil(roundTripMs * kilometresPerMs) }),
      };
      const { key: assetKey, category } = manifest.asset;
      const about = { assetKey, manifestRoot: manifestRoot(manifest), category };
      const { number: epoch, validUntil } = context.epoch;
      return {
        evidence,
        statement: { ...about, owner: manifest.owner, kinds, epoch, validUntil, evidenceHash: evidenceHash(evidence) },
        figure: { ...about, subject: keccakText(manifest.capacity.class), value: capacitySeen(signed), epoch },
      };
    },
  };
}

interface Begun {
  nonce: Hex;
  at: number;
}

/** Proof and time of one device; the first thing that is wrong ends it. */
function examined(
  { asked, seed, commitment, ...times }: DeviceSession,
  nonces: { walk: Hex; product: Hex; open: Hex },
  opening: WorkOpening,
  roundTripMs: number,
): DeviceEvidence {
  if (commitment === undefined) return refuse('a device has not committed', 'a commitment of each', 'none');
  const verdict = verify({ sizes: asked.work, seed, nonces }, commitment, opening);
  if (!verdict.ok)
    refuse(`the work proof of ${asked.locator} does not hold (${verdict.fault})`, 'a whole proof', verdict.why);
  const { filledMs = 0, walkMs = 0, productMs = 0 } = times;
  const phases: PhaseTimes = { fillMs: filledMs, walkMs, productMs };
  if (asked.model !== undefined) {
    const judged = judgeTimes(phases, bandOf(asked.work, asked.model, roundTripMs));
    if (!judged.ok) {
      const limit = `${judged.fault === 'late' ? 'at most' : 'at least'} ${Math.round(judged.limit)} ms`;
      refuse(`the ${judged.phase} of ${asked.locator} is ${judged.fault}`, limit, `${Math.round(judged.found)} ms`);
    }
  }
  return {
    locator: asked.locator,
    commitment,
    openingRoot: contentRoot(opening),
    operations: operations(asked.work.product),
    memoryBytes: asked.work.memory.lines * lineBytes,
    times: phases,
    model: asked.model?.name ?? 'unlisted',
  };
}

/** Round trips on the validator's own clock, by tokens that cannot be guessed. */
function echoMeasurement() {
  const hopTimes: number[] = [];
  let awaited: { token: string; sentAt: number } | undefined;
  return {
    hop(token: string): string | undefined {
      const now = performance.now();
      if (awaited !== undefined) {
        if (token !== awaited.token) refuse('an echo came back changed', awaited.token, token);
        hopTimes.push(now - awaited.sentAt);
      }
      awaited = hopTimes.length >= hops ? undefined : { token: freshNonce(), sentAt: performance.now() };
      return awaited?.token;
    },
    least: () => (hopTimes.length === 0 ? undefined : Math.min(...hopTimes)),
  };
}

/** Units of capacity by the manifest's own components: the claim is not taken at its word. */
function capacitySeen({ manifest }: SignedManifest): number {
  const gpus = manifest.measurement.components.filter(({ kind }) => kind === 'gpu').length;
  const seen = manifest.asset.kind === 'gpu' ? gpus : 1;
  if (seen !== manifest.capacity.units)
    refuse('the capacity does not fit the machine', `${seen} units`, `${manifest.capacity.units}`);
  return seen;
}
