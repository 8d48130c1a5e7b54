import { type Failure, fail } from '#domain/failures/failure.ts';
import { type Manifest, manifestRoot, type SignedManifest, signedManifest } from '#domain/manifest.ts';
import { deedNumber, formatAmount, formatMoment } from '#domain/number-format.ts';
import { attestationKinds } from '#domain/typed-data.ts';
import type { Check, Verification } from '#domain/verification.ts';
import type { Chain, Deed } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { RecoverSigner } from '#ports/keys.ts';
import { broken, compare, held, same } from './check.ts';
import { manifestChecks } from './manifest-checks.ts';

export interface VerificationContext {
  chain: Chain;
  recover: RecoverSigner;
  clock: Clock;
}

/**
 * Reads a manifest file's text.
 * @throws FailureError `manifest.unreadable` (no JSON) or `manifest.invalid` (not the schema).
 */
export function readManifest(text: string, name: string): SignedManifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    fail('manifest.unreadable', {
      subject: name,
      expected: 'JSON',
      found: error instanceof Error ? error.message : '',
      cause: error,
    });
  }
  const checked = signedManifest.safeParse(parsed);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  return fail('manifest.invalid', {
    subject: name,
    found: issue ? `${issue.path.join('.') || 'the file'}: ${issue.message}` : 'no detail',
  });
}

/** Every check of a manifest file. Throws only for a file that is no manifest and for a chain that does not answer. */
export async function verifyManifest(text: string, name: string, context: VerificationContext): Promise<Verification> {
  const signed = readManifest(text, name);
  const { manifest } = signed;
  const checks = [...manifestChecks(text, name, signed, context.recover), ...(await chainChecks(manifest, context))];
  return conclude(manifest.asset.name, manifest.practice !== null, checks);
}

/** Checks of a deed alone, without its manifest: what the chain says of it. */
export async function verifyDeed(id: string, context: VerificationContext): Promise<Verification> {
  const { chain } = context;
  const deed = await chain.deed(id);
  if (deed === undefined) {
    return conclude(`deed ${id}`, false, [
      broken('deed', 'The chain has the deed', 'verify.no_deed', { subject: `deed ${id}` }),
    ]);
  }
  const checks: Check[] = [
    held('deed', 'The chain has the deed', `deed of asset ${deed.assetKey}, ${deed.state}, held by ${deed.owner}`),
    await attestationCheck(deed.assetKey, deed.manifestRoot, context),
    await capacityCheck(deed, context),
  ];
  return conclude(`deed ${id}`, false, checks);
}

async function chainChecks(manifest: Manifest, context: VerificationContext): Promise<Check[]> {
  const { chain } = context;
  const chainId = await chain.chainId();
  if (chainId !== manifest.network.chainId) {
    fail('chain.wrong_id', {
      subject: chain.endpoint,
      expected: `chain ${manifest.network.chainId}, which the manifest names`,
      found: `chain ${chainId}`,
    });
  }
  const deployment = await chain.deployment();
  if (deployment === undefined) {
    return [
      broken('deed', 'The chain has a deed for the asset', 'verify.no_deed', {
        subject: manifest.asset.key,
        expected: `the registry ${manifest.network.registry} of the manifest`,
        found: 'no contracts on this chain',
      }),
    ];
  }
  const checks = [
    compare(
      'registry',
      'The manifest names the registry of this chain',
      'verify.no_deed',
      same(deployment.registry, manifest.network.registry),
      {
        subject: manifest.asset.key,
        expected: `the registry ${manifest.network.registry} of the manifest`,
        found: deployment.registry,
      },
    ),
  ];
  const deed = await chain.deedOf(manifest.asset.key);
  if (deed === undefined) {
    checks.push(
      broken('deed', 'The chain has a deed for the asset', 'verify.no_deed', { subject: manifest.asset.key }),
    );
    checks.push(await seedBlockCheck(manifest, context));
    checks.push(await attestationCheck(manifest.asset.key, manifestRoot(manifest), context));
    return checks;
  }
  const root = manifestRoot(manifest);
  checks.push(
    held(
      'deed',
      'The chain has a deed for the asset',
      `deed ${deedNumber(deed.id)}, ${deed.state}, held by ${deed.owner}`,
    ),
  );
  checks.push(
    compare('manifest-root', 'The deed stands for this manifest', 'verify.other_manifest', deed.manifestRoot === root, {
      expected: root,
      found: deed.manifestRoot,
    }),
  );
  checks.push(
    compare(
      'holder',
      'The deed is held by the owner and names the machine of the manifest',
      'verify.other_owner',
      same(deed.owner, manifest.owner) && same(deed.machine, manifest.machine),
      {
        expected: `owner ${manifest.owner}, machine ${manifest.machine}`,
        found: `owner ${deed.owner}, machine ${deed.machine}`,
      },
    ),
  );
  checks.push(await seedBlockCheck(manifest, context));
  checks.push(await attestationCheck(manifest.asset.key, root, context));
  checks.push(await capacityCheck(deed, context));
  return checks;
}

