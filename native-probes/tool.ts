/** Starts a maker's tool and hands back what it said. Never more than a limit, never with a shell. */
import { execFile } from 'node:child_process';
import { printable } from './printable.ts';

export type ToolAnswer = { state: 'said'; text: string } | { state: 'missing' } | { state: 'failed'; reason: string };

/** @example const answer = await askTool('rocm-smi', ['-a', '--json'], signal); */
export function askTool(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
  limits: { bytes?: number; ms?: number } = {},
): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    execFile(
      program,
      [...args],
      {
        signal,
        maxBuffer: limits.bytes ?? 4 * 1_048_576,
        timeout: limits.ms ?? 12_000,
        killSignal: 'SIGKILL',
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
      (error, stdout, stderr) => {
        if (error === null) {
          resolve({ state: 'said', text: stdout });
          return;
        }
        if (error.code === 'ENOENT') resolve({ state: 'missing' });
        // Some tools end with a status of their own and have said everything all the same.
        else if (typeof error.code === 'number' && /^\s*[[{]/.test(stdout)) resolve({ state: 'said', text: stdout });
        else resolve({ state: 'failed', reason: printable(stderr || stdout || error.message, 200) });
      },
    );
  });
}
