/** A worker whose probes are the real CUDA probe over the stub libraries and over files that are no library. */
import { serve } from '../../../serve.ts';
import { cudaProbeOf } from '../probe.ts';
import { sceneNames, stubPath, stubProbeId } from './scenes.ts';

await serve(
  [
    ...sceneNames.map((scene) => ({ ...cudaProbeOf([stubPath(scene)]), id: stubProbeId(scene) })),
    { ...cudaProbeOf(['/no/such/libcuda.so.1']), id: 'stub-missing' },
    { ...cudaProbeOf([import.meta.filename]), id: 'stub-no-library' },
  ],
  process.argv.slice(2),
);
