/** What a manifest proves by itself: canonical bytes, a key that follows from its identity, a bound seed, three signatures. */
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { assetKey } from '#domain/identity.ts';
import { manifestFile, type SignedManifest } from '#domain/manifest.ts';
import { benchmarkSeed } from '#domain/seed.ts';
import { manifestMessage, measurementMessage } from '#domain/typed-data.ts';
import type { Check } from '#domain/verification.ts';
import type { RecoverSigner } from '#ports/keys.ts';
import { compare, same } from './check.ts';

/** Checks of a manifest by its own bytes, no chain needed. */
export function manifestChecks(text: string, name: string, signed: SignedManifest, recover: RecoverSigner): Check[] {
  const { manifest, signatures } = signed;
  const canonical = manifestFile(signed);
  const { seed } = manifest.measurement;
  const expectedSeed = benchmarkSeed({
    blockHash: seed.blockHash,
    assetKey: manifest.asset.key,
    owner: manifest.owner,
  });
  const expectedKey = assetKey(manifest.asset.kind, manifest.asset.identity, manifest.practice !== null);
  const message = manifestMessage(manifest);
  return [
    compare('canonical', 'The file is the canonical form (RFC 8785)', 'verify.not_canonical', text === canonical, {
      subject: name,
      expected: `${canonical.length} bytes of canonical JSON`,
      found: firstDifference(canonical, text),
    }),
    compare(
      'asset-key',
      "The asset key follows from the asset's identity",
      'verify.asset_key',
      expectedKey === manifest.asset.key,
      {
        expected: expectedKey,
        found: manifest.asset.key,
      },
    ),
    compare('seed', 'The benchmark seed binds block, asset and owner', 'verify.seed', expectedSeed === seed.value, {
      expected: expectedSeed,
      found: seed.value,
    }),
    signer(
      'measurement-signature',
      'The machine signed what was measured',
      'verify.measurement_signature',
      recover(measurementMessage(manifest), manifest.measurementSignature),
      manifest.machine,
    ),
    signer(
      'machine-signature',
      'The machine signed the manifest',
      'verify.machine_signature',
      recover(message, signatures.machine),
      manifest.machine,
    ),
    signer(
      'owner-signature',
      'The owner signed the manifest',
      'verify.owner_signature',
      recover(message, signatures.owner),
      manifest.owner,
    ),
  ];
}

function signer(id: string, what: string, code: FailureCode, recovered: string | undefined, expected: string): Check {
  const holds = recovered !== undefined && same(recovered, expected);
  return compare(id, what, code, holds, { expected, found: recovered ?? 'a signature that recovers to no key' });
}

function firstDifference(expected: string, found: string): string {
  if (expected === found) return 'canonical';
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at++;
  return `a difference at character ${at + 1}`;
}
