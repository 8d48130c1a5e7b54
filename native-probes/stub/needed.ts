/**
 * Programs a test needs beside `npm ci`: where one is missing, the test is skipped and says so; with
 * GAIB_ONBOARD_ALLOW_SKIP=0 (set where everything is installed) a missing one fails instead.
 */
import { spawnSync } from 'node:child_process';

/**
 * The first of `programs` that can be started, or nothing.
 *
 * @example describe.skipIf(!needed(['cc', 'gcc'], 'the stub of NVML is compiled'))('NVML', …)
 */
export function needed(programs: readonly string[], what: string, argument = '--version'): string | undefined {
  const found = programs.find((name) => spawnSync(name, [argument], { stdio: 'ignore' }).error === undefined);
  if (found !== undefined) return found;
  const sentence = `${programs.join(' or ')} is not installed, and with it ${what}`;
  if (process.env.GAIB_ONBOARD_ALLOW_SKIP === '0') throw new Error(`${sentence}: nothing may be skipped here.`);
  console.warn(`Skipped: ${sentence}.`);
  return undefined;
}
