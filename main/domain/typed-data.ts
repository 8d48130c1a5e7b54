/**
 * The EIP-712 messages that owner, machine and validators sign. What the owner signs in the manifest is what the
 * registry checks at registration: nothing is signed that is not shown. Descriptions for people are in
 * docs/specs/erc7730/.
 */
import { contentRoot } from './canonical.ts';
import { type Manifest, manifestRoot } from './manifest.ts';

export interface TypedData {
  domain: { name: string; version: string; chainId: number; verifyingContract: string };
  types: Record<string, { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, string | number>;
}

const registryDomain = (of: Manifest['network']) => ({
  name: 'GAIB Onboard',
  version: '1',
  chainId: of.chainId,
  verifyingContract: of.registry,
});

/** Signed by the machine's own key, over everything under `measurement`. */
export function measurementMessage(of: Pick<Manifest, 'network' | 'asset' | 'machine' | 'measurement'>): TypedData {
  return {
    domain: registryDomain(of.network),
    types: {
      Measurement: [
        { name: 'assetKey', type: 'bytes32' },
        { name: 'seed', type: 'bytes32' },
        { name: 'measurementRoot', type: 'bytes32' },
        { name: 'machine', type: 'address' },
      ],
    },
    primaryType: 'Measurement',
    message: {
      assetKey: of.asset.key,
      seed: of.measurement.seed.value,
      measurementRoot: contentRoot(of.measurement),
      machine: of.machine,
    },
  };
}

/** Signed by the owner and by the machine; the registry contract checks both. */
export function manifestMessage(of: Manifest): TypedData {
  return {
    domain: registryDomain(of.network),
    types: {
      AssetManifest: [
        { name: 'assetKey', type: 'bytes32' },
        { name: 'manifestRoot', type: 'bytes32' },
        { name: 'category', type: 'uint16' },
        { name: 'owner', type: 'address' },
        { name: 'machine', type: 'address' },
      ],
    },
    primaryType: 'AssetManifest',
    message: {
      assetKey: of.asset.key,
      manifestRoot: manifestRoot(of),
      category: of.asset.category,
      owner: of.owner,
      machine: of.machine,
    },
  };
}

/** Bits of the `kinds` field of an attestation. */
export const attestationKinds = { location: 1, custody: 2, workload: 4, legal: 8 } as const;
export type AttestationKind = keyof typeof attestationKinds;

export interface AttestationStatement {
  assetKey: string;
  manifestRoot: string;
  category: number;
  owner: string;
  /** Bit mask of {@link attestationKinds}. */
  kinds: number;
  epoch: number;
  /** Unix time, seconds. */
  validUntil: number;
  /** Root of the evidence this validator gathered. */
  evidenceHash: string;
}

/** A figure that validators put on chain: how many units of capacity a machine has. */
export interface FigureStatement {
  assetKey: string;
  manifestRoot: string;
  category: number;
  /** Keccak-256 of the class name. */
  subject: string;
  value: number;
  epoch: number;
}

export interface AttestationPlace {
  chainId: number;
  attestationRegistry: string;
}

const attestationDomain = (on: AttestationPlace) => ({
  name: 'GAIB Attestation',
  version: '1',
  chainId: on.chainId,
  verifyingContract: on.attestationRegistry,
});

/** Signed by a validator: what it found true of the asset. */
export function attestationMessage(of: AttestationStatement, on: AttestationPlace): TypedData {
  return {
    domain: attestationDomain(on),
    types: {
      Attestation: [
        { name: 'assetKey', type: 'bytes32' },
        { name: 'manifestRoot', type: 'bytes32' },
        { name: 'category', type: 'uint16' },
        { name: 'owner', type: 'address' },
        { name: 'kinds', type: 'uint8' },
        { name: 'epoch', type: 'uint64' },
        { name: 'validUntil', type: 'uint64' },
        { name: 'evidenceHash', type: 'bytes32' },
      ],
    },
    primaryType: 'Attestation',
    message: { ...of },
  };
}

/** Signed by a validator: how much capacity the asset has. */
export function figureMessage(of: FigureStatement, on: AttestationPlace): TypedData {
  return {
    domain: attestationDomain(on),
    types: {
      Figure: [
        { name: 'assetKey', type: 'bytes32' },
        { name: 'manifestRoot', type: 'bytes32' },
        { name: 'category', type: 'uint16' },
        { name: 'subject', type: 'bytes32' },
        { name: 'value', type: 'uint128' },
        { name: 'epoch', type: 'uint64' },
      ],
    },
    primaryType: 'Figure',
    message: { ...of },
  };
}

/** Signed by the machine's own key: the answer to a validator's nonce, with the work it committed to. */
export function challengeAnswerMessage(
  of: { manifestRoot: string; nonce: string; commitment: string },
  on: { chainId: number; registry: string },
): TypedData {
  return {
    domain: registryDomain(on),
    types: {
      ChallengeAnswer: [
        { name: 'manifestRoot', type: 'bytes32' },
        { name: 'nonce', type: 'bytes32' },
        { name: 'commitment', type: 'bytes32' },
      ],
    },
    primaryType: 'ChallengeAnswer',
    message: { ...of },
  };
}
