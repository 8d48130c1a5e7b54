/** Kernel threads: as many as asked for, all starting a run at the same moment. */
import { Worker } from 'node:worker_threads';
import { type Done, type Job, kernelThreadMark, type Order } from './jobs.ts';

export interface Threads {
  count: number;
  /** One job for each thread. */
  run(jobs: readonly Job[]): Promise<{ done: Done[]; seconds: number }>;
  end(): Promise<void>;
}

/** Starts `count` threads with the entry of this process; when `signal` aborts, they end at once and runs reject. */
export function startThreads(count: number, entry: URL, signal: AbortSignal): Threads {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const workers = Array.from({ length: count }, () => new Worker(entry, { workerData: kernelThreadMark }));
  for (const worker of workers) worker.setMaxListeners(20);
  const end = async () => {
    Atomics.store(stop, 0, 1);
    signal.removeEventListener('abort', abort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  const abort = () => void end();
  signal.addEventListener('abort', abort, { once: true });
  const run = async (jobs: readonly Job[]) => {
    signal.throwIfAborted();
    const gate = new Int32Array(new SharedArrayBuffer(8));
    const used = workers.slice(0, jobs.length);
    const done = await Promise.all(
      used.map((worker, index) => ask(worker, { job: jobs[index] as Job, gate, threads: used.length, stop }, signal)),
    );
    return { done, seconds: elapsed(done) };
  };
  return { count, run, end };
}

function ask(worker: Worker, order: Order, signal: AbortSignal): Promise<Done> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      worker.off('message', answered);
      worker.off('error', failed);
      worker.off('exit', ended);
      finish();
    };
    const answered = (done: Done) => settle(() => resolve(done));
    const failed = (error: unknown) => settle(() => reject(error));
    const ended = () => settle(() => reject(signal.aborted ? signal.reason : new Error('a kernel thread ended')));
    worker.on('message', answered);
    worker.on('error', failed);
    worker.on('exit', ended);
    worker.postMessage(order);
  });
}

/** From the first start to the last end. */
function elapsed(done: readonly Done[]): number {
  const origin = done[0]?.startNs ?? 0n;
  const start = Math.min(...done.map(({ startNs }) => Number(startNs - origin)));
  const end = Math.max(...done.map(({ endNs }) => Number(endNs - origin)));
  return (end - start) / 1e9;
}
