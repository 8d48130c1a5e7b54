/** The inside of a kernel thread: waits for an order, runs the kernel, says when it began and ended. */
import { readSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { wasm as chachaWasm } from '../../kernels/host/chacha.wasm.ts';
import { wasm as primesWasm } from '../../kernels/host/primes.wasm.ts';
import { wasm as quadraticWasm } from '../../kernels/host/quadratic.wasm.ts';
import { wasm as triadWasm } from '../../kernels/host/triad.wasm.ts';
import type { Done, Job, Order, ReadOrder } from './jobs.ts';

const pageBytes = 65_536;

interface Kernel<Exports> {
  memory: WebAssembly.Memory;
  exports: Exports;
}

function load<Exports>(base64: string, pages: number): Kernel<Exports> {
  const memory = new WebAssembly.Memory({ initial: pages });
  const module = new WebAssembly.Module(Buffer.from(base64, 'base64'));
  const instance = new WebAssembly.Instance(module, { host: { memory } });
  return { memory, exports: instance.exports as Exports };
}

interface Triad extends Kernel<TriadExports> {
  bytes: number;
}

interface TriadExports {
  fill(at: number, bytes: number, value: number): void;
  triad(a: number, b: number, c: number, bytes: number, q: number): void;
  differing(at: number, bytes: number, value: number): number;
}

/** Answers orders on `port` until it is closed. */
export function serveKernels(port: MessagePort): void {
  let chacha: Kernel<{ run(stream: number, first: number, groups: number): void }> | undefined;
  let quadratic: Kernel<{ run(steps: number): void }> | undefined;
  let primes: Kernel<{ run(events: number, limit: bigint): bigint }> | undefined;
  let triad: Triad | undefined;
  let buffer: Uint8Array<ArrayBuffer> | undefined;

  /** Everything that need not be timed happens before the gate; what is given back is timed. */
  function prepare(job: Job, stop: Int32Array): () => Omit<Done, 'startNs' | 'endNs'> {
    switch (job.kind) {
      case 'chacha': {
        chacha ??= load(chachaWasm, 1);
        const { memory, exports } = chacha;
        new Uint8Array(memory.buffer, 0, 32).set(job.key);
        new Uint8Array(memory.buffer, 64, 256).fill(0);
        return () => {
          exports.run(job.stream, job.first, job.groups);
          return { words: foldLanes(new Uint32Array(memory.buffer, 64, 64)) };
        };
      }
      case 'quadratic': {
        quadratic ??= load(quadraticWasm, 1);
        const { memory, exports } = quadratic;
        new Float64Array(memory.buffer, 0, job.lanes.length).set(job.lanes);
        new Float64Array(memory.buffer, 192, 2).fill(job.c);
        return () => {
          exports.run(job.steps);
          return { lanes: new Float64Array(memory.buffer, 0, job.lanes.length).slice() };
        };
      }
      case 'primes': {
        primes ??= load(primesWasm, 1);
        const { exports } = primes;
        return () => ({ count: Number(exports.run(job.events, BigInt(job.limit))) });
      }
      case 'triad-fill': {
        const made: Triad = {
          ...load<TriadExports>(triadWasm, Math.ceil((3 * job.bytes) / pageBytes)),
          bytes: job.bytes,
        };
        triad = made;
        return () => {
          made.exports.fill(0, made.bytes, 0);
          made.exports.fill(made.bytes, made.bytes, job.b);
          made.exports.fill(2 * made.bytes, made.bytes, job.c);
          return {};
        };
      }
      case 'triad': {
        const { exports, bytes } = filled(triad);
        return () => {
          for (let pass = 0; pass < job.passes && stop[0] === 0; pass++)
            exports.triad(0, bytes, 2 * bytes, bytes, job.q);
          return {};
        };
      }
      case 'triad-check': {
        const { exports, bytes } = filled(triad);
        return () => ({ count: exports.differing(0, bytes, job.expected) });
      }
      case 'read': {
        if (buffer === undefined || buffer.length < job.blockBytes) buffer = alignedBytes(job.blockBytes);
        const block = buffer.subarray(0, job.blockBytes);
        return () => ({ count: readFor(job, block, stop) });
      }
    }
  }

  port.on('message', ({ job, gate, threads, stop }: Order) => {
    const run = prepare(job, stop);
    passGate(gate, threads);
    const startNs = process.hrtime.bigint();
    const answer = run();
    const endNs = process.hrtime.bigint();
    port.postMessage({ startNs, endNs, ...answer } satisfies Done);
  });
}

function filled(triad: Triad | undefined): Triad {
  if (triad === undefined) throw new Error('the arrays of the triad were not filled');
  return triad;
}

/** WebAssembly memory begins on a page, which reads past the page cache ask for. */
export function alignedBytes(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new WebAssembly.Memory({ initial: Math.ceil(length / pageBytes) }).buffer, 0, length);
}

/** The last thread to arrive opens the gate for all. */
function passGate(gate: Int32Array<SharedArrayBuffer>, threads: number): void {
  if (Atomics.add(gate, 0, 1) + 1 === threads) {
    Atomics.store(gate, 1, 1);
    Atomics.notify(gate, 1);
    return;
  }
  while (Atomics.load(gate, 1) === 0) Atomics.wait(gate, 1, 0, 100);
}

/** Sixteen vectors of four lanes to sixteen words. */
function foldLanes(lanes: Uint32Array): Uint32Array {
  return Uint32Array.from({ length: 16 }, (_, word) =>
    lanes.subarray(4 * word, 4 * word + 4).reduce((folded, lane) => folded ^ lane, 0),
  );
}

function readFor(job: Extract<Job, { kind: 'read' }>, block: Uint8Array, stop: Int32Array): number {
  const { fd, fileBytes, blockBytes, runMs } = job;
  const blocks = Math.floor(fileBytes / blockBytes);
  const next = positions(job.order, blocks);
  const until = performance.now() + runMs;
  let bytes = 0;
  while (performance.now() < until && Atomics.load(stop, 0) === 0) {
    bytes += readSync(fd, block, 0, blockBytes, next() * blockBytes);
  }
  return bytes;
}

function positions(order: ReadOrder, blocks: number): () => number {
  if (order.kind === 'sequential') {
    let at = order.first - order.stride;
    return () => {
      at = (at + order.stride) % blocks;
      return at < 0 ? at + blocks : at;
    };
  }
  let state = order.state >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % blocks;
  };
}
