/** One line of a verification: held, or broken with its failure. */
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { type FailureDetails, failure } from '#domain/failures/failure.ts';
import type { Check } from '#domain/verification.ts';

export const held = (id: string, what: string, seen?: string): Check => ({
  id,
  what,
  outcome: 'holds',
  ...(seen === undefined ? {} : { seen }),
});

export function broken(id: string, what: string, code: FailureCode, details: FailureDetails): Check {
  return { id, what, outcome: 'fails', failure: failure(code, details) };
}

export function compare(id: string, what: string, code: FailureCode, holds: boolean, details: FailureDetails): Check {
  return holds ? held(id, what, details.found) : broken(id, what, code, details);
}

export const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
