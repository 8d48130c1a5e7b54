import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf, coversMemory, leastMissing, workFor } from './band.ts';
import { exactBytes, hexOf } from './bytes.ts';
import { chacha8, keyOf, startBlock } from './chacha.ts';
import { lineMaker, lineWords, operationsPerLine, walker } from './memory.ts';
import { linesOf, matrixA, matrixB } from './operands.ts';
import {
  escapeProbability,
  faultOfSizes,
  offlineWork,
  sandboxWork,
  tilesPerRound,
  vectorBits,
  type WorkParameters,
} from './parameters.ts';
import { freivalds, multiply } from './product.ts';
import { cpuProver, sealOffline } from './prove.ts';
import { deviceSeed, fillSeed, roundSeed, walkSeed, workSeed } from './seeds.ts';
import { commitmentHash, drawOpenings, offlineNonce, productSeedOf, type WorkCommitment } from './transcript.ts';
import { freshNonce, verify, verifyOffline } from './verify.ts';

const small: WorkParameters = {
  memory: { lines: 48, iterations: 2, segments: 32, steps: 8, openings: 3 },
  product: { rounds: 2, rows: 16, columns: 16, depth: 64, tile: 8, openings: 3 },
};
const parts = {
  blockHash: `0x${'11'.repeat(32)}`,
  assetKey: `0x${'22'.repeat(32)}`,
  owner: `0x${'33'.repeat(20)}`,
  nonce: `0x${'44'.repeat(32)}`,
};
const seed = deviceSeed(workSeed(parts), 0, 'host');
const fixed = (digit: string) => `0x${digit.repeat(64)}` as const;
const nonces = { walk: fixed('5'), product: fixed('6'), open: fixed('7') };

async function proofOf(sizes: WorkParameters, of: string, drawn = nonces) {
  const prover = cpuProver(sizes, of);
  await prover.fill();
  await prover.walk(drawn.walk);
  const commitment = await prover.multiply(drawn.product);
  return { commitment, opening: await prover.open({ nonce: drawn.open }) };
}

describe('the generator', () => {
  it('is ChaCha8: the first block for an all-zero key and nonce is the published one', () => {
    const state = new Int32Array(16);
    startBlock(state, keyOf(new Uint8Array(32)), 0, 0, 0, 0);
    chacha8(state, 1);
    // Test vector TC1, 256-bit key, 8 rounds, of draft-strombergson-chacha-test-vectors-01.
    expect(hexOf(new Uint8Array(state.buffer))).toBe(
      '0x3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e' +
        '984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42',
    );
  });

  it('makes operands block by block; in lines of B the words of each 16 bytes stand in reverse', () => {
    const bytes = exactBytes('seed', seed, 32);
    const lines = linesOf(bytes, matrixB, 0x01020304, 2, 128);
    const state = new Int32Array(16);
    for (const [at, line, block] of [
      [0, 0x01020304, 0],
      [64, 0x01020304, 1],
      [128, 0x01020305, 0],
    ] as const) {
      startBlock(state, keyOf(bytes), block, line, 1, 0x62696167);
      chacha8(state, 1);
      const rows = [0, 4, 8, 12].flatMap((row) => [...state.subarray(row, row + 4)].reverse());
      expect([...new Int32Array(lines.buffer, at, 16)]).toEqual(rows);
    }
    startBlock(state, keyOf(bytes), 1, 9, 0, 0x62696167);
    chacha8(state, 1);
    expect([...new Int32Array(linesOf(bytes, matrixA, 9, 1, 128).buffer, 64)]).toEqual([...state]);
  });
});

