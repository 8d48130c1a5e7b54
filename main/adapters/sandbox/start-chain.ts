/**
 * The embedded chain: anvil as a child process on a free loopback port, its state in one file that is written beside,
 * flushed and renamed, so that a kill at any moment leaves the last whole state. What happened after that state is
 * given to it again by the outbox, byte for byte.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { connectRpc } from '#adapters/chain/rpc.ts';
import { isRunning } from '#adapters/files/running-process.ts';
import { replaceFile } from '#adapters/files/write-durably.ts';
import { fail } from '#domain/failures/failure.ts';

export const sandboxChainId = 31_337;

export interface SandboxChain {
  endpoint: string;
  /** Writes the chain's state to the disk, after what is named; what was included before survives any kill after it. */
  persist(after: string): Promise<void>;
  stop(): Promise<void>;
}

const startMs = 15_000;

export interface StartOptions {
  /** Folder whose state is loaded; the chain's own where left out. */
  stateFolder?: string;
  crossed?: (point: string) => void;
}

/** @throws FailureError `chain.sandbox_broken` */
export async function startSandboxChain(folder: string, options: StartOptions = {}): Promise<SandboxChain> {
  const { crossed = () => {} } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await endStrayChain(folder);
  const state = join(options.stateFolder ?? folder, 'state.json');
  const isNew = !existsSync(state);
  const chain = spawnAnvil(folder, isNew ? undefined : state);
  crossed('sandbox chain spawned');
  try {
    const port = await listeningPort(chain, options.stateFolder === undefined ? chain.log : state);
    const endpoint = `http://127.0.0.1:${port}`;
    const known: KnownChain = { endpoint, pid: chain.pid, parent: process.pid };
    await replaceFile(join(folder, 'endpoint.json'), JSON.stringify(known));
    const rpc = connectRpc(endpoint);
    const persist = async (after: string) => {
      const dump = await rpc.call<string>('anvil_dumpState');
      crossed(`sandbox state after ${after} dumped`);
      const text = gunzipSync(Buffer.from(dump.slice(2), 'hex')).toString('utf8');
      await replaceFile(state, text, { beforeRename: () => crossed(`sandbox state after ${after} written`) });
      crossed(`sandbox state after ${after} renamed`);
    };
    if (isNew && options.stateFolder === undefined) {
      // A loaded state shows a block 0 of its own: a chain keeps its identity over a restart from block 1 on.
      await rpc.call('evm_mine');
      await persist('its first block');
    }
    return { endpoint, persist, stop: () => chain.stop() };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}

interface SpawnedAnvil {
  pid: number;
  log: string;
  /** How it ended, once it did. */
  ended(): string | undefined;
  stop(): Promise<void>;
}

function spawnAnvil(folder: string, state: string | undefined): SpawnedAnvil {
  const log = join(folder, 'chain.log');
  const output = openSync(log, 'w', 0o600);
  const words = ['--host', '127.0.0.1', '--port', '0', '--chain-id', String(sandboxChainId), '--accounts', '1'];
  const child = spawn(anvilBinary(), [...words, ...(state === undefined ? [] : ['--load-state', state])], {
    stdio: ['ignore', output, output],
    env: { PATH: process.env.PATH ?? '', HOME: folder },
    // A group of its own: Ctrl-C on the terminal is for the run, which ends its chain when it is done with it.
    detached: process.platform !== 'win32',
  });
  closeSync(output);
  if (child.pid !== undefined) endWithParent(child.pid);
  let ended: string | undefined;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, signal) => (ended = `it ended with ${signal ?? `status ${code}`}`));
  const kill = () => void child.kill('SIGKILL');
  process.on('exit', kill);
  return {
    pid: child.pid ?? 0,
    log,
    ended: () => ended,
    async stop() {
      process.off('exit', kill);
      rmSync(join(folder, 'endpoint.json'), { force: true });
      if (ended !== undefined) return;
      await new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
        setTimeout(kill, 2_000).unref();
      });
    },
  };
}

/** The endpoint of a sandbox chain that another process of this home keeps running, if it answers. */
export async function runningSandbox(folder: string): Promise<string | undefined> {
  const known = readEndpoint(folder);
  // A chain whose run was killed is about to end.
  if (known === undefined || !isRunning(known.parent)) return undefined;
  try {
    const id = await connectRpc(known.endpoint).call<string>('eth_chainId');
    return Number(id) === sandboxChainId ? known.endpoint : undefined;
  } catch {
    return undefined;
  }
}

export function anvilBinary(): string {
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  try {
    const require = createRequire(import.meta.url);
    const wrapper = require.resolve('@foundry-rs/anvil/package.json');
    return outsideArchive(createRequire(wrapper).resolve(`${name}/bin/anvil${suffix}`));
  } catch (error) {
    return fail('chain.sandbox_broken', {
      subject: 'anvil is not installed for this system',
      expected: `the npm package ${name}`,
      mend: 'Run npm ci without --omit=optional, on Linux, macOS or Windows, x64 or arm64.',
      cause: error,
    });
  }
}

/** In the packaged app modules are found inside its archive, and programs are started from the folder beside it. */
function outsideArchive(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
}

/** `culprit` is the file to look at where it does not start: a log that stays, or the state that was loaded. */
async function listeningPort({ log, ended }: SpawnedAnvil, culprit: string): Promise<number> {
  const end = Date.now() + startMs;
  for (;;) {
    const text = readFileSync(log, 'utf8');
    const match = /Listening on 127\.0\.0\.1:(\d+)/.exec(text);
    if (match) return Number(match[1]);
    const reason = ended() ?? (Date.now() > end ? `it did not listen within ${startMs / 1000} s` : undefined);
    if (reason !== undefined) {
      fail('chain.sandbox_broken', {
        subject: reason,
        found: text.trim().split('\n').slice(-3).join(' | ').slice(0, 500),
        mend: `Look at ${culprit}; gaib-onboard sandbox reset sets it aside and starts an empty chain.`,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** What `endpoint.json` says of a chain that runs. */
interface KnownChain {
  endpoint: string;
  pid: number;
  /** The process that started it. */
  parent: number;
}

function readEndpoint(folder: string): KnownChain | undefined {
  try {
    const known = JSON.parse(readFileSync(join(folder, 'endpoint.json'), 'utf8')) as Record<string, unknown>;
    const { endpoint, pid, parent } = known;
    if (typeof endpoint !== 'string' || typeof pid !== 'number' || typeof parent !== 'number') return undefined;
    return { endpoint, pid, parent };
  } catch {
    return undefined;
  }
}

/** A run that was killed outright may have left its chain; it holds the state this one is about to read. */
async function endStrayChain(folder: string): Promise<void> {
  const known = readEndpoint(folder);
  if (known === undefined || !isAnvil(known.pid)) return;
  try {
    process.kill(known.pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
  while (isAnvil(known.pid)) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isAnvil(pid: number): boolean {
  try {
    if (!isRunning(pid)) return false;
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('anvil');
  } catch {
    return false;
  }
}

/** Node cannot ask the kernel to end a child with its parent; a shell that looks once a second can. */
function endWithParent(pid: number): void {
  if (process.platform === 'win32') return;
  const script = `while kill -0 ${process.pid} 2>/dev/null && kill -0 ${pid} 2>/dev/null; do sleep 1; done; kill -9 ${pid} 2>/dev/null`;
  spawn('/bin/sh', ['-c', script], { stdio: 'ignore', detached: true }).unref();
}
