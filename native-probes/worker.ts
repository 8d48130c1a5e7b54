/** Entry of the probe worker: a process of its own, so that a driver that hangs or crashes takes only this. */
import { probes } from './registry.ts';
import { serve } from './serve.ts';

await serve(probes, process.argv.slice(2));