describe('the memory', () => {
  const make = lineMaker(fillSeed(exactBytes('seed', seed, 32)), 3);
  const lines = Array.from({ length: 40 }, (_, index) => {
    const line = new Int32Array(lineWords);
    make(index, line, 0);
    return line;
  });
  const walkOver = (over: Int32Array[], seen: number[] = []) =>
    walker(walkSeed(exactBytes('seed', seed, 32), new Uint8Array(32)), over.length, 64, (index, into) => {
      seen.push(index);
      into.set(over[index]!);
    });

  it('has lines whose halves are blocks iterated as often as asked', () => {
    const state = new Int32Array(16);
    startBlock(state, keyOf(fillSeed(exactBytes('seed', seed, 32))), 7, 1, 0, 0x6c6c6966);
    for (let iteration = 0; iteration < 3; iteration++) chacha8(state, 1);
    expect([...lines[7]!.subarray(16)]).toEqual([...state]);
    expect(operationsPerLine(82)).toBe(65_600);
  });

  it('is walked all over, each step depending on the one before', () => {
    const seen: number[] = [];
    const walk = walkOver(lines, seen);
    for (let segment = 0; segment < 16; segment++) walk(segment);
    expect(new Set(seen).size).toBe(40);
    const counts = seen.reduce((all, index) => all.with(index, all[index]! + 1), new Array<number>(40).fill(0));
    // 1024 reads of 40 lines: 25.6 each, standard deviation 5.
    expect(Math.max(...counts)).toBeLessThan(56);
    expect(Math.min(...counts)).toBeGreaterThan(3);
  });

  it('shows in the end of a walk in every bit of every line read', () => {
    const seen: number[] = [];
    const end = walkOver(lines, seen)(5);
    fc.assert(
      fc.property(fc.nat(63), fc.nat(lineWords - 1), fc.nat(31), (step, word, bit) => {
        const other = lines.map((line) => Int32Array.from(line));
        other[seen[step]!]![word]! ^= 1 << bit;
        expect(walkOver(other)(5)).not.toEqual(end);
      }),
    );
  });
});

describe('the product', () => {
  it('is the plain sum over k, for every width', () => {
    const left = linesOf(exactBytes('seed', seed, 32), matrixA, 0, 3, 64);
    const right = linesOf(exactBytes('seed', seed, 32), matrixB, 0, 7, 64);
    const product = multiply(left, right, 3, 7, 64);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 7; column++) {
        let sum = 0;
        for (let k = 0; k < 64; k++) sum += left[row * 64 + k]! * right[column * 64 + k]!;
        expect(product[row * 7 + column]).toBe(sum);
      }
    }
  });

  it.each([64, 16])('is checked exactly at the largest sizes that are allowed, tiles of %i', (edge) => {
    const depth = 32_768;
    const lines = new Int8Array(edge * depth).fill(-128);
    const tile = new Int32Array(edge * edge).fill(2 ** 14 * depth);
    const vectors = [new Float64Array(edge).fill(2 ** vectorBits({ depth, tile: edge }) - 1)];
    expect(freivalds(lines, lines, tile, edge, depth, vectors)).toBe(true);
    for (const wrong of [2 ** 14 * depth - 1, 0, -(2 ** 31), 2 ** 31 - 1]) {
      tile[edge * edge - 1] = wrong;
      expect(freivalds(lines, lines, tile, edge, depth, vectors)).toBe(false);
    }
  });

  it('is checked for widths that are no multiple of four', () => {
    const [edge, depth] = [6, 64];
    const left = linesOf(exactBytes('seed', seed, 32), matrixA, 0, edge, depth);
    const right = linesOf(exactBytes('seed', seed, 32), matrixB, 0, edge, depth);
    const tile = multiply(left, right, edge, edge, depth);
    const vectors = [Float64Array.from({ length: edge }, (_, at) => 1 + at * 1000)];
    expect(freivalds(left, right, tile, edge, depth, vectors)).toBe(true);
    for (let at = 0; at < tile.length; at++) {
      const wrong = Int32Array.from(tile);
      wrong[at]! ^= 1 << (at % 20);
      expect(freivalds(left, right, wrong, edge, depth, vectors)).toBe(false);
    }
  });
});

describe('an honest proof', () => {
  it('passes at the sizes of the sandbox, through JSON, with the work told as it goes', async () => {
    const fractions: number[] = [];
    const prover = cpuProver(sandboxWork, seed, { onProgress: (fraction) => fractions.push(fraction) });
    await prover.fill();
    await prover.walk(nonces.walk);
    const commitment = await prover.multiply(nonces.product);
    const opening = await prover.open({ nonce: nonces.open });
    const received = JSON.parse(JSON.stringify({ commitment, opening }));
    const asked = { sizes: sandboxWork, seed, nonces };
    expect(verify(asked, received.commitment, received.opening)).toEqual({ ok: true });
    expect(fractions.at(-1)).toBe(1);
    expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
  });

  it('passes 1,000 of 1,000', { timeout: 120_000 }, async () => {
    let passed = 0;
    for (let run = 0; run < 1000; run++) {
      const of = freshNonce();
      const drawn = { walk: freshNonce(), product: freshNonce(), open: freshNonce() };
      const { commitment, opening } = await proofOf(small, of, drawn);
      if (verify({ sizes: small, seed: of, nonces: drawn }, commitment, opening).ok) passed++;
    }
    expect(passed).toBe(1000);
  });

  it('ends when it is told to', async () => {
    const prover = cpuProver(small, seed, { signal: AbortSignal.abort(new Error('stopped')) });
    await prover.fill();
    await prover.walk(nonces.walk);
    await expect(prover.multiply(nonces.product)).rejects.toThrow('stopped');
  });

  it('keeps its phases in order', async () => {
    const prover = cpuProver(small, seed);
    await expect(prover.multiply(nonces.product)).rejects.toThrow('walked before');
    await expect(prover.open({ nonce: nonces.open })).rejects.toThrow('commitment comes before');
  });
});

