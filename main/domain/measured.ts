/** What a run found and measured before anything was signed: what the manifest will say, as far as it is known yet. */
import type { Asset } from './asset.ts';
import type { Finding } from './fact.ts';
import type { BenchmarkFigure, Manifest } from './manifest.ts';

export interface Measured {
  assets: Asset[];
  findings: Finding[];
  probes: Manifest['measurement']['probes'];
  /** Name and identity of the machine as one asset. */
  asset: Pick<Manifest['asset'], 'key' | 'kind' | 'name' | 'identity'>;
  /** Empty until the benchmarks are done. */
  benchmarks: BenchmarkFigure[];
}
