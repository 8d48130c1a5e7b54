/** The receipt: composed from the journal, and every claim in it read back from the chain first. */
import { kindNames } from '#core/verification/verify-manifest.ts';
import { fail } from '#domain/failures/failure.ts';
import { manifestRoot } from '#domain/manifest.ts';
import type { Receipt } from '#domain/receipt.ts';
import type { OnboardingContext } from './context.ts';
import type { Outcomes } from './outcomes.ts';

/**
 * @throws FailureError `chain.diverged` where the chain no longer holds what the run recorded,
 *   `verify.attestation_expired` for a receipt asked for again after the attestation ran out
 */
export async function composeReceipt(context: OnboardingContext, runId: string, outcomes: Outcomes): Promise<Receipt> {
  const { network, journal } = context;
  const { chain } = network;
  const { manifest } = outcomes.manifest;
  const root = manifestRoot(manifest);
  const run = (await journal.run(runId)) ?? fail('internal.unexpected', { found: 'the run is not in the journal' });
  const [deed, attested, capacity, listing, deployment] = await Promise.all([
    chain.deedOf(manifest.asset.key),
    chain.attested(manifest.asset.key, root),
    chain.capacityOf(outcomes.deed.id),
    chain.listingOf(outcomes.deed.id),
    chain.deployment(),
  ]);
  if (deed?.manifestRoot !== root || !capacity || !listing || !deployment) {
    return fail('chain.diverged', {
      subject: `deed ${outcomes.deed.id}`,
      expected: `deed, capacity and listing of manifest ${root}`,
      found: deed ? `manifest ${deed.manifestRoot}` : 'no deed',
    });
  }
  if (attested === undefined || attested.kinds === 0)
    return fail('verify.attestation_expired', { found: `no statement on manifest ${root} that is valid now` });
  const own = run.steps.flatMap(({ transactions }) => transactions);
  const sum = (key: 'gasUsed' | 'fee') =>
    own.reduce((total, transaction) => total + BigInt(transaction[key] ?? 0), 0n).toString();
  return {
    type: 'gaib.onboarding-receipt',
    version: 1,
    practice: manifest.practice !== null,
    network: { name: network.name, chainId: deployment.chainId, genesis: await chain.genesis() },
    asset: {
      key: manifest.asset.key,
      kind: manifest.asset.kind,
      name: manifest.asset.name,
      identityScheme: manifest.asset.identity.scheme,
    },
    owner: manifest.owner,
    machine: manifest.machine,
    manifestRoot: root,
    deed: { id: deed.id, state: deed.state, contract: deployment.registry },
    capacity: { token: capacity.token, symbol: capacity.symbol, minted: capacity.minted, unit: manifest.capacity.unit },
    attestation: {
      validators: outcomes.attestation.quorum.signed.map(({ signer }) => signer),
      epoch: attested.epoch,
      validUntil: new Date(attested.validUntil * 1000).toISOString(),
      kinds: kindNames(attested.kinds),
    },
    listing: {
      pool: listing.pool,
      deal: listing.deal,
      state: listing.state,
      principal: listing.principal,
      advanced: listing.advanced,
    },
    earnings: {
      epoch: outcomes.earnings.epoch,
      paid: outcomes.earnings.paid,
      waterfall: outcomes.earnings.waterfall,
      ownerClaimed: listing.ownerClaimed,
    },
    gas: { used: sum('gasUsed'), fee: sum('fee') },
    run,
  };
}
