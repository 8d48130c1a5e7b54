/** The attacks of docs/work-proof.md, in its order. Each fails for the reason that the document gives. */
import { describe, expect, it } from 'vitest';
import { bandOf, type DeviceModel, judgeTimes, leastMissing, type PhaseTimes } from './band.ts';
import { hexOf, uint32 } from './bytes.ts';
import { lineBytes, operationsPerLine } from './memory.ts';
import { operations, tilesPerRound, type WorkParameters } from './parameters.ts';
import type { WorkProver } from './prove.ts';
import { deviceSeed, workSeed } from './seeds.ts';
import { type Card, type CardTime, type Conduct, cardProver } from './stub/card.ts';
import { drawOpenings, type WorkCommitment, type WorkNonces, type WorkOpening } from './transcript.ts';
import { freshNonce, verify } from './verify.ts';

const sizes: WorkParameters = {
  memory: { lines: 512, iterations: 82, segments: 64, steps: 32, openings: 4 },
  product: { rounds: 3, rows: 16, columns: 32, depth: 64, tile: 8, openings: 6 },
};
const parts = {
  blockHash: `0x${'11'.repeat(32)}`,
  assetKey: `0x${'22'.repeat(32)}`,
  owner: `0x${'33'.repeat(20)}`,
  nonce: `0x${'44'.repeat(32)}`,
};
const machineSeed = workSeed(parts);
const seed = deviceSeed(machineSeed, 0, '0000:01:00.0');

/**
 * A card in small: it walks all its reads in two seconds and multiplies in two; making a line again takes as long as some
 * hundred reads, as it would on an H200 (16.7e12 words and 26e9 reads a second, by the estimates of the document).
 */
const reads = sizes.memory.segments * sizes.memory.steps;
const card: Card = {
  memoryBytes: sizes.memory.lines * lineBytes,
  readsPerSecond: reads / 2,
  wordsPerSecond: ((reads / 2) * operationsPerLine(82)) / 102,
  int8PerSecond: operations(sizes.product) / 2,
};
/** As its maker would publish it: the card reaches 0.7 of the bandwidth and 0.7 of the rate. */
const model: DeviceModel = {
  name: 'a card in small',
  memoryBytes: card.memoryBytes / 0.9,
  int8PerSecond: card.int8PerSecond / 0.7,
  memoryBytesPerSecond: (card.readsPerSecond * lineBytes) / 0.7,
};

interface Outcome {
  nonces: WorkNonces;
  commitment: WorkCommitment;
  opening: WorkOpening;
  times: PhaseTimes;
}

/** One challenge as a validator leads it, its clock being the card's. */
async function challenged(prover: WorkProver, time: CardTime): Promise<Outcome> {
  const nonces = { walk: freshNonce(), product: freshNonce(), open: freshNonce() };
  const lap = async <T>(phase: () => Promise<T>) => {
    const before = time.seconds;
    const result = await phase();
    return { result, ms: 1000 * (time.seconds - before) };
  };
  const fill = await lap(() => prover.fill());
  const walk = await lap(() => prover.walk(nonces.walk));
  const product = await lap(() => prover.multiply(nonces.product));
  const opening = await prover.open({ nonce: nonces.open });
  const times = { fillMs: fill.ms, walkMs: walk.ms, productMs: product.ms };
  return { nonces, commitment: product.result, opening, times };
}

async function attempt(conduct: Conduct, on: Card = card, asked: WorkParameters = sizes): Promise<Outcome> {
  const time = { seconds: 0 };
  return await challenged(cardProver(asked, seed, on, time, conduct), time);
}

const checked = ({ nonces, commitment, opening }: Outcome) => verify({ sizes, seed, nonces }, commitment, opening);
const judged = ({ times }: Outcome) => judgeTimes(times, bandOf(sizes, model, 20));

it('an honest card passes, in content and in time', async () => {
  const outcome = await attempt({});
  expect(checked(outcome)).toEqual({ ok: true });
  expect(judged(outcome)).toEqual({ ok: true });
});

