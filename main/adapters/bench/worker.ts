/** Entry of the benchmark worker as the product runs it: the benchmarks, and the work proof on the same machine. */
import { parentPort, workerData } from 'node:worker_threads';
import { kernelThreadMark } from '#probes/benchmarks/host/jobs.ts';
import { serveKernels } from '#probes/benchmarks/host/kernel-thread.ts';
import { serve } from '#probes/benchmarks/serve.ts';
import { workProver } from './work-prover.ts';

if (parentPort !== null && workerData === kernelThreadMark) serveKernels(parentPort);
else serve({ threadEntry: new URL(import.meta.url), extensions: workProver() });
