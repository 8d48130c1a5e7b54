import { readFileSync } from 'node:fs';
import { keccak_256 } from '@noble/hashes/sha3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfHex, exactBytes, hexOf, uint32 } from './bytes.ts';
import { linesOf, matrixA, matrixB } from './operands.ts';
import { escapeProbability, faultOfSizes, sandboxWork, tilesPerRound, type WorkParameters } from './parameters.ts';
import { freivalds, multiply } from './product.ts';
import { prove } from './prove.ts';
import { roundSeed, workSeed } from './seeds.ts';
import type { WorkChallenge, WorkCommitment, WorkOpening } from './transcript.ts';
import { commitmentHash, drawTiles } from './transcript.ts';
import { leafOf, pathOf, rootOf, tileBytes, treeOf } from './tree.ts';
import { freshNonce, verify } from './verify.ts';

const small: WorkParameters = { rounds: 3, rows: 16, columns: 32, depth: 64, tile: 8, openings: 6 };
const parts = {
  blockHash: `0x${'11'.repeat(32)}`,
  assetKey: `0x${'22'.repeat(32)}`,
  owner: `0x${'33'.repeat(20)}`,
  nonce: `0x${'44'.repeat(32)}`,
};
const seed = workSeed(parts);
const challenge: WorkChallenge = { nonce: `0x${'55'.repeat(32)}` };

/** A proof whose product is spoiled before it is committed: the prover that did not do the work. */
async function lazyProof(wrong: (round: number, tile: number) => boolean) {
  const seedBytes = exactBytes('seed', seed, 32);
  let previous = new Uint8Array(32);
  const rounds: { tiles: Uint8Array[]; tree: ReturnType<typeof treeOf> }[] = [];
  for (let round = 0; round < small.rounds; round++) {
    const inner = roundSeed(seedBytes, previous);
    const left = linesOf(inner, matrixA, 0, small.rows, small.depth);
    const right = linesOf(inner, matrixB, 0, small.columns, small.depth);
    const product = multiply(left, right, small.rows, small.columns, small.depth);
    const tiles = Array.from({ length: tilesPerRound(small) }, (_, tile) => {
      const bytes = tileBytes(product, small.columns, small.tile, tile);
      if (wrong(round, tile)) bytes[3] = (bytes[3] ?? 0) ^ 1;
      return bytes;
    });
    const tree = treeOf(tiles.map((bytes, index) => leafOf(index, bytes)));
    rounds.push({ tiles, tree });
    previous = Uint8Array.from(rootOf(tree));
  }
  const commitment: WorkCommitment = {
    format: 'gaib-work/v1',
    parameters: small,
    seed,
    roots: rounds.map(({ tree }) => hexOf(rootOf(tree))),
  };
  const open = (asked: WorkChallenge): WorkOpening => ({
    nonce: asked.nonce,
    tiles: drawTiles(small, commitment, asked).map(({ round, tile }) => ({
      round,
      tile,
      values: hexOf(rounds[round]!.tiles[tile]!),
      path: pathOf(rounds[round]!.tree, tile).map(hexOf),
    })),
  });
  return { commitment, open };
}

describe('the operands', () => {
  it('follow the rule that the contracts follow: keccak256 of seed, tag, line and word, each byte signed', () => {
    const bytes = exactBytes('seed', seed, 32);
    const lines = linesOf(bytes, matrixB, 0x01020304, 2, 64);
    for (const [at, line, word] of [
      [0, 0x01020304, 0],
      [32, 0x01020304, 1],
      [64, 0x01020305, 0],
      [96, 0x01020305, 1],
    ] as const) {
      const packed = Uint8Array.from([...bytes, 1, ...uint32(line), ...uint32(word)]);
      expect([...new Uint8Array(lines.buffer, at, 32)]).toEqual([...keccak_256(packed)]);
    }
  });
});

