/** One scan as a document: what was found, by whom it is said, what could not be read, and who was contacted for it. */
import { z } from 'zod';
import { asset } from './asset.ts';
import { finding } from './fact.ts';
import { component, probeRecord } from './manifest.ts';

export const discovery = z.strictObject({
  type: z.literal('gaib.discovery'),
  version: z.literal(1),
  at: z.iso.datetime().describe('When the scan ended, UTC'),
  practice: z
    .strictObject({ recording: z.string().max(300), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable()
    .describe('Set when a recorded machine was replayed: nothing in it stands for hardware'),
  software: z.strictObject({ name: z.string().max(60), version: z.string().max(40) }),
  rules: z.strictObject({ version: z.number().int(), date: z.string() }).describe('Witness rules it was judged by'),
  assets: z.array(asset).max(20_000),
  parts: z.array(component).max(20_000).describe('What was found and is no asset: network cards, switches'),
  findings: z.array(finding).max(2000),
  probes: z.array(probeRecord).max(20_000),
  contacted: z.array(z.string().max(300)).max(100_000).describe('Every address that was contacted, in order'),
});
export type Discovery = z.infer<typeof discovery>;

/** What changed between two scans; followed by `gaib-onboard discover --watch`. */
export const change = z.strictObject({
  kind: z.enum(['appeared', 'vanished', 'state', 'fact', 'source-gained', 'source-lost', 'reason', 'mended']),
  asset: z.string().max(40).describe('Short name in the newer scan, or in the older one where it has vanished'),
  name: z.string().max(200),
  sentence: z.string().max(4200),
});
export type Change = z.infer<typeof change>;

export const discoveryChanges = z.strictObject({
  type: z.literal('gaib.discovery-changes'),
  version: z.literal(1),
  at: z.iso.datetime(),
  changes: z.array(change).max(100_000),
});
