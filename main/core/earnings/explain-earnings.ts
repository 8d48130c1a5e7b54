/**
 * "Why am I not earning?": walks from the hardware to the payout and stops at the first link that is broken, with its
 * mend. Each link says what was looked at, so that a whole chain is an answer too.
 */
import type { EarningLink, LinkName } from '#domain/portfolio.ts';
import type { Deed, Listing } from '#ports/chain.ts';

export interface EarningFacts {
  /** Names of what was found at the last look, or null where nobody looked yet. */
  hardware: string[] | null;
  /** Figures measured in the manifest; of a recorded machine none can be. */
  figuresMeasured: number;
  practice: boolean;
  manifestRoot: string | null;
  /** What is attested for that root; null where nothing is. Unix seconds. */
  attestedUntil: number | null;
  deed: Deed | null;
  listing: Listing | null;
  /** The epoch now, and the newest one that was paid; null where none was. */
  epoch: number;
  paidEpoch: number | null;
  /** Unix seconds. */
  now: number;
}

type Verdict = { found: string; mend?: string };

/** The six links in order; everything after the first broken one is unknown. */
export function explainEarnings(facts: EarningFacts): EarningLink[] {
  const links: [LinkName, Verdict][] = [
    ['hardware', hardware(facts)],
    ['benchmark', benchmark(facts)],
    ['manifest', manifest(facts)],
    ['deed', deed(facts)],
    ['pool', pool(facts)],
    ['payout', payout(facts)],
  ];
  const broken = links.findIndex(([, { mend }]) => mend !== undefined);
  return links.map(([name, verdict], index) =>
    broken >= 0 && index > broken
      ? { name, state: 'unknown', found: 'Not looked at: a link before it is broken.' }
      : { name, state: verdict.mend === undefined ? 'holds' : 'broken', ...verdict },
  );
}

function hardware({ hardware: found }: EarningFacts): Verdict {
  if (found === null)
    return { found: 'This machine was never looked at.', mend: 'Start a run: it begins with discovery.' };
  if (found.length === 0)
    return { found: 'Nothing was found.', mend: 'Run gaib-onboard discover and read what each probe says.' };
  const counted = [...new Set(found)].map((name) => {
    const count = found.filter((one) => one === name).length;
    return count === 1 ? name : `${count}× ${name}`;
  });
  return { found: counted.join(', ') };
}

function benchmark({ figuresMeasured, practice }: EarningFacts): Verdict {
  if (practice) return { found: 'Practice: a recorded machine cannot be measured.' };
  if (figuresMeasured === 0)
    return { found: 'Nothing was measured.', mend: 'Run the benchmarks: validators attest measured machines only.' };
  return { found: `${figuresMeasured} figures measured.` };
}

function manifest({ manifestRoot, attestedUntil, now }: EarningFacts): Verdict {
  if (manifestRoot === null) return { found: 'There is no signed manifest.', mend: 'Sign the manifest.' };
  if (attestedUntil === null)
    return { found: 'No quorum of validators attested it.', mend: 'Have it attested: go on with the run.' };
  if (attestedUntil <= now)
    return {
      found: `The attestation ran out on ${day(attestedUntil)}.`,
      mend: 'Have the machine attested again: start a new run.',
    };
  return { found: `Attested until ${day(attestedUntil)}.` };
}

function deed({ deed: held }: EarningFacts): Verdict {
  if (held === null) return { found: 'There is no deed for this asset.', mend: 'Mint the deed: go on with the run.' };
  if (held.state === 'frozen')
    return {
      found: 'The deed is frozen.',
      mend: 'A dispute or a lender froze it; read the reason on the Activity screen.',
    };
  if (held.state === 'pending')
    return { found: 'The deed waits for its attestation.', mend: 'Have the machine attested, then activate the deed.' };
  if (held.state === 'retired') return { found: 'The deed is retired.', mend: 'Register the asset again.' };
  return { found: `The deed is ${held.state}.` };
}

function pool({ listing }: EarningFacts): Verdict {
  if (listing === null) return { found: 'The deed is in no pool.', mend: 'List it into a pool.' };
  if (listing.state === 'offered')
    return {
      found: 'The pool has not paid the advance yet.',
      mend: 'Wait for the pool, or withdraw and list elsewhere.',
    };
  if (listing.state === 'withdrawn') return { found: 'The listing was withdrawn.', mend: 'List it again.' };
  if (listing.state === 'defaulted')
    return { found: 'The deal is in default and was enforced.', mend: 'Talk to the receiver that the deal names.' };
  if (listing.state === 'repaid') return { found: 'The deal is repaid and closed.', mend: 'List the deed again.' };
  return { found: 'Listed and funded.' };
}

function payout({ epoch, paidEpoch, listing }: EarningFacts): Verdict {
  if (paidEpoch === null)
    return { found: 'No epoch was paid yet.', mend: 'The customer pays at the end of an epoch; look again after it.' };
  if (epoch - paidEpoch > 1)
    return {
      found: `The last epoch paid is ${paidEpoch}; it is ${epoch} now.`,
      mend: 'Ask the servicer of the deal for the payment.',
    };
  const waiting = BigInt(listing?.ownerClaimable ?? 0);
  return {
    found:
      waiting > 0n ? `Paid up to epoch ${paidEpoch}; there is something to claim.` : `Paid up to epoch ${paidEpoch}.`,
  };
}

const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