describe('the product', () => {
  it('is the plain sum over k, for every width', () => {
    const left = linesOf(exactBytes('seed', seed, 32), matrixA, 0, 3, 32);
    const right = linesOf(exactBytes('seed', seed, 32), matrixB, 0, 7, 32);
    const product = multiply(left, right, 3, 7, 32);
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 7; column++) {
        let sum = 0;
        for (let k = 0; k < 32; k++) sum += left[row * 32 + k]! * right[column * 32 + k]!;
        expect(product[row * 7 + column]).toBe(sum);
      }
    }
  });

  it('stays exact at the largest sizes that are allowed', () => {
    const edge = 64;
    const depth = 32_768;
    const lines = new Int8Array(edge * depth).fill(-128);
    const tile = new Int32Array(edge * edge).fill(2 ** 14 * depth);
    const vector = new Uint16Array(edge).fill(0x7fff);
    expect(freivalds(lines, lines, tile, edge, depth, vector)).toBe(true);
    tile[edge * edge - 1] = 2 ** 14 * depth - 1;
    expect(freivalds(lines, lines, tile, edge, depth, vector)).toBe(false);
  });
});

describe('an honest proof', () => {
  it('passes at the sizes of the sandbox, through JSON, with the work done as it goes', async () => {
    const fractions: number[] = [];
    const proof = await prove(sandboxWork, seed, { onProgress: (fraction) => fractions.push(fraction) });
    const received = JSON.parse(JSON.stringify({ commitment: proof.commitment, opening: proof.open(challenge) }));
    expect(verify(sandboxWork, seed, received.commitment, challenge, received.opening)).toEqual({ ok: true });
    expect(fractions).toHaveLength(sandboxWork.rounds);
    expect(fractions.at(-1)).toBe(1);
  });

  it('passes for any seed and any challenge', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (a, b) => {
          const asked = { nonce: hexOf(b) };
          const proof = await prove(small, hexOf(a));
          expect(verify(small, hexOf(a), proof.commitment, asked, proof.open(asked))).toEqual({ ok: true });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ends between rounds when it is told to', async () => {
    await expect(prove(small, seed, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });
});

describe('a dishonest proof', () => {
  it('fails for any element that is flipped in an opened tile after the commitment', async () => {
    const proof = await prove(small, seed);
    const opening = proof.open(challenge);
    fc.assert(
      fc.property(
        fc.nat(small.openings - 1),
        fc.nat(small.tile ** 2 * 4 - 1),
        fc.integer({ min: 1, max: 255 }),
        (at, byte, flip) => {
          const tampered = structuredClone(opening);
          const values = bytesOfHex(tampered.tiles[at]!.values, small.tile ** 2 * 4)!;
          values[byte] = values[byte]! ^ flip;
          tampered.tiles[at]!.values = hexOf(values);
          expect(verify(small, seed, proof.commitment, challenge, tampered)).toMatchObject({
            ok: false,
            fault: 'path',
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('fails when a tile was wrong already when it was committed', async () => {
    const { commitment, open } = await lazyProof(() => true);
    expect(verify(small, seed, commitment, challenge, open(challenge))).toMatchObject({ ok: false, fault: 'product' });
  });

  it('fails on the one wrong tile of the last round where that tile is drawn, and names it', async () => {
    const last = small.rounds - 1;
    const { commitment, open } = await lazyProof((round, tile) => round === last && tile === 5);
    let caught = 0;
    for (let attempt = 0; attempt < 60; attempt++) {
      const asked = { nonce: hexOf(new Uint8Array(32).fill(attempt)) };
      const drawn = drawTiles(small, commitment, asked).some(({ round, tile }) => round === last && tile === 5);
      const verdict = verify(small, seed, commitment, asked, open(asked));
      if (drawn) expect(verdict).toMatchObject({ ok: false, fault: 'product', round: last, tile: 5 });
      else expect(verdict).toEqual({ ok: true });
      if (drawn) caught++;
    }
    expect(caught).toBeGreaterThan(0);
    expect(caught).toBeLessThan(60);
  });

  it('fails when the answer to an earlier nonce is sent again', async () => {
    const earlier = await prove(small, workSeed({ ...parts, nonce: `0x${'66'.repeat(32)}` }));
    const opening = earlier.open(challenge);
    expect(verify(small, seed, earlier.commitment, challenge, opening)).toMatchObject({ ok: false, fault: 'seed' });
  });

  it.each([
    ['prepared for another block', { blockHash: `0x${'12'.repeat(32)}` }],
    ["another machine's", { assetKey: `0x${'23'.repeat(32)}` }],
    ["another owner's", { owner: `0x${'34'.repeat(20)}` }],
  ])('fails when it was %s, also under a forged seed', async (_, change) => {
    const other = await prove(small, workSeed({ ...parts, ...change }));
    expect(verify(small, seed, other.commitment, challenge, other.open(challenge))).toMatchObject({ fault: 'seed' });
    const forged = { ...other.commitment, seed };
    const drawn = drawTiles(small, forged, challenge);
    const opened = drawn.map((place) => findTile(other.open, place));
    expect(verify(small, seed, forged, challenge, { nonce: challenge.nonce, tiles: opened })).toMatchObject({
      ok: false,
      fault: 'product',
    });
  });

  it('fails when other tiles are opened than those drawn after the commitment', async () => {
    const proof = await prove(small, seed);
    const chosen = proof.open({ nonce: `0x${'77'.repeat(32)}` });
    expect(verify(small, seed, proof.commitment, challenge, chosen)).toMatchObject({ fault: 'challenge' });
    const renamed = { ...chosen, nonce: challenge.nonce };
    expect(verify(small, seed, proof.commitment, challenge, renamed)).toMatchObject({ fault: 'challenge' });
  });

  it('fails when a step of the path is changed, left out or added', async () => {
    const proof = await prove(small, seed);
    for (const change of [
      (path: string[]) => path.with(0, `0x${'00'.repeat(32)}`),
      (path: string[]) => path.slice(1),
      (path: string[]) => [...path, `0x${'00'.repeat(32)}`],
      (path: string[]) => path.with(1, '0x00'),
    ]) {
      const opening = proof.open(challenge);
      opening.tiles[2]!.path = change(opening.tiles[2]!.path) as (typeof opening.tiles)[2]['path'];
      expect(verify(small, seed, proof.commitment, challenge, opening)).toMatchObject({ ok: false, fault: 'path' });
    }
  });

  it('fails when the sizes are not those asked for', async () => {
    const shallow = { ...small, depth: 32 };
    const proof = await prove(shallow, seed);
    expect(verify(small, seed, proof.commitment, challenge, proof.open(challenge))).toMatchObject({ fault: 'sizes' });
    const relabelled = { ...proof.commitment, parameters: small };
    expect(verify(small, seed, relabelled, challenge, proof.open(challenge))).toMatchObject({ fault: 'product' });
    const honest = await prove(small, seed);
    const opening = honest.open(challenge);
    const fewer = { ...opening, tiles: opening.tiles.slice(1) };
    expect(verify(small, seed, honest.commitment, challenge, fewer)).toMatchObject({ fault: 'sizes' });
    opening.tiles[0]!.values = '0x00';
    expect(verify(small, seed, honest.commitment, challenge, opening)).toMatchObject({ fault: 'sizes' });
    const rootless = { ...honest.commitment, roots: honest.commitment.roots.slice(1) };
    expect(verify(small, seed, rootless, challenge, honest.open(challenge))).toMatchObject({ fault: 'sizes' });
  });

  it('is refused in words when the text is not of the format', async () => {
    const proof = await prove(small, seed);
    const alien = { ...proof.commitment, format: 'other' } as unknown as WorkCommitment;
    expect(verify(small, seed, alien, challenge, proof.open(challenge))).toMatchObject({ fault: 'form' });
    const noise = { ...proof.commitment, roots: proof.commitment.roots.map(() => '0xzz' as const) };
    expect(verify(small, seed, noise, challenge, proof.open(challenge))).toMatchObject({ fault: 'form' });
  });
});

it('answers with a verdict, never an exception, whatever is sent', async () => {
  const proof = await prove(small, seed);
  const honest = { commitment: proof.commitment, opening: proof.open(challenge) };
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(10_000), (value, where) => {
      const sent = JSON.parse(JSON.stringify(honest));
      replaceAt(sent, where, value);
      const verdict = verify(small, seed, sent.commitment, challenge, sent.opening);
      expect(verdict.ok).toBe(JSON.stringify(sent) === JSON.stringify(honest));
    }),
    // No shrinking: what is sent says enough, and a failure ends at once.
    { numRuns: 500, endOnFailure: true, examples: [[{ toString: '' }, 3]] },
  );
});

describe('the sizes', () => {
  it.each([
    [{ depth: 33 }, 'multiple of 32'],
    [{ depth: 65_536 }, 'exact in doubles'],
    [{ tile: 128, rows: 128, columns: 128 }, 'exact in doubles'],
    [{ rows: 20 }, 'multiples of tile'],
    [{ rows: 24 }, 'power of two'],
    [{ openings: 1000 }, 'at most the tiles'],
    [{ rounds: 0 }, 'whole number'],
    [{ rounds: 1.5 }, 'whole number'],
  ])('%j is refused', (change, words) => {
    expect(faultOfSizes({ ...small, ...change })).toContain(words);
  });

  it('of the sandbox and of the device form are taken', () => {
    expect(faultOfSizes(sandboxWork)).toBeUndefined();
    const device = { rounds: 40, rows: 32_768, columns: 32_768, depth: 32_768, tile: 64, openings: 64 };
    expect(faultOfSizes(device)).toBeUndefined();
  });
});

describe('the chance to escape', () => {
  it('is that of drawing without repetition, with the error of the check on top', () => {
    const sizes = { ...small, rounds: 1, rows: 16, columns: 16, openings: 2 };
    expect(tilesPerRound(sizes)).toBe(4);
    expect(escapeProbability(sizes, 1)).toBeCloseTo(1 / 2, 8);
    expect(escapeProbability(sizes, 2)).toBeCloseTo(1 / 6, 8);
    expect(escapeProbability(sizes, 3)).toBe(2 ** -30);
    expect(escapeProbability(sizes, 0)).toBe(1);
  });

  it('at the sizes of the sandbox is what docs/work-proof.md says', () => {
    const tiles = sandboxWork.rounds * tilesPerRound(sandboxWork);
    const document = readFileSync(new URL('../../../docs/work-proof.md', import.meta.url), 'utf8');
    for (const percent of [5, 10, 25, 50]) {
      const chance = escapeProbability(sandboxWork, Math.ceil((tiles * percent) / 100));
      expect(document).toContain(`| ${percent} % | ${(100 * chance).toPrecision(2)} % |`);
    }
  });
});

it('the vectors for other implementations are those in docs/specs', async () => {
  const proof = await prove(small, seed);
  const vectors = {
    about: 'Test vectors of docs/work-proof.md; written by `vitest -u main/core/proof`.',
    seedParts: parts,
    seed,
    operandWords: [
      { tag: 0, line: 0, word: 0 },
      { tag: 0, line: 15, word: 1 },
      { tag: 1, line: 31, word: 1 },
    ].map(({ tag, line, word }) => {
      const inner = roundSeed(exactBytes('seed', seed, 32), new Uint8Array(32));
      const lines = linesOf(inner, tag as 0 | 1, line, 1, small.depth);
      return { roundSeed: hexOf(inner), tag, line, word, digest: hexOf(new Uint8Array(lines.buffer, 32 * word, 32)) };
    }),
    commitment: proof.commitment,
    commitmentHash: hexOf(commitmentHash(proof.commitment)),
    challenge,
    drawn: drawTiles(small, proof.commitment, challenge),
    opening: proof.open(challenge),
  };
  const path = '../../../docs/specs/work-proof-vectors.json';
  await expect(`${JSON.stringify(vectors, null, 2)}\n`).toMatchFileSnapshot(path);
});

it('nonces are fresh', () => {
  expect(freshNonce()).toMatch(/^0x[0-9a-f]{64}$/);
  expect(freshNonce()).not.toBe(freshNonce());
});

/** The tile that another transcript holds at a place, got by asking until it is drawn. */
function findTile(open: (asked: WorkChallenge) => WorkOpening, place: { round: number; tile: number }) {
  for (let attempt = 0; ; attempt++) {
    const nonce = hexOf(Uint8Array.from([...uint32(attempt), ...new Uint8Array(28)]));
    const found = open({ nonce }).tiles.find(({ round, tile }) => round === place.round && tile === place.tile);
    if (found !== undefined) return found;
  }
}

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
