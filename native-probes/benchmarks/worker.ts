/** Entry of the benchmark worker: a process of its own, or, started by itself with the mark, one of its kernel threads. */
import { parentPort, workerData } from 'node:worker_threads';
import { kernelThreadMark } from './host/jobs.ts';
import { serveKernels } from './host/kernel-thread.ts';
import { serve } from './serve.ts';

if (parentPort !== null && workerData === kernelThreadMark) serveKernels(parentPort);
else serve({ threadEntry: new URL(import.meta.url) });
