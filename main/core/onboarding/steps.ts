/**
 * The steps of a run. Each is `step(context, before, tell) -> outcome`: it reads what the steps before it left, acts
 * through the ports, reads back what it did, and returns that. None prints, none knows who watches.
 */
import { gatherQuorum } from '#core/attestation/gather-quorum.ts';
import { assembleInventory } from '#core/inventory/assemble-inventory.ts';
import { sealManifest } from '#core/manifest/seal-manifest.ts';
import { fail } from '#domain/failures/failure.ts';
import { isHardwareIdentity } from '#domain/identity.ts';
import { type Manifest, manifestRoot } from '#domain/manifest.ts';
import type { Figure } from '#domain/run.ts';
import { benchmarkSeed } from '#domain/seed.ts';
import type { StepName } from '#domain/step.ts';
import { attestationKinds } from '#domain/typed-data.ts';
import type { Deed, Errand, Listing } from '#ports/chain.ts';
import type { OnboardingContext } from './context.ts';
import {
  advanceFigures,
  attestationFigures,
  benchmarkFigures,
  capacityFigures,
  deedFigures,
  discoveryFigures,
  earningsFigures,
  listingFigures,
  manifestFigures,
  settlementFigures,
} from './figures.ts';
import type { Outcomes } from './outcomes.ts';

export interface StepTools {
  run: string;
  signal: AbortSignal;
  /** Outcome of a step before. */
  before<Name extends StepName>(name: Name): Outcomes[Name];
  progress(sentence: string, fraction?: number): void;
  warn(sentence: string): void;
}

export interface StepResult<T> {
  outcome: T;
  figures: Figure[];
}

type Step<Name extends StepName> = (
  context: OnboardingContext,
  tools: StepTools,
) => Promise<StepResult<Outcomes[Name]>>;

const discovery: Step<'discovery'> = async ({ machine, keys, network }, { signal, progress, warn }) => {
  if (machine.practice !== null && !network.practiceAllowed) fail('practice.refused', { subject: network.name });
  // The owner's key is opened meanwhile, so that a wrong passphrase ends the run before anything is measured.
  const wrongKey = new AbortController();
  const opened = Promise.all([keys.machine(), keys.owner()]).catch((error: unknown) => wrongKey.abort(error));
  const readings = await machine.discover({
    signal: AbortSignal.any([signal, wrongKey.signal]),
    onReading: ({ probe, outcome, sentence, elapsedMs }) => {
      if (wrongKey.signal.aborted) return;
      progress(`${probe}: ${outcome} in ${Math.round(elapsedMs)} ms`);
      if (outcome === 'timeout' || outcome === 'crashed' || outcome === 'failed' || outcome === 'nonsense')
        warn(`${probe}: ${sentence ?? outcome}`);
    },
  });
  await opened;
  wrongKey.signal.throwIfAborted();
  const inventory = assembleInventory(readings, {
    machineAddress: (await keys.machine()).address,
    practice: machine.practice !== null,
    reference: await machine.reference(),
  });
  if (inventory.components.length === 0)
    fail('asset.empty', { found: readings.map(({ probe, outcome }) => `${probe}: ${outcome}`).join(', ') });
  if (!network.installationIdentityAllowed && !isHardwareIdentity(inventory.asset.identity)) {
    fail('asset.identity_weak', {
      subject: inventory.asset.name,
      expected: 'a serial, UUID or certificate of the hardware',
      found: inventory.asset.identity.scheme,
    });
  }
  return { outcome: inventory, figures: discoveryFigures(inventory, machine.practice) };
};

const settlement: Step<'settlement'> = async ({ network, keys }, { progress }) => {
  progress(`Reaching ${network.name}`);
  const prepared = await network.prepare((await keys.owner()).address);
  return { outcome: { deployment: prepared.deployment }, figures: settlementFigures(network.name, prepared) };
};