async function seedBlockCheck(manifest: Manifest, { chain }: VerificationContext): Promise<Check> {
  const { seed } = manifest.measurement;
  const block = await chain.block(seed.block);
  return compare(
    'seed-block',
    'The block the seed binds is part of this chain',
    'verify.block_unknown',
    block?.hash === seed.blockHash,
    {
      expected: `block ${seed.block} with hash ${seed.blockHash}`,
      found: block?.hash ?? 'no such block',
    },
  );
}

async function attestationCheck(key: string, root: string, { chain, clock }: VerificationContext): Promise<Check> {
  const what = 'A quorum of validators attested the manifest';
  const attested = await chain.attested(key, root);
  if (attested === undefined)
    return broken('attestation', what, 'verify.unattested', {
      expected: 'a quorum of 2/3 of the stake',
      found: 'no attestation of this manifest root',
    });
  const until = formatMoment(new Date(attested.validUntil * 1000).toISOString());
  // The chain's time may be ahead of this machine's.
  const now = Math.max(clock.now().getTime() / 1000, (await chain.head()).timestamp);
  if (attested.validUntil < now)
    return broken('attestation', what, 'verify.attestation_expired', { found: `valid until ${until}` });
  if (attested.kinds === 0)
    return broken('attestation', what, 'verify.unattested', {
      expected: 'an attestation in force',
      found: 'one that is in dispute or was annulled',
    });
  return held(
    'attestation',
    what,
    `${kindNames(attested.kinds).join(', ')}; epoch ${attested.epoch}; valid until ${until}`,
  );
}

async function capacityCheck(deed: Deed, { chain }: VerificationContext): Promise<Check> {
  const what = 'No more capacity circulates than was attested';
  const capacity = await chain.capacityOf(deed.id);
  if (capacity === undefined) return held('capacity', what, 'none minted against this deed');
  const limit = BigInt(capacity.attestedUnits) * BigInt(capacity.termHours) * 10n ** BigInt(capacity.decimals);
  const shown = (amount: bigint) => `${formatAmount(amount.toString(), capacity.decimals)} ${capacity.symbol}`;
  return compare('capacity', what, 'verify.capacity', BigInt(capacity.minted) <= limit, {
    expected: `at most ${shown(limit)}`,
    found: shown(BigInt(capacity.minted)),
  });
}

export function kindNames(mask: number): string[] {
  return Object.entries(attestationKinds)
    .filter(([, bit]) => (mask & bit) !== 0)
    .map(([name]) => name);
}

function conclude(subject: string, practice: boolean, checks: Check[]): Verification {
  return { subject, practice, holds: checks.every(({ outcome }) => outcome === 'holds'), checks };
}

/** The failure a verification ends in: the first check that failed. */
export function failureOfVerification({ checks }: Verification): Failure | undefined {
  return checks.find(({ outcome }) => outcome === 'fails')?.failure;
}
