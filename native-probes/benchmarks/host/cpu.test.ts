import { createCipheriv, createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { BenchmarkContext } from '../contract.ts';
import { seededBytes } from '../seeded.ts';
import { cpuFp64, cpuFp64OneCore, cpuInteger, cpuIntegerOneCore, cpuPrimes, quadraticC, startLanes } from './cpu.ts';
import { startThreads } from './threads.ts';

const context: BenchmarkContext = {
  device: { locator: 'host', kind: 'host', name: 'this machine' },
  seed: `0x${'c5'.repeat(32)}`,
  profile: 'quick',
  folder: '/nowhere',
  threadEntry: new URL('../worker.ts', import.meta.url),
  signal: new AbortController().signal,
  progress: () => undefined,
};
const seed = Buffer.from(context.seed.slice(2), 'hex');

/** The xor of all blocks by OpenSSL's ChaCha20: counter from 0, nonce words (stream, 0, "GAIB"). */
function foldedKeystream(stream: number, blocks: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32LE(stream, 4);
  iv.writeUInt32LE(0x42494147, 12);
  const cipher = createCipheriv('chacha20', seededBytes(context.seed, 'cpu-integer/key'), iv);
  const chunk = Buffer.alloc(64 * 1024);
  const folded = new Uint32Array(16);
  for (let left = blocks; left > 0; left -= 1024) {
    const words = new Uint32Array(new Uint8Array(cipher.update(chunk.subarray(0, 64 * Math.min(left, 1024)))).buffer);
    for (let at = 0; at < words.length; at++) folded[at % 16]! ^= words[at]!;
  }
  return Buffer.from(folded.buffer);
}

it.each([
  ['all cores', cpuInteger],
  ['one core', cpuIntegerOneCore],
])('integer on %s: the digest is that of the ChaCha20 keystream that OpenSSL makes', async (_, benchmark) => {
  const answer = await benchmark(context);
  expect(answer).toMatchObject({ outcome: 'measured' });
  const streams = Number(answer.conditions.streams);
  const folded = Buffer.alloc(64);
  for (let stream = 0; stream < streams; stream++) {
    const other = foldedKeystream(stream, Number(answer.conditions.blocksPerStream));
    for (let at = 0; at < 64; at++) folded[at]! ^= other[at]!;
  }
  const digest = createHash('sha256').update(seed).update('cpu-integer/digest').update(folded).digest('hex');
  expect(answer.digest).toBe(`0x${digest}`);
  expect(answer.runs).toHaveLength(5);
});

it.each([
  ['all cores', cpuFp64],
  ['one core', cpuFp64OneCore],
])(
  'fp64 on %s: the digest is that of the same map in plain doubles, bit for bit',
  async (_, benchmark) => {
    const answer = await benchmark(context);
    expect(answer).toMatchObject({ outcome: 'measured' });
    const hash = createHash('sha256').update(seed).update('cpu-fp64/digest');
    const c = quadraticC(context.seed);
    const steps = Number(answer.conditions.steps);
    for (let stream = 0; stream < Number(answer.conditions.streams); stream++) {
      const lanes = startLanes(context.seed, stream);
      for (let lane = 0; lane < lanes.length; lane++) {
        let x = lanes[lane]!;
        for (let step = 0; step < steps; step++) x = x * x - c;
        expect(Math.abs(x)).toBeLessThanOrEqual(2);
        lanes[lane] = x;
      }
      hash.update(new Uint8Array(lanes.buffer));
    }
    expect(answer.digest).toBe(`0x${hash.digest('hex')}`);
  },
  60_000,
);

it('primes: each event finds the 1228 primes from 3 to below 10000', async () => {
  const answer = await cpuPrimes(context);
  expect(answer).toMatchObject({ outcome: 'measured' });
  expect(answer).not.toHaveProperty('digest');
  const threads = startThreads(1, context.threadEntry, context.signal);
  const { done } = await threads.run([{ kind: 'primes', events: 3, limit: 10_000 }]);
  await threads.end();
  expect(done[0]?.count).toBe(3 * 1228);
});

it('ends in the middle of a run when it is stopped, and leaves no thread behind', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('stopped')), 150);
  await expect(cpuInteger({ ...context, signal: controller.signal })).rejects.toThrow('stopped');
});
