/**
 * Crash points for the tests that stop this program everywhere.
 *
 *     GAIB_ONBOARD_CRASH_TRACE=file          lists every point crossed, so that the tests find the points by themselves
 *     GAIB_ONBOARD_CRASH_AT=point:k          stops the k-th time the point is crossed
 *     GAIB_ONBOARD_CRASH_AT=unseen           stops at the first point that is not in the trace yet
 *     GAIB_ONBOARD_CRASH_SIGNAL=SIGSTOP      stops by this signal in the place of SIGKILL
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export type Crossed = (point: string) => void;

export function crashPoints(environment: NodeJS.ProcessEnv): Crossed {
  const { GAIB_ONBOARD_CRASH_AT: target, GAIB_ONBOARD_CRASH_TRACE: trace } = environment;
  if (target === undefined && trace === undefined) return () => {};
  const signal = (environment.GAIB_ONBOARD_CRASH_SIGNAL ?? 'SIGKILL') as NodeJS.Signals;
  const seen = new Set(trace === undefined ? [] : pointsIn(trace));
  const crossed = new Map<string, number>();
  return (point) => {
    const count = (crossed.get(point) ?? 0) + 1;
    crossed.set(point, count);
    if (trace !== undefined) appendFileSync(trace, `${point}:${count}\n`);
    const isMeant = target === 'unseen' ? !seen.has(point) : target === `${point}:${count}`;
    if (!isMeant) return;
    // A signal that does not end the process stops it at this point once.
    seen.add(point);
    process.kill(process.pid, signal);
  };
}

function pointsIn(trace: string): string[] {
  if (!existsSync(trace)) return [];
  return readFileSync(trace, 'utf8')
    .split('\n')
    .map((line) => line.replace(/:\d+$/, ''));
}