const benchmark: Step<'benchmark'> = async ({ machine, network, keys }, { before, signal, progress }) => {
  const inventory = before('discovery');
  refuseTaken(await network.chain.deedOf(inventory.asset.key));
  const { number, hash } = await network.chain.head();
  const owner = (await keys.owner()).address;
  const seed = benchmarkSeed({ blockHash: hash, assetKey: inventory.asset.key, owner });
  const figures = await machine.benchmark({
    seed,
    signal,
    // A GPU that cannot be onboarded is not measured: the driver may hang on it.
    devices: inventory.components
      .filter(({ kind, locator }) =>
        kind === 'host' ? locator === 'host' : inventory.gpus.some((gpu) => gpu.locator === locator),
      )
      .map(({ locator, kind, name, facts }) => {
        const text = (fact: string) => facts.find((one) => one.name === fact)?.value;
        const pciId = text('pci-device-id');
        const memory = text('memory-total');
        return {
          locator,
          kind,
          name,
          ...(typeof pciId === 'string' ? { pciId } : {}),
          ...(typeof memory === 'number' ? { memoryBytes: memory } : {}),
        };
      }),
    onProgress: ({ id, subject, fraction, secondsLeft }) =>
      progress(`${id} on ${subject}${secondsLeft === undefined ? '' : `, about ${secondsLeft} s left`}`, fraction),
  });
  return { outcome: { seedBlock: { number, hash }, figures }, figures: benchmarkFigures(figures) };
};

const manifest: Step<'manifest'> = async ({ keys, clock, software, machine }, { before }) => {
  const { seedBlock, figures } = before('benchmark');
  const [owner, own] = await Promise.all([keys.owner(), keys.machine()]);
  const signed = await sealManifest(
    {
      inventory: before('discovery'),
      benchmarks: figures,
      seedBlock,
      deployment: before('settlement').deployment,
      practice: machine.practice,
      software,
    },
    { owner, machine: own },
    clock,
  );
  return { outcome: signed, figures: manifestFigures(signed) };
};

const attestation: Step<'attestation'> = async ({ network }, { run, before, signal, progress, warn }) => {
  const signed = before('manifest');
  progress('Validators read the manifest and challenge the machine');
  const gathered = await gatherQuorum(signed, await network.validators.all(), {
    signal,
    onStatement: (validator, outcome) =>
      'code' in outcome
        ? warn(`${validator}: ${outcome.what} ${outcome.found ?? ''}`.trim())
        : progress(`${validator} signed`),
  });
  await network.chain.submitAttestation(errand(run, 'attestation', 'attestation'), gathered.quorum);
  const { asset } = signed.manifest;
  const root = manifestRoot(signed.manifest);
  const attested = await network.chain.attested(asset.key, root);
  const { custody, workload, location } = attestationKinds;
  if (attested === undefined || (attested.kinds & (custody | workload | location)) === 0) {
    fail('attestation.no_quorum', {
      subject: asset.name,
      expected: 'the quorum to be read back from the chain',
      found: 'nothing attested',
    });
  }
  const evidence = Object.fromEntries(gathered.statements.map((given) => [given.signer, given.evidence]));
  return { outcome: { quorum: gathered.quorum, evidence }, figures: attestationFigures(gathered, attested) };
};

/** A deed of another manifest: its asset cannot be registered again, and is not measured again for nothing. */
function refuseTaken(there: Deed | undefined): void {
  if (there === undefined) return;
  fail('asset.taken', {
    subject: `deed ${there.id}`,
    expected: 'no deed for this asset key',
    found: `a deed held by ${there.owner}, manifest ${there.manifestRoot}`,
  });
}

const deed: Step<'deed'> = async ({ network }, { run, before }) => {
  const { manifest: sealed, signatures } = before('manifest');
  const root = manifestRoot(sealed);
  const { chain } = network;
  const there = await chain.deedOf(sealed.asset.key);
  if (there?.manifestRoot !== root) refuseTaken(there);
  await chain.mintDeed(errand(run, 'deed', 'deed'), {
    assetKey: sealed.asset.key,
    manifestRoot: root,
    category: sealed.asset.category,
    owner: sealed.owner,
    machine: sealed.machine,
    ownerSignature: signatures.owner,
    machineSignature: signatures.machine,
  });
  const minted = await chain.deedOf(sealed.asset.key);
  if (minted?.manifestRoot !== root)
    fail('verify.no_deed', {
      subject: sealed.asset.key,
      expected: `a deed for ${root}`,
      found: minted?.manifestRoot ?? 'none',
    });
  return { outcome: minted, figures: deedFigures(minted) };
};

