/** A failure as a person reads it: what happened, what was expected and found, what to do. */
import type { Failure } from '#domain/failures/failure.ts';
import { plain, styled, type Terminal } from './terminal.ts';

export function printFailure(terminal: Terminal, failure: Failure): void {
  terminal.say(`${styled(terminal, 'red', '✗')} ${styled(terminal, 'bold', plain(failure.what))}`);
  if (failure.expected !== undefined) terminal.say(`  expected  ${plain(failure.expected)}`);
  if (failure.found !== undefined) terminal.say(`  found     ${plain(failure.found)}`);
  terminal.say(`  to do     ${plain(failure.mend)}`);
  terminal.say(styled(terminal, 'dim', `  code      ${failure.code}, exit ${failure.exit}`));
}
