/** Where the deed is listed, and what the owner can do about it; what would be signed is shown first. */
import type { HeldAsset } from '#domain/portfolio.ts';
import { Hash } from '../../components/hash.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Facts } from '../../components/layout/facts.tsx';
import { DeedActs } from '../../components/run/deed-acts.tsx';
import { formatDollars } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';

export function ListingCard({ asset }: { asset: HeldAsset }) {
  const of = useTexts().list;
  const { listing } = asset;
  const canWithdraw = listing?.state === 'offered';
  const canList = listing === null || listing.state === 'withdrawn' || listing.state === 'repaid';
  return (
    <Card title={of.own}>
      {listing ? (
        <Facts
          rows={[
            [of.state, of.states[listing.state as keyof typeof of.states] ?? listing.state],
            [of.deal, <Hash key="deal" value={listing.deal} what={of.deal} />],
            [of.principal, formatDollars(listing.principal)],
            [of.advance, formatDollars(listing.advanced)],
            [of.outstanding, formatDollars(listing.outstanding)],
          ]}
        />
      ) : (
        <p>{of.notListed}</p>
      )}
      <DeedActs
        deed={asset.deed.id}
        acts={[...(canWithdraw ? (['withdraw-listing'] as const) : []), ...(canList ? (['list-again'] as const) : [])]}
      />
    </Card>
  );
}
