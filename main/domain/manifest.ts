/**
 * The asset manifest: what was found, what was measured, on which seed, for which owner and chain. Its file is one line
 * of canonical JSON (RFC 8785) and a newline, so that any changed byte shows. The specification is
 * docs/specs/manifest.md; the JSON Schema made from this file is docs/specs/manifest.schema.json.
 */
import { z } from 'zod';
import { canonicalJson, contentRoot, type Hex } from './canonical.ts';
import { fact, finding } from './fact.ts';
import { identity } from './identity.ts';

export const hash32 = z.string().regex(/^0x[0-9a-f]{64}$/, '0x and 64 lower-case hexadecimal digits');
export const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, '0x and 40 hexadecimal digits');
const signature = z.string().regex(/^0x[0-9a-f]{130}$/, '0x and 130 lower-case hexadecimal digits');
const instant = z.iso.datetime();

export const component = z.strictObject({
  kind: z.enum(['host', 'gpu', 'accelerator', 'robot', 'power', 'network']),
  locator: z.string().max(100).describe('Where it sits in this machine; joins facts, identifies nothing'),
  name: z.string().max(200),
  key: hash32.optional().describe('Key of the component where it has an identity of its own'),
  identity: identity.optional(),
  facts: z.array(fact).max(2000),
});

export const benchmarkFigure = z.strictObject({
  id: z.string().max(60),
  subject: z.string().max(100),
  what: z.string().max(300),
  unit: z.string().max(40),
  outcome: z.enum(['measured', 'skipped', 'failed']),
  sentence: z.string().max(1000).optional(),
  runs: z.array(z.number()).max(1000),
  median: z.number().optional(),
  spread: z.number().optional().describe('Interquartile range over the median'),
  conditions: z.record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean()])),
  peak: z
    .strictObject({ value: z.number(), unit: z.string().max(40), fraction: z.number(), source: z.string().max(200) })
    .optional(),
  digest: hash32.optional().describe('Hash of the seeded result'),
});
export type BenchmarkFigure = z.infer<typeof benchmarkFigure>;

export const probeRecord = z.strictObject({
  probe: z.string().max(100),
  outcome: z.enum(['present', 'absent', 'denied', 'failed', 'timeout', 'crashed', 'nonsense']),
  elapsedMs: z.number(),
  sentence: z.string().max(2000).optional(),
});

export const measurement = z.strictObject({
  seed: z.strictObject({ block: z.number().int(), blockHash: hash32, value: hash32 }),
  measuredAt: instant,
  components: z.array(component).min(1).max(1000),
  findings: z.array(finding).max(2000),
  probes: z.array(probeRecord).max(200),
  benchmarks: z.array(benchmarkFigure).max(500),
});
export type Measurement = z.infer<typeof measurement>;

export const manifest = z.strictObject({
  type: z.literal('gaib.asset-manifest'),
  version: z.literal(1),
  practice: z
    .strictObject({ recording: z.string().max(300), sha256: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable()
    .describe('Set when a recorded machine was replayed: such a manifest stands for no hardware'),
  network: z.strictObject({ chainId: z.number().int().positive(), registry: address }),
  asset: z.strictObject({
    key: hash32,
    kind: z.enum(['host', 'gpu', 'robot', 'power']),
    category: z.number().int().min(1).max(65535),
    name: z.string().max(200),
    identity,
  }),
  owner: address,
  machine: address,
  capacity: z.strictObject({
    class: z.string().min(1).max(100),
    units: z.number().int().positive(),
    unit: z.string().max(40),
  }),
  measurement,
  measurementSignature: signature.describe("EIP-712 Measurement, signed by the machine's own key"),
  createdAt: instant,
  software: z.strictObject({ name: z.string().max(60), version: z.string().max(40) }),
});
export type Manifest = z.infer<typeof manifest>;

export const signedManifest = z.strictObject({
  manifest,
  signatures: z.strictObject({
    owner: signature.describe('EIP-712 AssetManifest, signed by the owner'),
    machine: signature.describe("EIP-712 AssetManifest, signed by the machine's own key"),
  }),
});
export type SignedManifest = z.infer<typeof signedManifest>;

/** The root under which the manifest stands on chain. */
export function manifestRoot(of: Manifest): Hex {
  return contentRoot(of);
}

/** Characters of a manifest file at most; a machine with eight GPUs takes some 65,000. */
export const manifestLimit = 1_000_000;

/** The exact bytes of the manifest file. */
export function manifestFile(of: SignedManifest): string {
  return `${canonicalJson(of)}\n`;
}