describe('work that was not done', () => {
  it('tiles that were not computed: product', async () => {
    expect(checked(await attempt({ spoils: () => true }))).toMatchObject({ ok: false, fault: 'product' });
  });

  it('one wrong tile: product where it is drawn, and only there', async () => {
    let caught = 0;
    const spoils = (round: number, tile: number) => round === 2 && tile === 5;
    for (let run = 0; run < 40; run++) {
      const outcome = await attempt({ spoils });
      const drawn = drawOpenings(sizes, outcome.commitment, outcome.opening).tiles;
      const hit = drawn.some(({ round, tile }) => spoils(round, tile));
      if (hit) expect(checked(outcome)).toMatchObject({ fault: 'product', at: { round: 2, tile: 5 } });
      else expect(checked(outcome)).toEqual({ ok: true });
      if (hit) caught++;
    }
    // 6 of 24 tiles are opened: one in four. 0 or 40 of 40 would be a chance of one in 10^5 and less.
    expect(caught).toBeGreaterThan(0);
    expect(caught).toBeLessThan(40);
  });

  it('walks whose end is invented: walk', async () => {
    expect(checked(await attempt({ invents: () => true }))).toMatchObject({ ok: false, fault: 'walk' });
  });

  it('a memory of cheaper lines: walk', async () => {
    expect(checked(await attempt({ iterations: 8 }))).toMatchObject({ ok: false, fault: 'walk' });
  });
});

describe('less memory than claimed', () => {
  it('half of the memory, the rest made again: the content is right, the walk is late', async () => {
    const outcome = await attempt({ kept: 0.5 });
    expect(checked(outcome)).toEqual({ ok: true });
    expect(judged(outcome)).toMatchObject({ ok: false, fault: 'late', phase: 'walk' });
  });

  it('a card of 80 posing as one of 94: late', async () => {
    const outcome = await attempt({}, { ...card, memoryBytes: (card.memoryBytes * 80) / 94 });
    expect(judged(outcome)).toMatchObject({ ok: false, fault: 'late', phase: 'walk' });
  });

  it('is found out from the part on that the document computes, and not below', async () => {
    const least = leastMissing(sizes, bandOf(sizes, model, 20), {
      opsPerSecond: card.wordsPerSecond,
      operationsPerLine: operationsPerLine(82),
      linkBytesPerSecond: 0,
    });
    expect(least).toBeGreaterThan(0.005);
    expect(least).toBeLessThan(0.05);
    expect(judged(await attempt({ kept: 1 - 2 * least }))).toMatchObject({ fault: 'late' });
    expect(judged(await attempt({ kept: 1 - least / 3 }))).toEqual({ ok: true });
  });
});

describe('work done for something else', () => {
  const other = (change: Partial<typeof parts>) => deviceSeed(workSeed({ ...parts, ...change }), 0, '0000:01:00.0');

  it.each([
    ['an answer to an earlier nonce', other({ nonce: `0x${'66'.repeat(32)}` })],
    ['work prepared for another block', other({ blockHash: `0x${'12'.repeat(32)}` })],
    ["another machine's transcript", other({ assetKey: `0x${'23'.repeat(32)}` })],
    ["another owner's transcript", other({ owner: `0x${'34'.repeat(20)}` })],
    ["another device's transcript", deviceSeed(machineSeed, 1, '0000:02:00.0')],
  ])('%s: seed; under a forged seed the walk is wrong', async (_, theirs) => {
    const time = { seconds: 0 };
    const outcome = await challenged(cardProver(sizes, theirs, card, time), time);
    expect(checked(outcome)).toMatchObject({ ok: false, fault: 'seed' });
    const forged = { ...outcome.commitment, seed };
    expect(checked({ ...outcome, commitment: forged, ...reopened(outcome, forged) })).toMatchObject({ ok: false });
    const prepared = await attempt({ filledFor: theirs });
    expect(checked(prepared)).toMatchObject({ ok: false, fault: 'walk' });
  });

  it('walks or products begun before their nonce was drawn: nonce', async () => {
    const outcome = await attempt({});
    for (const phase of ['walk', 'product'] as const) {
      const nonces = { ...outcome.nonces, [phase]: freshNonce() };
      expect(checked({ ...outcome, nonces })).toMatchObject({ ok: false, fault: 'nonce' });
    }
  });

  it('an opening that was recorded for another draw: challenge', async () => {
    const outcome = await attempt({});
    const nonces = { ...outcome.nonces, open: freshNonce() };
    expect(checked({ ...outcome, nonces })).toMatchObject({ fault: 'challenge' });
    const renamed = { ...outcome.opening, nonce: nonces.open };
    expect(checked({ ...outcome, nonces, opening: renamed })).toMatchObject({ fault: 'challenge' });
  });

  /** Places the forged commitment draws, filled with what there is. */
  function reopened({ opening }: Outcome, forged: WorkCommitment): { opening: WorkOpening } {
    const drawn = drawOpenings(sizes, forged, opening);
    const tiles = drawn.tiles.map((place, at) => ({ ...opening.tiles[at]!, ...place }));
    const segments = drawn.segments.map((segment, at) => ({ ...opening.segments[at]!, segment }));
    return { opening: { nonce: opening.nonce, segments, tiles } };
  }
});

