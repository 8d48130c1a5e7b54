/** A worker whose probes are the real NVML probe over the stub libraries and over files that are no library. */
import { serve } from '../../../serve.ts';
import { nvmlProbeOf } from '../probe.ts';
import { scenes, stubPath, stubProbeId } from './scenes.ts';

await serve(
  [
    ...scenes.map((scene) => ({ ...nvmlProbeOf([stubPath(scene)]), id: stubProbeId(scene) })),
    { ...nvmlProbeOf(['/no/such/libnvidia-ml.so.1']), id: 'stub-missing' },
    { ...nvmlProbeOf([import.meta.filename]), id: 'stub-no-library' },
  ],
  process.argv.slice(2),
);
