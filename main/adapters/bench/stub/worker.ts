/**
 * Stands in for the benchmark worker in tests. What it does wrong is named in the request's folder: `crash cpu-fp64`
 * makes it end itself on that benchmark; every other one is answered with made-up runs.
 */
import { createInterface } from 'node:readline';
import type { WorkerRequest } from '#probes/benchmarks/contract.ts';

const say = (message: object) => process.stdout.write(`\n${JSON.stringify(message)}\n`);

const misbehaviours: Readonly<Record<string, (id: string) => void>> = {
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  exit: () => {
    process.stderr.write('Error: the driver went away\n');
    process.exit(3);
  },
  hang: () => {
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  },
  nonsense: (id) =>
    say({ type: 'result', result: { id, runs: [1, 'two', null], outcome: 'measured', conditions: {} } }),
  empty: (id) => say({ type: 'result', result: { id, runs: [], outcome: 'measured', conditions: {} } }),
  other: () => say({ type: 'result', result: { id: 'another', runs: [1], outcome: 'measured', conditions: {} } }),
  chatter: (id) => {
    process.stdout.write('{"type": not JSON\nNVRM: something\nhalf a line without an end');
    say({ type: 'result', result: { id, runs: [7], outcome: 'measured', conditions: {} } });
  },
};

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const request = JSON.parse(line) as WorkerRequest;
    if (request.type !== 'run') return;
    const { id } = request.item;
    const [misbehaviour = '', victim] = request.folder.split(' ');
    if (victim === id) return misbehaviours[misbehaviour]?.(id);
    say({ type: 'progress', id, fraction: 0.5 });
    say({ type: 'result', result: { id, runs: [1, 2, 3, 4, process.pid], outcome: 'measured', conditions: {} } });
  })
  .on('close', () => process.exit(0));
