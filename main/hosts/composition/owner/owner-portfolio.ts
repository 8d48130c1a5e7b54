/** What the owner of this home holds and earns: the chain's word, joined with what the runs of this home know of it. */
import { join } from 'node:path';
import { calculatorTerms, deskFees, sandboxDealTerms } from '#adapters/chain/deal-terms.ts';
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { connectRpc } from '#adapters/chain/rpc.ts';
import { keystoreAddress } from '#adapters/keys/keystore.ts';
import { explainEarnings } from '#core/earnings/explain-earnings.ts';
import { netEarnings, type PowerDraw } from '#core/earnings/net-earnings.ts';
import { planEarnings } from '#core/earnings/plan-earnings.ts';
import type { Outcomes } from '#core/onboarding/outcomes.ts';
import { fail } from '#domain/failures/failure.ts';
import type { Manifest } from '#domain/manifest.ts';
import type {
  AssetEarnings,
  EarningsPlan,
  HeldAsset,
  Performance,
  Pool,
  ValidatorStanding,
} from '#domain/portfolio.ts';
import type { Attested, Chain, Deed } from '#ports/chain.ts';
import type { Journal } from '#ports/journal.ts';
import type { Portfolio } from '#ports/portfolio.ts';
import type { ReadingChain } from '../chains/reading-chain.ts';
import { sandboxTerms } from '../chains/sandbox-network.ts';
import type { Home } from '../home.ts';

/** One that ran out keeps its date; a dispute or an annulment takes it away. */
const attestedUntil = (attested: Attested | undefined, now: number) =>
  attested === undefined || (attested.kinds === 0 && attested.validUntil > now) ? null : attested.validUntil;

export interface OwnerPortfolio {
  assets(): Promise<HeldAsset[]>;
  pools(): Promise<Pool[]>;
  validators(): Promise<ValidatorStanding[]>;
  earnings(asked: { deed: string; tariff: number | null; etherPrice: number | null }): Promise<AssetEarnings>;
  plan(asked: { pool: string; units: number; revenue?: string; factorBps: number }): Promise<EarningsPlan>;
}

interface KnownRun {
  id: string;
  practice: boolean;
  manifest?: Manifest;
  gasWei: bigint;
}