describe('a sealed proof', () => {
  it('is checked later by anybody, from the file and the seed', async () => {
    const sizes = offlineWork(small);
    expect(sizes).toMatchObject({ memory: { openings: 4 }, product: { openings: 8 } });
    const transcript = JSON.parse(JSON.stringify(await sealOffline(cpuProver(sizes, seed), seed)));
    expect(verifyOffline(sizes, seed, transcript)).toEqual({ ok: true });
    expect(verifyOffline(sizes, fixed('1'), transcript)).toMatchObject({ fault: 'seed' });
    const chosen = { ...transcript.opening, nonce: nonces.open };
    expect(verifyOffline(sizes, seed, { ...transcript, opening: chosen })).toMatchObject({ fault: 'challenge' });
    const early = { ...transcript.commitment, productNonce: nonces.product };
    expect(verifyOffline(sizes, seed, { ...transcript, commitment: early })).toMatchObject({ fault: 'nonce' });
    expect(verifyOffline(sizes, seed, {} as typeof transcript)).toMatchObject({ fault: 'form' });
  });
});

describe('what is not a transcript', () => {
  it('is refused in words when the text is not of the format', async () => {
    const { commitment, opening } = await proofOf(small, seed);
    const asked = { sizes: small, seed, nonces };
    const alien = { ...commitment, format: 'other' } as unknown as WorkCommitment;
    expect(verify(asked, alien, opening)).toMatchObject({ fault: 'form' });
    const noise = { ...commitment, roots: commitment.roots.map(() => '0xzz' as const) };
    expect(verify(asked, noise, opening)).toMatchObject({ fault: 'form' });
    expect(
      verify({ ...asked, sizes: { ...small, product: { ...small.product, depth: 33 } } }, commitment, opening),
    ).toEqual(expect.objectContaining({ fault: 'sizes' }));
  });

  it('gets a verdict, never an exception, whatever is sent', async () => {
    const honest = await proofOf(small, seed);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(10_000), (value, where) => {
        const sent = JSON.parse(JSON.stringify(honest));
        replaceAt(sent, where, value);
        const verdict = verify({ sizes: small, seed, nonces }, sent.commitment, sent.opening);
        expect(verdict.ok).toBe(JSON.stringify(sent) === JSON.stringify(honest));
      }),
      // No shrinking: what is sent says enough, and a failure ends at once.
      { numRuns: 500, endOnFailure: true, examples: [[{ toString: '' }, 3]] },
    );
  });
});

describe('the sizes', () => {
  it.each([
    ['product', { depth: 96 }, 'multiple of 64'],
    ['product', { depth: 65_536 }, 'exact in doubles'],
    ['product', { tile: 128, rows: 128, columns: 128 }, 'exact in doubles'],
    ['product', { rows: 20 }, 'multiples of product.tile'],
    ['product', { rows: 24 }, 'power of two'],
    ['product', { openings: 1000 }, 'at most the tiles'],
    ['product', { rounds: 0 }, 'whole number'],
    ['memory', { lines: 1.5 }, 'whole number'],
    ['memory', { segments: 20 }, 'power of two'],
    ['memory', { segments: 24 }, 'power of two'],
    ['memory', { openings: 5 }, 'at most the leaves'],
    ['memory', { lines: 2 ** 32 }, 'up to 2^31'],
  ] as const)('%s %j is refused', (part, change, words) => {
    expect(faultOfSizes({ ...small, [part]: { ...small[part], ...change } })).toContain(words);
  });

  const h200 = {
    name: 'H200',
    memoryBytes: 150_754_820_096,
    int8PerSecond: 1979e12,
    memoryBytesPerSecond: 4.8e12,
    watts: 700,
  };

  it('of the sandbox and of real devices are taken', () => {
    expect(faultOfSizes(sandboxWork)).toBeUndefined();
    expect(faultOfSizes(offlineWork(sandboxWork))).toBeUndefined();
    const t4 = { name: 'T4', memoryBytes: 16e9, int8PerSecond: 130e12, memoryBytesPerSecond: 320e9, watts: 70 };
    for (const model of [h200, t4]) {
      expect(faultOfSizes(workFor(model))).toBeUndefined();
      expect(coversMemory(workFor(model), model)).toBe(true);
    }
    expect(coversMemory(workFor(t4), h200)).toBe(false);
  });

  it('ask a device for about two seconds of walking and two of multiplying', () => {
    const band = bandOf(workFor(h200), h200, 0);
    expect(band.walk.leastMs).toBeGreaterThan(800);
    expect(band.walk.mostMs).toBeLessThan(4500);
    expect(band.product.leastMs).toBeGreaterThan(800);
    expect(band.product.mostMs).toBeLessThan(4500);
    const missing = leastMissing(workFor(h200), band, {
      opsPerSecond: 16.7e12,
      operationsPerLine: operationsPerLine(82),
      linkBytesPerSecond: 63e9,
    });
    expect(missing).toBeLessThan(0.1);
  });
});