describe('another speed than that of the model', () => {
  it('a slower chip: late', async () => {
    const outcome = await attempt({}, { ...card, int8PerSecond: card.int8PerSecond / 3 });
    expect(checked(outcome)).toEqual({ ok: true });
    expect(judged(outcome)).toMatchObject({ ok: false, fault: 'late', phase: 'product' });
  });

  it('slower memory: late', async () => {
    const outcome = await attempt({}, { ...card, readsPerSecond: card.readsPerSecond / 3 });
    expect(judged(outcome)).toMatchObject({ ok: false, fault: 'late', phase: 'walk' });
  });

  it('the work spread over eight chips: early', async () => {
    const outcome = await attempt({}, { ...card, int8PerSecond: card.int8PerSecond * 8 });
    expect(judged(outcome)).toMatchObject({ ok: false, fault: 'early', phase: 'product' });
  });

  it('the walks spread over four memories: early', async () => {
    const outcome = await attempt({}, { ...card, readsPerSecond: card.readsPerSecond * 4 });
    expect(judged(outcome)).toMatchObject({ ok: false, fault: 'early', phase: 'walk' });
  });
});

describe('one card as two', () => {
  const seeds = [0, 1].map((index) => deviceSeed(machineSeed, index, `0000:0${index + 1}:00.0`));

  /** All devices are called at once: each phase begins for all with the same nonce, and a time runs until the answer. */
  async function census(provers: readonly WorkProver[], clocks: readonly CardTime[]) {
    const nonces = { walk: freshNonce(), product: freshNonce(), open: freshNonce() };
    const phase = async <T>(work: (prover: WorkProver) => Promise<T>) => {
      const begun = Math.max(...clocks.map(({ seconds }) => seconds));
      for (const clock of clocks) clock.seconds = begun;
      const answers: { result: T; ms: number }[] = [];
      for (const [index, prover] of provers.entries()) {
        const result = await work(prover);
        answers.push({ result, ms: 1000 * (clocks[index]!.seconds - begun) });
      }
      return answers;
    };
    const fills = await phase((prover) => prover.fill());
    const walks = await phase((prover) => prover.walk(nonces.walk));
    const products = await phase((prover) => prover.multiply(nonces.product));
    const openings = await phase((prover) => prover.open({ nonce: nonces.open }));
    return provers.map((_, index) => ({
      verdict: verify({ sizes, seed: seeds[index]!, nonces }, products[index]!.result, openings[index]!.result),
      time: judgeTimes(
        { fillMs: fills[index]!.ms, walkMs: walks[index]!.ms, productMs: products[index]!.ms },
        bandOf(sizes, model, 20),
      ),
    }));
  }

  it('two cards pass', async () => {
    const clocks = [{ seconds: 0 }, { seconds: 0 }];
    const provers = seeds.map((own, index) => cardProver(sizes, own, card, clocks[index]!));
    for (const { verdict, time } of await census(provers, clocks)) {
      expect(verdict).toEqual({ ok: true });
      expect(time).toEqual({ ok: true });
    }
  });

  it('one card with half of each memory: late', async () => {
    const clock = { seconds: 0 };
    const provers = seeds.map((own) => cardProver(sizes, own, card, clock, { kept: 0.5 }));
    for (const { time } of await census(provers, [clock, clock])) expect(time).toMatchObject({ fault: 'late' });
  });

  it('one card with room for both memories, one after the other: the second is late', async () => {
    const clock = { seconds: 0 };
    const wide = { ...card, memoryBytes: 2 * card.memoryBytes };
    const provers = seeds.map((own) => cardProver(sizes, own, wide, clock));
    const [, second] = await census(provers, [clock, clock]);
    expect(second!.verdict).toEqual({ ok: true });
    expect(second!.time).toMatchObject({ ok: false, fault: 'late' });
  });
});