const capacity: Step<'capacity'> = async ({ network }, { run, before, warn }) => {
  const { manifest: sealed } = before('manifest');
  const { capacity: claimed } = sealed;
  const { id } = before('deed');
  const asked = network.terms(claimed.units).capacityTermHours;
  const termHours = Math.min(asked, await attestedHours(network, sealed));
  if (termHours < asked) warn(`Capacity is minted for ${termHours} h, not ${asked} h: no longer is it attested.`);
  await network.chain.issueCapacity(errand(run, 'capacity', 'capacity'), {
    deed: id,
    className: claimed.class,
    units: claimed.units,
    termHours,
  });
  const minted = await network.chain.capacityOf(id);
  if (minted === undefined || BigInt(minted.minted) === 0n)
    fail('verify.capacity', { expected: 'capacity minted against the deed', found: 'none' });
  return { outcome: minted, figures: capacityFigures(minted, claimed) };
};

/** Whole hours that the attestation still holds. A run that stood still for days has lost them. */
async function attestedHours({ chain }: OnboardingContext['network'], of: Manifest): Promise<number> {
  const attested = await chain.attested(of.asset.key, manifestRoot(of));
  const { timestamp } = await chain.head();
  const hours = Math.floor(((attested?.validUntil ?? 0) - timestamp) / 3_600);
  return hours >= 1 ? hours : fail('verify.attestation_expired', { found: 'less than an hour is left' });
}

const listing: Step<'listing'> = async ({ network }, { run, before }) => {
  const { id } = before('deed');
  await network.chain.list(errand(run, 'listing', 'listing'), {
    deed: id,
    terms: network.terms(before('manifest').manifest.capacity.units),
  });
  const listed = await listingOf(network, id);
  return {
    outcome: listed,
    figures: listingFigures(listed, network.terms(before('manifest').manifest.capacity.units)),
  };
};

const advance: Step<'advance'> = async ({ network }, { run, before }) => {
  await network.chain.takeAdvance(errand(run, 'advance', 'advance'), before('listing'));
  const funded = await listingOf(network, before('deed').id);
  if (BigInt(funded.advanced) === 0n)
    fail('chain.reverted', { subject: 'advance', expected: 'an advance on the deal', found: 'none' });
  return { outcome: funded, figures: advanceFigures(funded) };
};

const earnings: Step<'earnings'> = async ({ network }, { run, before }) => {
  const revenue = network.terms(before('manifest').manifest.capacity.units).epochRevenue;
  if (revenue === null) fail('terms.unknown', { subject: 'customer that pays an epoch by itself' });
  const funded = before('advance');
  const { legs } = await network.chain.payEpoch(errand(run, 'earnings', 'epoch payment'), funded, revenue);
  await network.chain.claim(errand(run, 'earnings', 'claim'), funded);
  const paid = await listingOf(network, before('deed').id);
  const { number } = await network.chain.epoch();
  const outcome = { epoch: number, paid: revenue, waterfall: legs, listing: paid };
  return { outcome, figures: earningsFigures(outcome) };
};

async function listingOf({ chain }: OnboardingContext['network'], deedId: string): Promise<Listing> {
  const found = await chain.listingOf(deedId);
  return found ?? fail('terms.unknown', { subject: `listing of deed ${deedId}` });
}

const errand = (run: string, step: StepName, purpose: string): Errand => ({ run, step, purpose });

export const steps: { readonly [Name in StepName]: Step<Name> } = {
  discovery,
  settlement,
  benchmark,
  manifest,
  attestation,
  deed,
  capacity,
  listing,
  advance,
  earnings,
};