describe('the chance to escape', () => {
  it('is that of drawing without repetition, with the error of the check on top', () => {
    expect(escapeProbability(4, 1, 2, 0)).toBeCloseTo(1 / 2, 8);
    expect(escapeProbability(4, 2, 2, 0)).toBeCloseTo(1 / 6, 8);
    expect(escapeProbability(4, 3, 2, 2 ** -38)).toBe(2 ** -38);
    expect(escapeProbability(4, 0, 2, 0.1)).toBe(1);
  });

  it('is what docs/work-proof.md says', () => {
    const document = readFileSync(new URL('../../../docs/work-proof.md', import.meta.url), 'utf8');
    const tiles = sandboxWork.product.rounds * tilesPerRound(sandboxWork.product);
    const many = 2 ** 40;
    for (const percent of [5, 10, 25, 50]) {
      const wrong = (all: number) => Math.ceil((all * percent) / 100);
      const chances = [
        escapeProbability(tiles, wrong(tiles), sandboxWork.product.openings, 0),
        escapeProbability(many, wrong(many), 32, 0),
        escapeProbability(many, wrong(many), 64, 0),
        escapeProbability(many, wrong(many), 264, 0),
      ].map((chance) => chance.toExponential(1));
      expect(document).toContain(`| ${percent} % | ${chances.join(' | ')} |`);
    }
  });
});

it('the vectors for other implementations are those in docs/specs', async () => {
  const { commitment, opening } = await proofOf(small, seed);
  const inner = roundSeed(productSeedOf(commitment), new Uint8Array(32));
  const line = new Int32Array(lineWords);
  lineMaker(fillSeed(exactBytes('seed', seed, 32)), small.memory.iterations)(47, line, 0);
  const vectors = {
    about: 'Test vectors of docs/work-proof.md; written by `vitest -u main/core/proof`.',
    seedParts: parts,
    workSeed: workSeed(parts),
    deviceSeed: { index: 0, locator: 'host', seed },
    fillLine: { index: 47, line: hexOf(new Uint8Array(line.buffer)) },
    operandLine: {
      roundSeed: hexOf(inner),
      tag: 1,
      line: 15,
      bytes: hexOf(new Uint8Array(linesOf(inner, matrixB, 15, 1, small.product.depth).buffer)),
    },
    nonces,
    commitment,
    commitmentHash: hexOf(commitmentHash(commitment)),
    offlineNonces: {
      walk: offlineNonce.walk(seed),
      product: offlineNonce.product(seed, commitment.memoryRoot),
      open: offlineNonce.open(commitment),
    },
    drawn: drawOpenings(small, commitment, { nonce: nonces.open }),
    opening,
  };
  const path = '../../../docs/specs/work-proof-vectors.json';
  await expect(`${JSON.stringify(vectors, null, 2)}\n`).toMatchFileSnapshot(path);
});

it('nonces are fresh', () => {
  expect(freshNonce()).toMatch(/^0x[0-9a-f]{64}$/);
  expect(freshNonce()).not.toBe(freshNonce());
});

/** Puts `value` in the place of one of all the nodes of a JSON tree. */
function replaceAt(tree: Record<string, unknown>, where: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: Record<string, unknown>) => {
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      if (typeof node[key] === 'object' && node[key] !== null) walk(node[key] as Record<string, unknown>);
    }
  };
  walk(tree);
  const [node, key] = places[where % places.length]!;
  node[key] = value;
}
