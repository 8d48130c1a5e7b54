/** What a validator saw, and the hash that it signs: built so that a contract can be shown one element of it. */
import type { DeviceModel, PhaseTimes } from '#core/proof/band.ts';
import type { WorkParameters } from '#core/proof/parameters.ts';
import { commitmentHash, type WorkCommitment } from '#core/proof/transcript.ts';
import { bytesOf, concatBytes, contentRoot, type Hex, keccak } from '#domain/canonical.ts';

/** What a device is asked for, and what its model should take; without a model nothing is concluded from time. */
export interface AskedDevice {
  locator: string;
  work: WorkParameters;
  model?: DeviceModel;
}

/** A device while it is challenged. */
export interface DeviceSession {
  asked: AskedDevice;
  seed: Hex;
  filledMs?: number;
  walkMs?: number;
  productMs?: number;
  memoryRoot?: Hex;
  commitment?: WorkCommitment;
}

export interface DeviceEvidence {
  locator: string;
  commitment: WorkCommitment;
  openingRoot: Hex;
  operations: number;
  memoryBytes: number;
  /** On the validator's clock. */
  times: PhaseTimes;
  /** Row of the table of accelerators that the times were held against, or `unlisted`. */
  model: string;
}

export interface Evidence {
  /** The nonce that drew the openings. */
  opened: Hex;
  devices: DeviceEvidence[];
}

/** Keccak-256(opening nonce ‖ commitment hash of each device ‖ root of the evidence as canonical JSON). */
export function evidenceHash(evidence: Evidence): Hex {
  return keccak(
    concatBytes(
      bytesOf(evidence.opened),
      ...evidence.devices.map(({ commitment }) => commitmentHash(commitment)),
      bytesOf(contentRoot(evidence)),
    ),
  );
}
