/**
 * An asset as discovery knows it: what the sources say of one thing, what follows from it, and what stands against it.
 * `docs/specs/discovery.schema.json` is made from this file.
 */
import { z } from 'zod';
import { fact, finding, trust } from './fact.ts';
import { identity } from './identity.ts';

const hash32 = z.string().regex(/^0x[0-9a-f]{64}$/);

export const assetKind = z.enum(['host', 'gpu', 'accelerator', 'robot', 'power']);
export type AssetKind = z.infer<typeof assetKind>;

export const assetState = z.enum(['ready', 'needs-attention', 'cannot-be-onboarded']);
export type AssetState = z.infer<typeof assetState>;

/** Why an asset is not simply ready, and what a person does about it. */
export const reason = z.strictObject({
  code: z.string().max(60),
  weight: z.enum(['attention', 'refuse']).describe('refuse: it cannot be onboarded as it is'),
  sentence: z.string().max(2000),
  mend: z.string().max(1000).optional(),
});
export type Reason = z.infer<typeof reason>;

/** What one rule about witnesses came to. What nobody can tell is `unverified`, never a contradiction. */
export const check = z.strictObject({
  rule: z.string().max(100).describe('Name of the rule in the witness rules'),
  verdict: z.enum(['agrees', 'contradicts', 'unverified']),
  weight: z.enum(['note', 'attention', 'refuse']).describe('What a contradiction means for the asset'),
  sentence: z.string().max(2000),
});
export type WitnessCheck = z.infer<typeof check>;

/** A fact of which the sources say different things; each stays. */
export const disagreement = z.strictObject({
  name: z.string().max(100),
  said: z
    .array(
      z.strictObject({
        value: z.union([z.string().max(4096), z.number(), z.boolean()]),
        unit: z.string().max(40).optional(),
        source: z.string().max(100),
        trust,
      }),
    )
    .min(2),
});
export type Disagreement = z.infer<typeof disagreement>;

/** A way in which a device is shared or split. It is a state of the device, never an asset of its own. */
export const partition = z.strictObject({
  kind: z.enum(['mig', 'vgpu-guest', 'vgpu-host', 'sr-iov', 'compute-partition', 'passed-through']),
  instances: z.number().int().min(0).optional(),
  sentence: z.string().max(1000),
});
export type Partition = z.infer<typeof partition>;

export const asset = z.strictObject({
  id: z.string().max(40).describe('Short name within this scan, for --explain: host, gpu0, power1'),
  kind: assetKind,
  name: z.string().max(200),
  locator: z.string().max(200).describe('Where it was found; joins the sources of one scan, identifies nothing'),
  parent: z.string().max(40).optional().describe('Id of the asset it sits in'),
  state: assetState,
  reasons: z.array(reason).max(200),
  verification: z
    .enum(['corroborated', 'unverified', 'contradicted'])
    .describe(
      'corroborated: independent witnesses agree; unverified: nobody can tell; contradicted: witnesses disagree',
    ),
  checks: z.array(check).max(500),
  identity: identity.optional(),
  otherNames: z.array(identity).max(500).describe('Weaker names of the same thing'),
  key: hash32.optional().describe('Asset key, where the identity is strong enough to have one'),
  tokenizable: z.boolean().describe('Whether a network with money on it would take it, as far as discovery can tell'),
  partition: partition.optional(),
  sources: z.array(z.string().max(100)).max(200),
  facts: z.array(fact).max(5000),
  disagreements: z.array(disagreement).max(500),
  problems: z.array(finding).max(2000).describe('Values that are missing or cannot be believed, each with its reason'),
});
export type Asset = z.infer<typeof asset>;