describe('a changed transcript', () => {
  it('a flipped byte of an opened tile or end: path', async () => {
    const outcome = await attempt({});
    for (const [part, field] of [
      ['tiles', 'values'],
      ['segments', 'ends'],
    ] as const) {
      const opening = structuredClone(outcome.opening);
      const list = opening[part] as unknown as Record<string, string>[];
      list[1]![field] = list[1]![field]!.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
      expect(checked({ ...outcome, opening })).toMatchObject({ ok: false, fault: 'path' });
    }
  });

  it('a step of the path changed, left out or added: path', async () => {
    const outcome = await attempt({});
    for (const part of ['tiles', 'segments'] as const) {
      for (const change of [
        (path: string[]) => path.with(0, `0x${'00'.repeat(32)}`),
        (path: string[]) => path.slice(1),
        (path: string[]) => [...path, `0x${'00'.repeat(32)}`],
        (path: string[]) => path.with(1, '0x00'),
      ]) {
        const opening = structuredClone(outcome.opening);
        opening[part][2]!.path = change(opening[part][2]!.path) as `0x${string}`[];
        expect(checked({ ...outcome, opening })).toMatchObject({ ok: false, fault: 'path' });
      }
    }
  });

  it('smaller sizes than asked for: sizes, and product or walk when relabelled', async () => {
    for (const part of ['memory', 'product'] as const) {
      const change = part === 'memory' ? { steps: 16 } : { depth: 128 };
      const outcome = await attempt({}, card, { ...sizes, [part]: { ...sizes[part], ...change } });
      expect(checked(outcome)).toMatchObject({ fault: 'sizes' });
      const relabelled = { ...outcome.commitment, parameters: sizes };
      const nonces = outcome.nonces;
      const drawn = drawOpenings(sizes, relabelled, { nonce: nonces.open });
      const time = { seconds: 0 };
      const again = cardProver({ ...sizes, [part]: { ...sizes[part], ...change } }, seed, card, time);
      await again.fill();
      await again.walk(nonces.walk);
      await again.multiply(nonces.product);
      const opening = await everything(again, drawn, nonces.open);
      const verdict = checked({ ...outcome, commitment: relabelled, opening });
      expect(verdict).toMatchObject({ ok: false, fault: part === 'memory' ? 'walk' : 'product' });
    }
  });

  it('fewer openings or roots than asked for: sizes', async () => {
    const outcome = await attempt({});
    const { opening, commitment } = outcome;
    expect(checked({ ...outcome, opening: { ...opening, tiles: opening.tiles.slice(1) } })).toMatchObject({
      fault: 'sizes',
    });
    expect(checked({ ...outcome, opening: { ...opening, segments: [] } })).toMatchObject({ fault: 'sizes' });
    const rootless = { ...commitment, roots: commitment.roots.slice(1) };
    expect(checked({ ...outcome, commitment: rootless })).toMatchObject({ fault: 'sizes' });
  });

  /** What a prover holds at given places, got by asking until all were drawn. */
  async function everything(
    prover: WorkProver,
    drawn: ReturnType<typeof drawOpenings>,
    nonce: WorkOpening['nonce'],
  ): Promise<WorkOpening> {
    const tiles = new Map<string, WorkOpening['tiles'][number]>();
    const leaves = new Map<number, WorkOpening['segments'][number]>();
    const all = sizes.product.rounds * tilesPerRound(sizes.product);
    for (let n = 0; tiles.size < all || leaves.size < sizes.memory.segments / 8; n++) {
      const asked = hexOf(Uint8Array.from([...uint32(n), ...new Uint8Array(28)]));
      const opening = await prover.open({ nonce: asked });
      for (const tile of opening.tiles) tiles.set(`${tile.round} ${tile.tile}`, tile);
      for (const one of opening.segments) leaves.set(Math.floor(one.segment / 8), one);
    }
    return {
      nonce,
      tiles: drawn.tiles.map(({ round, tile }) => tiles.get(`${round} ${tile}`)!),
      segments: drawn.segments.map((segment) => ({ ...leaves.get(Math.floor(segment / 8))!, segment })),
    };
  }
});
