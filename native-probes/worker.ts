/**
 * Entry of the probe worker: a process of its own, so that a driver that hangs or crashes takes only this. With
 * `--targets` it reads devices on the network instead, which come on its standard input.
 */
import { networkProbes } from './network/registry.ts';
import { serveTargets } from './network/serve-targets.ts';
import { probes } from './registry.ts';
import { serve } from './serve.ts';

const words = process.argv.slice(2);
if (words.includes('--targets')) serveTargets(networkProbes);
else await serve(probes, words);
