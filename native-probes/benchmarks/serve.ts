/** The worker's side of the conversation with its supervisor: one JSON object a line, over its parent's line and stdout. */
import { linesFromParent } from '../parent-lines.ts';
import type { BenchmarkItem, BenchmarkResult, WorkerExtension, WorkerMessage, WorkerRequest } from './contract.ts';
import { benchmarks } from './registry.ts';

export interface ServeOptions {
  /** Module that kernel threads start with: the entry itself. */
  threadEntry: URL;
  /** Further work that this process does, by name. */
  extensions?: Readonly<Record<string, WorkerExtension>>;
}

/** The longest request: a work proof's parameters and openings, with much room. */
const maxRequestLength = 16 * 2 ** 20;

/** Answers requests until nobody is there to ask; a supervisor that is gone takes the worker with it. */
export function serve({ threadEntry, extensions = {} }: ServeOptions): void {
  let current: AbortController | undefined;

  async function run(request: Extract<WorkerRequest, { type: 'run' }>): Promise<void> {
    const { item, device, seed, profile, folder } = request;
    const controller = new AbortController();
    current = controller;
    let told = 0;
    const progress = (fraction: number) => {
      const now = performance.now();
      if (now - told < 100 && fraction < 1) return;
      told = now;
      send({ type: 'progress', id: item.id, fraction });
    };
    const benchmark = benchmarks[item.id];
    try {
      if (benchmark === undefined) throw new Error(`there is no benchmark ${item.id}`);
      const { signal } = controller;
      const answer = await benchmark({ device, seed, profile, folder, threadEntry, signal, progress });
      send({ type: 'result', result: { ...named(item), ...answer } });
    } catch (error) {
      const sentence = controller.signal.aborted ? 'Stopped before it was done.' : `It failed: ${reasonOf(error)}.`;
      send({ type: 'result', result: { ...named(item), outcome: 'failed', sentence, runs: [], conditions: {} } });
    } finally {
      current = undefined;
    }
  }

  async function extend({ name, body }: Extract<WorkerRequest, { type: 'extension' }>): Promise<void> {
    const controller = new AbortController();
    current = controller;
    try {
      const extension = extensions[name];
      if (extension === undefined) throw new Error(`this worker does not know ${name}`);
      const progress = (fraction: number) => send({ type: 'progress', id: name, fraction });
      send({ type: 'answer', name, body: await extension(body, { signal: controller.signal, progress }) });
    } catch (error) {
      send({ type: 'refused', name, sentence: reasonOf(error) });
    } finally {
      current = undefined;
    }
  }

  const hear = (line: string) => {
    const request = JSON.parse(line) as WorkerRequest;
    if (request.type === 'cancel') current?.abort(new Error('stopped'));
    else if (request.type === 'run') void run(request);
    else if (request.type === 'extension') void extend(request);
  };
  linesFromParent(hear, () => process.exit(0), maxRequestLength);
  send({ type: 'ready' });
}

/** A line of its own even where a driver has printed half a line before it. */
function send(message: WorkerMessage): void {
  process.stdout.write(`\n${JSON.stringify(message)}\n`);
}

function named({ id, subject, what, unit }: BenchmarkItem): Pick<BenchmarkResult, 'id' | 'subject' | 'what' | 'unit'> {
  return { id, subject, what, unit };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
