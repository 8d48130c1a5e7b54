/** The figures a step shows, as short texts with their units. */
import type { Gathered } from '#core/attestation/gather-quorum.ts';
import type { Inventory } from '#core/inventory/assemble-inventory.ts';
import { kindNames } from '#core/verification/verify-manifest.ts';
import { type BenchmarkFigure, type Manifest, manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import { deedNumber, formatAmount, formatFigure, formatMoment } from '#domain/number-format.ts';
import type { Figure } from '#domain/run.ts';
import type { Attested, Capacity, Deed, Listing } from '#ports/chain.ts';
import type { NetworkTerms, Prepared } from '#ports/network.ts';
import type { Outcomes } from './outcomes.ts';

const figure = (label: string, value: string | number): Figure => ({ label, value: String(value) });

export function discoveryFigures(inventory: Inventory, practice: Manifest['practice']): Figure[] {
  const { asset, gpus, components, probes, findings } = inventory;
  const answered = probes.filter(({ outcome }) => outcome === 'present').length;
  return [
    ...(practice === null ? [] : [figure('practice', `recording ${practice.recording}`)]),
    figure('asset', asset.name),
    figure('GPUs', gpus.length === 0 ? 'no GPU found' : gpus.map(({ name }) => name).join(', ')),
    figure('identity', `${asset.identity.scheme}, by ${asset.identity.source}`),
    figure(
      'facts',
      `${components.reduce((sum, { facts }) => sum + facts.length, 0)} from ${answered} of ${probes.length} probes`,
    ),
    ...(findings.length === 0 ? [] : [figure('to look at', `${findings.length} findings, in the manifest`)]),
  ];
}

export function settlementFigures(name: string, { deployment, deployed, restored }: Prepared): Figure[] {
  return [
    figure('network', `${name}, chain ${deployment.chainId}`),
    figure('contracts', deployed.length === 0 ? 'already there' : `deployed in ${deployed.length} transactions`),
    ...(restored === 0
      ? []
      : [figure('restored', `${restored} transactions the chain had lost, the same bytes again`)]),
  ];
}

export function benchmarkFigures(figures: BenchmarkFigure[]): Figure[] {
  return figures.map(({ id, median, spread, unit, runs, peak, sentence, outcome }) =>
    figure(
      id,
      median === undefined
        ? `${outcome}: ${sentence ?? ''}`
        : `${formatFigure(median, unit)} (${runs.length} runs, spread ${((spread ?? 0) * 100).toFixed(1)} %${peak ? `, ${(peak.fraction * 100).toFixed(0)} % of peak` : ''})`,
    ),
  );
}

export function manifestFigures(signed: SignedManifest): Figure[] {
  const { manifest } = signed;
  return [
    figure('root', manifestRoot(manifest)),
    figure('owner', manifest.owner),
    figure('machine', manifest.machine),
    figure('seed', `binds block ${manifest.measurement.seed.block}, asset and owner`),
  ];
}

export function attestationFigures({ statements, refusals }: Gathered, attested: Attested): Figure[] {
  return [
    figure('validators', `${statements.length} of ${statements.length + refusals.length} signed`),
    figure('kinds', kindNames(attested.kinds).join(', ')),
    figure('epoch', attested.epoch),
    figure('valid until', formatMoment(new Date(attested.validUntil * 1000).toISOString())),
  ];
}

export function deedFigures({ id, owner, state }: Deed): Figure[] {
  return [figure('deed', deedNumber(id)), figure('state', state), figure('held by', owner)];
}

export function capacityFigures(minted: Capacity, claimed: Manifest['capacity']): Figure[] {
  return [
    figure('minted', `${formatAmount(minted.minted, minted.decimals)} ${minted.symbol}`),
    figure('for', `${claimed.units} ${claimed.units === 1 ? 'unit' : 'units'} over ${minted.termHours} h`),
    figure('token', minted.token),
  ];
}

export function listingFigures(listed: Listing, terms: NetworkTerms): Figure[] {
  return [
    figure('pool', listed.pool),
    figure('deal', listed.deal),
    figure(
      'asked',
      `${formatAmount(terms.principal, 18)} AID at ${(terms.aprBps / 100).toFixed(2)} % a year for ${terms.termDays} days`,
    ),
    figure('terms', terms.source),
  ];
}

export function advanceFigures(funded: Listing): Figure[] {
  return [
    figure('advance', `${formatAmount(funded.advanced, 18)} AID`),
    figure('outstanding', `${formatAmount(funded.outstanding, 18)} AID`),
  ];
}

export function earningsFigures({ paid, waterfall, listing, epoch }: Outcomes['earnings']): Figure[] {
  return [
    figure('epoch', epoch),
    figure('paid in', `${formatAmount(paid, 18)} AID`),
    ...waterfall.map(({ name, amount }) => figure(`  to ${name}`, `${formatAmount(amount, 18)} AID`)),
    figure('claimed by owner', `${formatAmount(listing.ownerClaimed, 18)} AID`),
  ];
}
