/** Wire shape of what a run found and measured. */
import { z } from 'zod';
import { asset } from '#domain/asset.ts';
import { finding } from '#domain/fact.ts';
import { benchmarkFigure, manifest, probeRecord } from '#domain/manifest.ts';

export const measuredShape = z.object({
  assets: z.array(asset),
  findings: z.array(finding),
  probes: z.array(probeRecord),
  asset: manifest.shape.asset.pick({ key: true, kind: true, name: true, identity: true }),
  benchmarks: z.array(benchmarkFigure),
});
