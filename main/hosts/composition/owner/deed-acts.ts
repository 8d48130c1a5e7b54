/**
 * Acts on a deed that is on chain already: claim, withdraw the listing, list again. Planned first, which signs nothing
 * and shows what would be signed; done only where what would be signed is still what the owner agreed to.
 */
import type { Outcomes } from '#core/onboarding/outcomes.ts';
import type { ApprovalRequest } from '#domain/approval.ts';
import { canonicalJson } from '#domain/canonical.ts';
import { fail } from '#domain/failures/failure.ts';
import type { DeedAct } from '#domain/portfolio.ts';
import type { TransactionRecord } from '#domain/run.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Errand } from '#ports/chain.ts';
import type { Journal } from '#ports/journal.ts';
import type { Network } from '#ports/network.ts';

/** Opens the network for one act, under the home's lock, and closes it after. */
export type WithNetwork = <T>(
  approvals: Approvals,
  work: (network: Network, journal: Journal, owner: string) => Promise<T>,
) => Promise<T>;

export interface ActOnDeed {
  act: DeedAct;
  deed: string;
}

/** What would be signed. @throws FailureError where the contract would refuse it */
export async function planAct(asked: ActOnDeed, withNetwork: WithNetwork): Promise<ApprovalRequest> {
  let planned: ApprovalRequest | undefined;
  const approvals: Approvals = {
    async ask(request) {
      planned = request;
      throw new OnlyPlanned();
    },
  };
  try {
    await withNetwork(approvals, (network, journal, owner) => act(asked, network, journal, owner));
  } catch (error) {
    if (!(error instanceof OnlyPlanned)) throw error;
  }
  return planned ?? fail('internal.unexpected', { found: `${asked.act} asked for no signature` });
}

/** Signs and sends, if it is what was agreed to. @throws FailureError `approval.refused` where it is not any more */
export async function performAct(
  asked: ActOnDeed,
  agreed: ApprovalRequest,
  withNetwork: WithNetwork,
): Promise<TransactionRecord[]> {
  const approvals: Approvals = {
    async ask(request) {
      if (meaning(request) === meaning(agreed) && most(request) <= most(agreed)) return;
      fail('approval.refused', {
        subject: request.intent.toLowerCase(),
        expected: 'what was shown and agreed to',
        found: 'something else, as the chain has moved on',
        mend: 'Look at it again and agree again; nothing was signed.',
      });
    },
  };
  return await withNetwork(approvals, (network, journal, owner) => act(asked, network, journal, owner));
}

class OnlyPlanned extends Error {}

/** Everything that is signed but its cost, which moves with every block and may only stay below what was shown. */
const meaning = ({ cost: _, ...signed }: ApprovalRequest) => canonicalJson(signed);
const most = ({ cost }: ApprovalRequest) => BigInt(cost?.most ?? 0);

async function act(
  { act: name, deed }: ActOnDeed,
  network: Network,
  journal: Journal,
  owner: string,
): Promise<TransactionRecord[]> {
  await network.prepare(owner);
  const { chain } = network;
  const listing = await chain.listingOf(deed);
  const run = await runOf(journal, deed);
  // Named after what it follows, so that the same act asked for twice is one transaction.
  const errand = (purpose: string): Errand => ({ run: run.id, step: 'earnings', purpose });
  const missing = () => fail('terms.unknown', { subject: `listing of deed ${deed}` });
  switch (name) {
    case 'claim': {
      const { deal, paidIn, ownerClaimed } = listing ?? missing();
      return [await chain.claim(errand(`claim of ${deal} after ${ownerClaimed} of ${paidIn}`), listing ?? missing())];
    }
    case 'withdraw-listing': {
      const { deal } = listing ?? missing();
      return [await chain.withdrawListing(errand(`withdrawal of ${deal}`), listing ?? missing())];
    }
    case 'list-again': {
      const terms = network.terms(run.units);
      return await chain.list(errand(`listing after ${listing?.deal ?? 'none'} at ${(await chain.head()).number}`), {
        deed,
        terms,
      });
    }
  }
}

async function runOf(journal: Journal, deed: string): Promise<{ id: string; units: number }> {
  for (const { id } of await journal.runs()) {
    if ((await journal.outcome<Outcomes['deed']>(id, 'deed'))?.id !== deed) continue;
    const signed = await journal.outcome<Outcomes['manifest']>(id, 'manifest');
    return { id, units: signed?.manifest.capacity.units ?? 1 };
  }
  return fail('run.unknown', { subject: `that made deed ${deed}` });
}
