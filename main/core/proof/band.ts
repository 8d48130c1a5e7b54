/**
 * What a device's time says, on the verifier's own clock. Too slow: the memory is not all there, or the chip is a lesser
 * one. Too fast: there is more hardware than claimed, or the work was spread over several devices. The prover's own times
 * are never looked at.
 */
import { lineBytes } from './memory.ts';
import { operations, type WorkParameters } from './parameters.ts';

/** What a maker publishes of a model. */
export interface DeviceModel {
  name: string;
  memoryBytes: number;
  /** Dense int8 operations a second, a multiplication and its addition as two. */
  int8PerSecond: number;
  memoryBytesPerSecond: number;
  /** Board power; cards of 75 W and less hold their clock for a shorter time. */
  watts?: number;
}

/** Milliseconds from the nonce that begins a phase to the answer that ends it. */
export interface PhaseTimes {
  fillMs: number;
  walkMs: number;
  productMs: number;
}

export interface Band {
  walk: { leastMs: number; mostMs: number };
  product: { leastMs: number; mostMs: number };
}

/** Above the published rate a clock may boost; H100 and H200 are published at 1830 MHz and go to 1980. */
const boost = 1.08;
/** Part of the published int8 rate that the worst honest run is taken to reach. */
const slowest = { usual: 0.45, lowPower: 0.3 } as const;
const lowPowerWatts = 75;
/** Random reads of 128 bytes reach half to three quarters of the published bandwidth: not measured by us on any card. */
const slowestReads = 0.45;
/** Launches, hashing of the last round, the tree. */
const graceMs = 500;

export function bandOf({ memory, product }: WorkParameters, model: DeviceModel, roundTripMs: number): Band {
  const work = (1000 * operations(product)) / model.int8PerSecond;
  const reads = (1000 * memory.segments * memory.steps * lineBytes) / model.memoryBytesPerSecond;
  const part = (model.watts ?? Number.POSITIVE_INFINITY) <= lowPowerWatts ? slowest.lowPower : slowest.usual;
  return {
    walk: { leastMs: reads, mostMs: reads / slowestReads + roundTripMs + graceMs },
    product: { leastMs: work / boost, mostMs: work / part + roundTripMs + graceMs },
  };
}

export type TimeVerdict =
  | { ok: true }
  | { ok: false; fault: 'late' | 'early'; phase: keyof Band; found: number; limit: number; why: string };

export function judgeTimes(times: PhaseTimes, band: Band): TimeVerdict {
  for (const phase of ['walk', 'product'] as const) {
    const found = phase === 'walk' ? times.walkMs : times.productMs;
    const { leastMs, mostMs } = band[phase];
    const about = `the ${phase} took ${Math.round(found)} ms`;
    if (found > mostMs) {
      const why = `${about}, the model needs at most ${Math.round(mostMs)} ms`;
      return { ok: false, fault: 'late', phase, found, limit: mostMs, why };
    }
    if (found < leastMs) {
      const why = `${about}, the model needs at least ${Math.round(leastMs)} ms`;
      return { ok: false, fault: 'early', phase, found, limit: leastMs, why };
    }
  }
  return { ok: true };
}

/** Part of its claimed memory that a device is made to fill. A driver keeps some for itself. */
export const filledPart = 0.86;

/** Whether the walks go over as much memory as the claim of a model asks for. */
export function coversMemory({ memory }: WorkParameters, { memoryBytes }: Pick<DeviceModel, 'memoryBytes'>): boolean {
  return memory.lines * lineBytes >= 0.85 * memoryBytes;
}

/** Seconds of walking and of multiplying that a challenge is made to take at the rates that are expected. */
const phaseSeconds = 2;
/** 82 blocks for each half of a line: some 64,000 operations to make one again. */
const iterations = 82;
const steps = 256;

/** Sizes that keep a device of this model busy for about two seconds a phase. */
export function workFor(model: DeviceModel): WorkParameters {
  const edge = model.int8PerSecond >= 200e12 ? 32_768 : model.int8PerSecond >= 20e12 ? 16_384 : 8192;
  const product = { rounds: 1, rows: edge, columns: edge, depth: 32_768, tile: 16, openings: 64 };
  const expected = 0.6;
  const rounds = Math.round((phaseSeconds * expected * model.int8PerSecond) / operations(product));
  const reads = (phaseSeconds * expected * model.memoryBytesPerSecond) / lineBytes;
  return {
    memory: {
      lines: Math.floor((filledPart * model.memoryBytes) / lineBytes),
      iterations,
      segments: 2 ** Math.max(3, Math.round(Math.log2(reads / steps))),
      steps,
      openings: 32,
    },
    product: { ...product, rounds: Math.min(4096, Math.max(1, rounds)) },
  };
}

/**
 * The least part of its memory that a device can lack before the walk is late, when it makes missing lines again at
 * `opsPerSecond` or fetches them over a link of `linkBytesPerSecond`; it does the faster of both. Reading what is there,
 * making and fetching overlap, so the slowest of them is the time.
 */
export function leastMissing(
  { memory }: WorkParameters,
  band: Band,
  elsewhere: { opsPerSecond: number; operationsPerLine: number; linkBytesPerSecond: number },
): number {
  const reads = memory.segments * memory.steps;
  const made = elsewhere.opsPerSecond / elsewhere.operationsPerLine;
  const fetched = elsewhere.linkBytesPerSecond / lineBytes;
  return Math.min(1, ((made + fetched) * (band.walk.mostMs / 1000)) / reads);
}
