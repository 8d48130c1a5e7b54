/** What a validator checks of a manifest before it challenges the machine. The first thing that is wrong ends it. */

import { manifestChecks } from '#core/verification/manifest-checks.ts';
import { fail } from '#domain/failures/failure.ts';
import type { SignedManifest } from '#domain/manifest.ts';
import type { Chain } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { RecoverSigner } from '#ports/keys.ts';

export interface ExaminationContext {
  chain: Chain;
  recover: RecoverSigner;
  clock: Clock;
  /** Whether assets of a practice run may be attested: on a sandbox only. */
  practiceAllowed: boolean;
}

/** Seconds a measurement may be old when it is attested. */
export const freshnessSeconds = 3_600;
/** A figure above this multiple of the physical peak is not believed. */
const peakTolerance = 1.1;

/** @throws FailureError `attestation.refused` with the reason; `verify.*` for a manifest that does not hold by itself */
export async function examineManifest(
  text: string,
  signed: SignedManifest,
  context: ExaminationContext,
): Promise<void> {
  const { manifest } = signed;
  const refuse = (subject: string, expected: string, found: string) =>
    fail('attestation.refused', { subject, expected, found });
  for (const { failure } of manifestChecks(text, 'the manifest', signed, context.recover)) {
    if (failure) refuse(failure.what, failure.expected ?? 'a manifest that holds', failure.found ?? 'it does not');
  }
  if (manifest.practice !== null && !context.practiceAllowed) {
    refuse(
      'practice runs are not attested here',
      'a manifest of a real machine',
      `a recording of ${manifest.practice.recording}`,
    );
  }
  if (manifest.machine.toLowerCase() === manifest.owner.toLowerCase()) {
    refuse("the owner's key cannot also be the machine's", 'two keys', 'one');
  }
  const { seed, benchmarks } = manifest.measurement;
  const deployment = await context.chain.deployment();
  if (
    deployment?.registry.toLowerCase() !== manifest.network.registry.toLowerCase() ||
    deployment.chainId !== manifest.network.chainId
  ) {
    refuse(
      'it was made for another registry',
      `registry ${deployment?.registry ?? 'unknown'} on chain ${deployment?.chainId ?? '?'}`,
      `${manifest.network.registry} on chain ${manifest.network.chainId}`,
    );
  }
  const block = await context.chain.block(seed.block);
  if (block?.hash !== seed.blockHash)
    refuse(
      'the benchmark seed binds a block this chain does not have',
      `block ${seed.block} ${block?.hash ?? ''}`,
      seed.blockHash,
    );
  const age = context.clock.now().getTime() / 1000 - (block?.timestamp ?? 0);
  if (age > freshnessSeconds)
    refuse('the measurement is too old', `a block of the last ${freshnessSeconds} s`, `${Math.round(age)} s`);
  for (const { id, peak } of benchmarks) {
    if (peak && peak.fraction > peakTolerance) {
      refuse(
        `the figure ${id} is above what the hardware can do`,
        `at most ${peakTolerance} of the peak`,
        `${peak.fraction.toFixed(2)} of it`,
      );
    }
  }
}
