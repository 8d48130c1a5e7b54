/** Every check of a manifest fails by itself, on a manifest of test keys and a chain that answers what the test says. */
import { describe, expect, test } from 'vitest';
import { signerOfKey } from '#adapters/keys/keystore.ts';
import { recoverSigner } from '#adapters/keys/recover-signer.ts';
import { sealManifest } from '#core/manifest/seal-manifest.ts';
import { contentRoot } from '#domain/canonical.ts';
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { assetKey } from '#domain/identity.ts';
import { manifestFile, manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import { attestationKinds, manifestMessage } from '#domain/typed-data.ts';
import type { Attested, Capacity, Chain, Deed } from '#ports/chain.ts';
import { failureOfVerification, verifyDeed, verifyManifest } from './verify-manifest.ts';

const owner = signerOfKey(`0x${'11'.repeat(32)}`);
const machine = signerOfKey(`0x${'22'.repeat(32)}`);
const stranger = signerOfKey(`0x${'33'.repeat(32)}`);
const clock = { now: () => new Date('2026-01-15T09:30:00.000Z') };
const seconds = clock.now().getTime() / 1_000;
const identity = { scheme: 'system-serial', value: 'S1', source: 'dmi', trust: 'firmware' } as const;
const deployment = { chainId: 31_337, registry: `0x${'aa'.repeat(20)}` };
const seedBlock = { number: 7, hash: contentRoot('seed block') };

const seal = () =>
  sealManifest(
    {
      inventory: {
        asset: { key: assetKey('host', identity, false), kind: 'host', name: 'A machine', identity },
        components: [{ kind: 'host', locator: 'host', name: 'A machine', facts: [] }],
        gpus: [],
        findings: [],
        probes: [],
      },
      benchmarks: [],
      seedBlock,
      deployment,
      practice: null,
      software: { name: 'test', version: '0' },
    } as unknown as Parameters<typeof sealManifest>[0],
    { owner, machine },
    clock,
  );
const sealed = await seal();
const signedByStranger = await stranger.signTypedData(manifestMessage(sealed.manifest));
const root = manifestRoot(sealed.manifest);

const deed: Deed = {
  id: '9',
  owner: owner.address,
  assetKey: sealed.manifest.asset.key,
  manifestRoot: root,
  category: sealed.manifest.asset.category,
  machine: machine.address,
  state: 'active',
};
const attested: Attested = { kinds: attestationKinds.custody, validUntil: seconds + 60, epoch: 0 };
const capacity: Capacity = {
  token: `0x${'bb'.repeat(20)}`,
  symbol: 'host-hour',
  minted: String(720n * 10n ** 18n),
  decimals: 18,
  attestedUnits: 1,
  termHours: 720,
};

/** A chain on which everything holds, but for what is said otherwise. */
const chain = (other: Partial<Record<keyof Chain, unknown>> = {}): Chain => {
  const answers = {
    endpoint: 'test',
    chainId: 31_337,
    deployment,
    block: seedBlock,
    head: { number: 9, hash: '', timestamp: seconds },
    deed,
    deedOf: deed,
    attested,
    capacityOf: capacity,
    ...other,
  };
  return new Proxy({} as Chain, {
    get: (_, name: keyof typeof answers) => (name === 'endpoint' ? answers.endpoint : async () => answers[name]),
  });
};

async function codeOf(text: string, on = chain()): Promise<FailureCode | undefined> {
  const verification = await verifyManifest(text, 'm.json', { chain: on, recover: recoverSigner, clock });
  expect(verification.holds).toBe(failureOfVerification(verification) === undefined);
  return failureOfVerification(verification)?.code;
}

/** The manifest with something changed after it was signed, in canonical form. */
function changed(change: (copy: SignedManifest) => void): string {
  const copy = structuredClone(sealed);
  change(copy);
  return manifestFile(copy);
}

describe('a manifest', () => {
  test('as it was signed, on the chain where it was registered, holds', async () => {
    expect(await codeOf(manifestFile(sealed))).toBeUndefined();
  });

  test.each<[string, FailureCode, string]>([
    ['has a space more', 'verify.not_canonical', manifestFile(sealed).replace('{', '{ ')],
    ['has lost its last newline', 'verify.not_canonical', manifestFile(sealed).trimEnd()],
    [
      'names another identity',
      'verify.asset_key',
      changed(({ manifest }) => {
        manifest.asset.identity = { ...identity, value: 'S2' };
      }),
    ],
    [
      'carries the seed of another block',
      'verify.seed',
      changed(({ manifest }) => {
        manifest.measurement.seed.blockHash = contentRoot('another block');
      }),
    ],
    [
      'shows another measurement',
      'verify.measurement_signature',
      changed(({ manifest }) => {
        manifest.measurement.measuredAt = '2026-01-15T09:30:01.000Z';
      }),
    ],
    [
      'claims more capacity',
      'verify.machine_signature',
      changed(({ manifest }) => {
        manifest.capacity.units = 2;
      }),
    ],
    [
      'is signed for the owner by another key',
      'verify.owner_signature',
      manifestFile({
        ...sealed,
        signatures: { ...sealed.signatures, owner: signedByStranger },
      }),
    ],
    [
      'carries a signature that recovers to no key',
      'verify.owner_signature',
      changed(({ signatures }) => {
        signatures.owner = `0x${'ff'.repeat(65)}`;
      }),
    ],
  ])('that %s fails with %s', async (_, code, text) => {
    expect(await codeOf(text)).toBe(code);
  });

  test('with any one byte changed does not hold', async () => {
    const file = Buffer.from(manifestFile(sealed));
    for (let at = 0; at < file.length; at += 7) {
      const copy = Buffer.from(file);
      copy[at] = (copy[at] ?? 0) ^ 1;
      const holds = await codeOf(copy.toString('utf8')).then(
        (code) => code === undefined,
        () => false,
      );
      expect([at, holds]).toEqual([at, false]);
    }
  });
});

describe('the chain', () => {
  test.each<[string, FailureCode, Parameters<typeof chain>[0]]>([
    ['has no contracts', 'verify.no_deed', { deployment: undefined }],
    ['has another registry', 'verify.no_deed', { deployment: { ...deployment, registry: `0x${'ab'.repeat(20)}` } }],
    ['has no deed for the asset', 'verify.no_deed', { deedOf: undefined }],
    ['lacks the block of the seed', 'verify.block_unknown', { block: undefined }],
    ['has another block in the place of the seed’s', 'verify.block_unknown', { block: { number: 7, hash: root } }],
    ['holds a deed of another manifest', 'verify.other_manifest', { deedOf: { ...deed, manifestRoot: deed.assetKey } }],
    ['says that another holds the deed', 'verify.other_owner', { deedOf: { ...deed, owner: stranger.address } }],
    ['names another machine', 'verify.other_owner', { deedOf: { ...deed, machine: stranger.address } }],
    ['knows no attestation', 'verify.unattested', { attested: undefined }],
    ['holds an attestation in dispute', 'verify.unattested', { attested: { ...attested, kinds: 0 } }],
    ['holds one that ran out', 'verify.attestation_expired', { attested: { ...attested, validUntil: seconds - 1 } }],
    ['is past the end of the attestation', 'verify.attestation_expired', { head: { timestamp: seconds + 61 } }],
    [
      'has more capacity than was attested',
      'verify.capacity',
      { capacityOf: { ...capacity, minted: `${capacity.minted}0` } },
    ],
  ])('that %s fails the manifest with %s', async (_, code, other) => {
    expect(await codeOf(manifestFile(sealed), chain(other))).toBe(code);
  });

  test('with another number is not asked further', async () => {
    await expect(codeOf(manifestFile(sealed), chain({ chainId: 1 }))).rejects.toMatchObject({
      failure: { code: 'chain.wrong_id', expected: expect.stringContaining('31337') },
    });
  });
});

test.each<[string, FailureCode]>([
  ['', 'manifest.unreadable'],
  ['{', 'manifest.unreadable'],
  ['null', 'manifest.invalid'],
  ['[]', 'manifest.invalid'],
  ['{"manifest":{}}', 'manifest.invalid'],
])('a file with %j in it is %s', async (text, code) => {
  await expect(codeOf(text)).rejects.toMatchObject({ failure: { code } });
});

test('a deed is checked without its manifest', async () => {
  const ask = (other: Parameters<typeof chain>[0] = {}) =>
    verifyDeed('9', { chain: chain(other), recover: recoverSigner, clock }).then(failureOfVerification);
  expect(await ask()).toBeUndefined();
  expect((await ask({ deed: undefined }))?.code).toBe('verify.no_deed');
  expect((await ask({ attested: undefined }))?.code).toBe('verify.unattested');
});