export function ownerPortfolio({
  home,
  chain,
  journal,
}: {
  home: Home;
  chain: ReadingChain;
  journal: () => Journal;
}): OwnerPortfolio {
  const owner = () => keystoreAddress(join(home.keys, 'owner.json'));

  /** Runs of this home by the deed they made. */
  async function runsByDeed(): Promise<Map<string, KnownRun>> {
    const found = new Map<string, KnownRun>();
    for (const run of await journal().runs()) {
      const deed = await journal().outcome<Outcomes['deed']>(run.id, 'deed');
      if (deed === undefined || found.has(deed.id)) continue;
      const signed = await journal().outcome<Outcomes['manifest']>(run.id, 'manifest');
      const gasWei = run.steps
        .flatMap(({ transactions }) => transactions)
        .reduce((sum, { fee }) => sum + BigInt(fee ?? 0), 0n);
      const manifest = signed === undefined ? {} : { manifest: signed.manifest };
      found.set(deed.id, { id: run.id, practice: run.practice, gasWei, ...manifest });
    }
    return found;
  }

  async function held(on: Chain, deed: Deed, known: KnownRun | undefined): Promise<HeldAsset> {
    const [listing, capacity, attested] = await Promise.all([
      on.listingOf(deed.id),
      on.capacityOf(deed.id),
      on.attested(deed.assetKey, deed.manifestRoot),
    ]);
    const { id, assetKey, manifestRoot, category, state, machine } = deed;
    return {
      deed: { id, assetKey, manifestRoot, category, state, machine },
      name: known?.manifest?.asset.name ?? `deed …${id.slice(-6)}`,
      kind: known?.manifest?.asset.kind ?? 'unknown',
      practice: known?.practice ?? false,
      run: known?.id ?? null,
      attestedUntil: attestedUntil(attested, Date.now() / 1000),
      capacity: capacity ?? null,
      listing: listing ?? null,
    };
  }

  return {
    async assets() {
      const account = owner();
      if (account === undefined) return [];
      const known = await runsByDeed();
      return await chain.read(async (on, portfolio) =>
        (await on.deployment()) === undefined
          ? []
          : await Promise.all((await portfolio.deedsOf(account)).map((deed) => held(on, deed, known.get(deed.id)))),
      );
    },

    pools: () => chain.read(async (on, portfolio) => ((await on.deployment()) ? await portfolio.pools() : [])),

    validators: () =>
      chain.read(async (on, portfolio) => ((await on.deployment()) ? await portfolio.validators() : [])),

    async earnings({ deed: id, tariff, etherPrice }) {
      const known = (await runsByDeed()).get(id);
      return await chain.read(async (on, portfolio) => {
        const deed = (await on.deed(id)) ?? fail('verify.no_deed', { subject: `deed ${id}` });
        const [listing, attested, epoch, first, second, head] = await Promise.all([
          on.listingOf(id),
          on.attested(deed.assetKey, deed.manifestRoot),
          on.epoch(),
          on.epoch(0),
          on.epoch(1),
          on.head(),
        ]);
        const payments = listing === undefined ? [] : await portfolio.payments(listing.deal);
        const claims = listing === undefined ? [] : await portfolio.claims(listing.deal, deed.owner);
        const earned = payments
          .flatMap(({ legs }) => legs)
          .reduce((sum, { name, amount }) => (name === 'owner' ? sum + BigInt(amount) : sum), 0n);
        const components = known?.manifest?.measurement.components;
        return {
          payments,
          claims,
          performance: await performanceOf(portfolio, deed.assetKey, payments),
          links: explainEarnings({
            hardware: components?.map(({ name }) => name) ?? null,
            figuresMeasured:
              known?.manifest?.measurement.benchmarks.filter(({ outcome }) => outcome === 'measured').length ?? 0,
            practice: known?.practice ?? false,
            manifestRoot: deed.manifestRoot,
            attestedUntil: attestedUntil(attested, head.timestamp),
            deed,
            listing: listing ?? null,
            epoch: epoch.number,
            paidEpoch: payments.at(-1)?.epoch ?? null,
            now: head.timestamp,
          }),
          net: netEarnings({
            earned,
            // An attestation is good for the same time in every epoch, so two ends are an epoch apart.
            hours: hoursPaid(payments, second.validUntil - first.validUntil),
            power: powerOf(components ?? []),
            tariff,
            gasWei: known?.gasWei ?? 0n,
            etherPrice,
          }),
        };
      });
    },

    async plan({ pool, units, revenue, factorBps }) {
      const offered = sandboxTerms(units);
      return await chain.read(async (on, _portfolio, endpoint) => {
        if ((await on.deployment()) === undefined) fail('chain.not_deployed', { subject: endpoint });
        const fees = await deskFees(connectRpc(endpoint), sandboxDeployment.dealDesk);
        const terms = calculatorTerms(sandboxDealTerms(offered, pool), fees.toObject());
        return planEarnings(terms, {
          pool,
          revenue: BigInt(revenue ?? offered.epochRevenue ?? 0),
          factorBps: BigInt(factorBps),
          source: offered.source,
        });
      });
    },
  };
}

async function performanceOf(
  portfolio: Portfolio,
  assetKey: string,
  payments: readonly { epoch: number }[],
): Promise<Performance[]> {
  const epochs = [...new Set(payments.map(({ epoch }) => epoch))];
  const read = await Promise.all(epochs.map((epoch) => portfolio.performance(assetKey, epoch)));
  return read.filter((reading) => reading !== undefined);
}

const hoursPaid = (payments: readonly { epoch: number }[], epochSeconds: number) =>
  (new Set(payments.map(({ epoch }) => epoch)).size * epochSeconds) / 3_600;

/** Watts of all components that report any: from the draw, else from nothing, up to the limit. */
function powerOf(components: Manifest['measurement']['components']): PowerDraw | null {
  const ranges = components.flatMap(({ facts }) => {
    const watts = (name: string) => facts.find((fact) => fact.name === name && fact.unit === 'W')?.value;
    const [drawn, limit] = [watts('power-draw'), watts('power-limit')].map(Number);
    if (Number.isNaN(drawn) && Number.isNaN(limit)) return [];
    return [{ low: drawn || 0, high: limit || drawn || 0 }];
  });
  if (ranges.length === 0) return null;
  const sum = (end: keyof PowerDraw) => ranges.reduce((total, range) => total + range[end], 0);
  return { low: sum('low'), high: sum('high') };
}
