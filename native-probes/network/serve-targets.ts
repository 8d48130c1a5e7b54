/**
 * What a worker does that reads devices on the network: take targets from standard input, one per line, read each with
 * the probe of its protocol, and say on standard output what it contacts and what it found. It ends when its input does.
 */
import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ProbeAnswer, Reading } from '../contract.ts';
import { linesFromParent } from '../parent-lines.ts';
import { printable } from '../printable.ts';
import { NotAMessage } from '../wire.ts';
import type { NetworkProbe, Target } from './contract.ts';
import { hideSecrets } from './secrets.ts';
import { maxRequestBytes, readRequest, type TargetReply } from './target-wire.ts';

/** @example serveTargets(networkProbes); */
export function serveTargets(probes: readonly NetworkProbe[]): void {
  const log = (...parts: unknown[]) => process.stderr.write(`${parts.map(String).join(' ')}\n`);
  console.log = log;
  console.info = log;
  console.debug = log;
  endWithParent();
  process.stdout.on('error', () => process.exit(1));
  // At the end whoever asked has what it wanted, or is gone.
  linesFromParent(
    (line) => void serveLine(probes, line),
    () => process.exit(0),
    maxRequestBytes,
  );
}

async function serveLine(probes: readonly NetworkProbe[], line: string): Promise<void> {
  try {
    const { id, target } = readRequest(line);
    const probe = probes.find(({ protocol }) => protocol === target.protocol);
    if (probe === undefined) throw new NotAMessage(`there is no probe for ${target.protocol}`);
    const contacting = (address: string, port: number) => say({ type: 'contacting', id, address, port });
    say({ type: 'reading', id, reading: await runTarget(probe, target, contacting) });
  } catch (error) {
    if (!(error instanceof NotAMessage)) throw error;
    console.log(error.message);
    process.exit(2);
  }
}

/**
 * One target read by one probe, with what every reading carries. Never throws, and is never later than the probe's
 * limit, as long as the probe leaves the thread free.
 */
export async function runTarget(
  probe: NetworkProbe,
  target: Target,
  contacting: (address: string, port: number) => void,
): Promise<Reading> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const stop = new AbortController();
  const { promise: late, resolve: end } = Promise.withResolvers<ProbeAnswer>();
  const timer = setTimeout(() => {
    stop.abort();
    end(nothing('timeout', `${target.host} did not answer within ${probe.limitMs / 1000} s.`));
  }, probe.limitMs);
  try {
    const answer = await Promise.race([ask(probe, target, { signal: stop.signal, contacting }), late]);
    const elapsedMs = Math.round(performance.now() - started);
    return hideSecrets({ probe: probe.id, startedAt, elapsedMs, ...answer }, target.secrets);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function ask(
  probe: NetworkProbe,
  target: Target,
  context: Parameters<NetworkProbe['read']>[1],
): Promise<ProbeAnswer> {
  try {
    return await probe.read(target, context);
  } catch (error) {
    const reason = printable(error instanceof Error ? error.message : String(error), 200);
    return nothing('failed', `${probe.id} ran into a fault of its own: ${reason}`);
  }
}

function nothing(outcome: ProbeAnswer['outcome'], sentence: string): ProbeAnswer {
  return { outcome, sentence, devices: [], problems: [] };
}

function say(reply: TargetReply): void {
  const bytes = Buffer.from(`${JSON.stringify(reply)}\n`, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/**
 * Ends this process when the one that started it is gone, also when a library holds the main thread: a thread of its
 * own looks whose child this is.
 */
function endWithParent(): void {
  const program = `
    const { workerData } = require('node:worker_threads');
    setInterval(() => { if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL'); }, 1000);`;
  new Worker(program, { eval: true, workerData: process.ppid }).unref();
}
