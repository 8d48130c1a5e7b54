/** What each step leaves behind for the ones after it; stored in the journal as JSON. */
import type { Inventory } from '#core/inventory/assemble-inventory.ts';
import type { BenchmarkFigure, SignedManifest } from '#domain/manifest.ts';
import type { StepName } from '#domain/step.ts';
import type { Block, Capacity, Deed, Deployment, Listing, QuorumStatement, WaterfallLeg } from '#ports/chain.ts';

export interface Outcomes {
  discovery: Inventory;
  settlement: { deployment: Deployment };
  benchmark: { seedBlock: Pick<Block, 'number' | 'hash'>; figures: BenchmarkFigure[] };
  manifest: SignedManifest;
  attestation: { quorum: QuorumStatement; evidence: Record<string, Record<string, unknown>> };
  deed: Deed;
  capacity: Capacity;
  listing: Listing;
  advance: Listing;
  earnings: { epoch: number; paid: string; waterfall: WaterfallLeg[]; listing: Listing };
}

export type OutcomeOf<Name extends StepName> = Outcomes[Name];
