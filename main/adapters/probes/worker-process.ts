/**
 * One worker as a child process. It gets no more of the environment than tools need, speaks on one pipe up to a limit,
 * and is the head of its own process group, so that what it started dies with it.
 */
import { constants } from 'node:os';
import { nodeAt, type SpawnNode } from '#adapters/processes/spawn-node.ts';
import { printable } from '#probes/printable.ts';
import { maxMessageBytes } from '#probes/wire.ts';

/** How a worker's life came to an end, as far as the supervisor waited for it. */
export type Ending =
  | { how: 'exited'; code: number; stdout: Buffer; stderr: string }
  | { how: 'signalled'; signal: string; stderr: string }
  | { how: 'late' }
  | { how: 'cancelled' }
  | { how: 'flooded'; limitBytes: number }
  | { how: 'unstarted'; reason: string };

export type SpawnWorker = (
  args: readonly string[],
  limits: { limitMs: number; signal: AbortSignal },
) => Promise<Ending>;

/** What tools and drivers need to be found and to speak one language; nothing else of the environment goes in. */
const passedOn = ['PATH', 'LD_LIBRARY_PATH', 'SYSTEMROOT', 'SystemRoot', 'TMPDIR', 'TEMP'];

const stderrBytes = 4096;

/** The environment of a worker: little of this one, and one language. */
export function workerEnvironment(): Record<string, string> {
  const env: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

/** The worker runs on the Node at `nodePath`, on this process's own, or as the host's own starter has it. */
export function spawnNodeWorker(program: {
  workerEntry: string;
  nodePath?: string;
  spawnNode?: SpawnNode | undefined;
}): SpawnWorker {
  const start = program.spawnNode ?? nodeAt(program.nodePath ?? process.execPath);
  const env = workerEnvironment();
  return (args, { limitMs, signal }) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve({ how: 'cancelled' });
        return;
      }
      const windows = process.platform === 'win32';
      const child = start(program.workerEntry, args, {
        ...(windows ? {} : { cwd: '/' }),
        env,
        stdin: 'ignore',
        ownGroup: !windows,
      });
      const said: Buffer[] = [];
      let length = 0;
      let complaint = Buffer.alloc(0);
      const settle = (ending: Ending) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
        resolve(ending);
      };
      // Ends the group and lets go of every handle: a worker stuck in the kernel must not hold this process open.
      const abandon = (ending: Ending) => {
        killGroup(child.pid);
        child.stdout?.destroy();
        child.stderr?.destroy();
        child.unref();
        settle(ending);
      };
      const cancel = () => abandon({ how: 'cancelled' });
      const timer = setTimeout(() => abandon({ how: 'late' }), limitMs);
      signal.addEventListener('abort', cancel, { once: true });
      child.stdout?.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > maxMessageBytes) abandon({ how: 'flooded', limitBytes: maxMessageBytes });
        else said.push(chunk);
      });
      child.stderr?.on('data', (chunk: Buffer) => {
        complaint = Buffer.concat([complaint, chunk]).subarray(-stderrBytes);
      });
      child.on('error', (error: Error) => settle({ how: 'unstarted', reason: error.message }));
      child.on('close', (code: number | null, ended: string | null) => {
        // What the worker started and left behind goes with it.
        killGroup(child.pid);
        const stderr = lastLine(complaint.toString('utf8'));
        if (ended !== null) settle({ how: 'signalled', signal: signalName(ended), stderr });
        else settle({ how: 'exited', code: code ?? 1, stdout: Buffer.concat(said), stderr });
      });
    });
}

/** Ends a worker and all it started. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  // Its group where it heads one, and itself.
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // Gone already, or no group.
    }
  }
}

/** The last telling line of what a worker complained of. */
export function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => line !== '' && !line.startsWith('at ') && !line.startsWith('Node.js v'));
  return printable(telling.at(-1) ?? '', 200);
}

const meanings: Record<string, string> = {
  SIGSEGV: 'a fault in memory (SIGSEGV)',
  SIGABRT: 'its own abort (SIGABRT)',
  SIGBUS: 'a fault in memory (SIGBUS)',
  SIGILL: 'an instruction this processor does not have (SIGILL)',
  SIGFPE: 'a fault in arithmetic (SIGFPE)',
  SIGKILL: 'SIGKILL, by the system or a person',
  SIGTRAP: 'its own trap (SIGTRAP)',
};

/** A signal in words. */
export function signalName(signal: string): string {
  return meanings[signal] ?? (signal in constants.signals ? signal : `signal ${signal}`);
}
