/**
 * Our own programs as utility processes of Electron, in the shape of child processes: with the switch that lets Electron
 * be a Node turned off, nothing else runs Node code. They have no standard input, so what is written there goes over
 * their port, line by line; and Electron tells their exit code only, never the signal.
 */
import { EventEmitter } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import type { NodeChild, SpawnNode } from '#adapters/processes/spawn-node.ts';

/** As much of Electron's UtilityProcess as is used. */
export interface UtilityProcess extends EventEmitter {
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  postMessage(message: string): void;
  kill(): boolean;
}

export type Fork = (
  entry: string,
  args: string[],
  options: { env: Record<string, string>; cwd?: string; execArgv: string[]; stdio: 'pipe'; serviceName: string },
) => UtilityProcess;

/** How long output may lag behind the exit it belongs to. */
const lagMs = 1_000;

/** @example entriesBeside(url, utilityStarter((entry, args, options) => utilityProcess.fork(entry, args, options))); */
export function utilityStarter(fork: Fork): SpawnNode {
  return (entry, args, { env, cwd, stdin, stderrFile, heapMiB }) => {
    const process = fork(entry, [...args], {
      env: Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)),
      ...(cwd === undefined ? {} : { cwd }),
      execArgv: heapMiB === undefined ? [] : [`--max-old-space-size=${heapMiB}`],
      stdio: 'pipe',
      serviceName: 'GAIB Onboard worker',
    });
    if (stderrFile !== undefined) process.stderr?.pipe(createWriteStream(stderrFile, { mode: 0o600 }));
    return new UtilityChild(process, stdin === 'pipe') as NodeChild;
  };
}

class UtilityChild extends EventEmitter {
  readonly stdin: Writable | null;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  readonly #process: UtilityProcess;

  constructor(process: UtilityProcess, hasInput: boolean) {
    super();
    this.#process = process;
    this.stdout = process.stdout;
    this.stderr = process.stderr;
    this.stdin = hasInput ? linesTo(process) : null;
    const drained = Promise.all([ended(process.stdout), ended(process.stderr)]);
    process.on('exit', (code: number) => {
      if (this.signalCode === null) this.exitCode = code;
      const how = [this.exitCode, this.signalCode] as const;
      this.emit('exit', ...how);
      const late = new Promise((resolve) => setTimeout(resolve, lagMs));
      void Promise.race([drained, late]).then(() => this.emit('close', ...how));
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  kill(signal?: NodeJS.Signals): boolean {
    const { pid } = this.#process;
    if (signal !== 'SIGKILL' || pid === undefined) return this.#process.kill();
    this.signalCode = 'SIGKILL';
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false;
    }
  }

  /** Nothing to let go of: a utility process never holds the app open. */
  unref(): void {}
}

/** Whole lines go over the port; the end of the input ends the process. */
function linesTo(process: UtilityProcess): Writable {
  let rest = '';
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) process.postMessage(line);
      done();
    },
    final(done) {
      process.kill();
      done();
    },
  });
}

function ended(stream: NodeJS.ReadableStream | null): Promise<void> {
  return new Promise((resolve) => {
    if (stream === null) return resolve();
    stream.once('end', resolve);
    stream.once('close', resolve);
  });
}
