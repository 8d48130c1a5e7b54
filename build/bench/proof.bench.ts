/** The work proof: size and check of a transcript as large as a GPU's, and what proving costs beyond the bare work. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { workFor } from '#core/proof/band.ts';
import { linesOf, matrixA, matrixB } from '#core/proof/operands.ts';
import type { WorkParameters } from '#core/proof/parameters.ts';
import { multiply } from '#core/proof/product.ts';
import { cpuProver } from '#core/proof/prove.ts';
import { freshNonce } from '#core/proof/verify.ts';
import type { Bench } from './bench.ts';
import { deviceTranscript } from './device-transcript.ts';

/** As published: 141 GB, 1979 int8 TOPS dense, 4.8 TB/s. */
const h200 = { name: 'H200', memoryBytes: 150_754_820_096, int8PerSecond: 1979e12, memoryBytesPerSecond: 4.8e12 };
const runs = 7;
/** A verifier leaves little garbage; the space for it need not grow to Node's usual 16 MiB. */
const youngSpace = '--max-semi-space-size=1';

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function verified(folder: string) {
  const sizes = workFor(h200);
  const file = join(folder, 'transcript.json');
  const transcript = deviceTranscript(sizes);
  writeFileSync(file, JSON.stringify(transcript));
  const { commitment, opening } = transcript;
  const proofBytes = Buffer.byteLength(JSON.stringify({ commitment, opening }));
  // As it ships: one bundle, no type stripping inside the process that is measured.
  const program = join(folder, 'verifier.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('proof-verifier.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
  const answers = Array.from({ length: runs }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [youngSpace, program, file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as { verifyMs: number; rssMiB: number };
  });
  return {
    proofBytes,
    verifyMs: middle(answers.map(({ verifyMs }) => verifyMs)),
    verifyRssMiB: Math.max(...answers.map(({ rssMiB }) => rssMiB)),
    fileBytes: statSync(file).size,
  };
}

/** Deep and wide enough that the product is most of the work, small enough for one core. */
const cpuSizes: WorkParameters = {
  memory: { lines: 512, iterations: 1, segments: 8, steps: 8, openings: 1 },
  product: { rounds: 2, rows: 256, columns: 256, depth: 4096, tile: 16, openings: 8 },
};

async function overhead(): Promise<number> {
  const { rounds, rows, columns, depth } = cpuSizes.product;
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const left = linesOf(seed, matrixA, 0, rows, depth);
  const right = linesOf(seed, matrixB, 0, columns, depth);
  const bare = () => {
    const before = performance.now();
    for (let round = 0; round < rounds; round++) multiply(left, right, rows, columns, depth);
    return performance.now() - before;
  };
  const whole = async () => {
    const prover = cpuProver(cpuSizes, freshNonce());
    await prover.fill();
    await prover.walk(freshNonce());
    const before = performance.now();
    await prover.multiply(freshNonce());
    return performance.now() - before;
  };
  bare();
  await whole();
  const ratios: number[] = [];
  for (let run = 0; run < 5; run++) ratios.push((await whole()) / bare());
  return middle(ratios) - 1;
}

export const bench: Bench = {
  what: 'the work proof: bytes and check of a transcript of H200 size, and the prover’s overhead on a CPU',
  run: async ({ say }) => {
    const folder = mkdtempSync(join(tmpdir(), 'gaib-proof-'));
    try {
      say('Making a transcript of H200 size: what is opened is computed, the rest of the trees is noise.');
      const { fileBytes: _, ...checked } = await verified(folder);
      return {
        figures: { ...checked, proveOverhead: await overhead() },
        notes: [
          `proofBytes: commitment and opening as JSON. verifyMs: median of ${runs} fresh processes, one core, plain JavaScript.`,
          `verifyRssMiB: the most that any of them had resident, all of Node included, started with ${youngSpace}.`,
          'proveOverhead: operands, hashing and trees beside the bare product, (whole - bare) / bare, on this CPU at ' +
            `${cpuSizes.product.rows} × ${cpuSizes.product.columns} × ${cpuSizes.product.depth}; not a figure of a GPU.`,
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
