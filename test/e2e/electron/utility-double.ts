/**
 * TEST DOUBLE of Electron's utility process: a child process on this Node, without standard input and with
 * `process.parentPort`, put there before the program begins.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';

const parentPort = `data:text/javascript,${encodeURIComponent(`
  import { EventEmitter } from 'node:events';
  const port = new EventEmitter();
  port.on('newListener', (name) => {
    if (name === 'message' && port.listenerCount('message') === 0)
      process.on('message', (data) => port.emit('message', { data, ports: [] }));
  });
  process.parentPort = port;
`)}`;

class DoubleUtility extends EventEmitter {
  readonly #child: ChildProcess;
  readonly stdout;
  readonly stderr;
  constructor(child: ChildProcess) {
    super();
    this.#child = child;
    this.stdout = child.stdout;
    this.stderr = child.stderr;
    child.on('exit', (code, signal) => this.emit('exit', code ?? (signal === 'SIGTERM' ? 15 : 9)));
  }
  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }
  postMessage(message: string): void {
    if (this.#child.connected) this.#child.send(message);
  }
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

export function forkDouble(
  entry: string,
  args: string[],
  options: { env: Record<string, string>; cwd?: string; execArgv: string[] },
): DoubleUtility {
  const words = ['--disable-warning=ExperimentalWarning', '--import', parentPort, ...options.execArgv, entry, ...args];
  const child = spawn(process.execPath, words, {
    env: options.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return new DoubleUtility(child);
}
