/** One benchmark worker process: started, spoken to, and ended with its children, whatever it does. */
import { createInterface } from 'node:readline';
import { nodeAt, type SpawnNode } from '#adapters/processes/spawn-node.ts';
import type { WorkerMessage, WorkerRequest } from '#probes/benchmarks/contract.ts';

export interface WorkerLocation {
  /** Source or bundle of the worker's entry. */
  workerEntry: string;
  /** Node to run it with; this process's own where left out. */
  nodePath?: string;
  /** The host's own way to start it. */
  spawnNode?: SpawnNode | undefined;
  /** Added to this process's own environment. */
  env?: Readonly<Record<string, string>>;
}

export interface WorkerConnection {
  send(request: WorkerRequest): void;
  /** The next message that `accepts` takes, and every one before it to `other`. Rejects when the worker ends first. */
  receive<Found extends WorkerMessage>(
    accepts: (message: WorkerMessage) => message is Found,
    other?: (message: WorkerMessage) => void,
  ): Promise<Found>;
  /** Ends the worker at once. */
  kill(): Promise<void>;
}

/** The worker went away before it answered. */
export class WorkerEnded extends Error {}

const errorTailLength = 400;

export function startWorker({
  workerEntry,
  nodePath = process.execPath,
  spawnNode = nodeAt(nodePath),
  env = {},
}: WorkerLocation): WorkerConnection {
  const child = spawnNode(workerEntry, [], { stdin: 'pipe', env: { ...process.env, ...env } });
  let listener: ((message: WorkerMessage) => void) | undefined;
  let refuse: ((reason: WorkerEnded) => void) | undefined;
  let ended: WorkerEnded | undefined;
  let errorTail = '';
  const waiting: WorkerMessage[] = [];

  const gone = (reason: string) => {
    ended ??= new WorkerEnded(reason);
    refuse?.(ended);
  };
  child.on('error', (error: Error) => gone(`could not be started: ${error.message}`));
  child.on('close', (code: number | null, signal: string | null) => gone(endOf(code, signal, errorTail)));
  child.stdin?.on('error', () => undefined);
  child.stderr?.on('data', (chunk: Buffer) => {
    errorTail = (errorTail + chunk.toString('utf8')).slice(-errorTailLength);
  });
  if (child.stdout === null) throw new Error('the worker has no output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = messageOf(line);
    if (message === undefined) return;
    if (listener === undefined) waiting.push(message);
    else listener(message);
  });

  return {
    send: (request) => void child.stdin?.write(`${JSON.stringify(request)}\n`),
    receive: (accepts, other) =>
      new Promise((resolve, reject) => {
        const settle = (finish: () => void) => {
          listener = undefined;
          refuse = undefined;
          finish();
        };
        refuse = (reason) => settle(() => reject(reason));
        listener = (message) => {
          if (accepts(message)) settle(() => resolve(message));
          else other?.(message);
        };
        while (listener !== undefined && waiting.length > 0) {
          const next = waiting.shift();
          if (next !== undefined) listener(next);
        }
        if (listener !== undefined && ended !== undefined) refuse(ended);
      }),
    kill: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

/** Lines that a driver printed are passed over. */
function messageOf(line: string): WorkerMessage | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    const known = typeof parsed === 'object' && parsed !== null && 'type' in parsed && typeof parsed.type === 'string';
    return known ? (parsed as WorkerMessage) : undefined;
  } catch {
    return undefined;
  }
}

function endOf(code: number | null, signal: string | null, errorTail: string): string {
  const last = errorTail
    .trim()
    .split('\n')
    .filter((line) => /Error|error|fatal/.test(line))
    .at(-1);
  const how = signal === null ? `ended with status ${code}` : `was ended by ${signal}`;
  return last === undefined ? how : `${how}: ${last.trim()}`;
}
