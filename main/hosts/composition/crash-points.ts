/**
 * Crash points for the tests that kill this program everywhere: `GAIB_ONBOARD_CRASH_AT="point:k"` ends the process with
 * SIGKILL the k-th time it crosses the point; `GAIB_ONBOARD_CRASH_TRACE=file` lists every point crossed, so that the
 * tests find the points by themselves.
 */
import { appendFileSync } from 'node:fs';

export function crashPoints(environment: NodeJS.ProcessEnv): (point: string) => void {
  const { GAIB_ONBOARD_CRASH_AT: target, GAIB_ONBOARD_CRASH_TRACE: trace } = environment;
  if (target === undefined && trace === undefined) return () => {};
  const crossed = new Map<string, number>();
  return (point) => {
    const count = (crossed.get(point) ?? 0) + 1;
    crossed.set(point, count);
    if (trace !== undefined) appendFileSync(trace, `${point}:${count}\n`);
    if (target === `${point}:${count}`) process.kill(process.pid, 'SIGKILL');
  };
}
