import { describe, expect, test } from 'vitest';
import type { ApprovalRequest } from '#domain/approval.ts';
import { FailureError, failure } from '#domain/failures/failure.ts';
import type { NewRunEvent } from '#domain/run.ts';
import { openApprovals } from './approvals.ts';

const request: ApprovalRequest = {
  id: 'deed: deed',
  step: 'deed',
  kind: 'transaction',
  intent: 'Register the asset and mint its deed',
  undo: 'The deed can be retired.',
  contract: { name: 'AssetRegistry', address: '0x0165878A594ca255338adfa4d48449f69242Eb8F', chainId: 31_337 },
  call: 'register',
  fields: [],
};

function open(policy: 'all' | 'each') {
  const told: NewRunEvent[] = [];
  const abort = new AbortController();
  const approvals = openApprovals({
    policy,
    run: () => 'run-1',
    signal: abort.signal,
    tell: async (event) => void told.push(event),
  });
  return { told, abort, approvals };
}

const codeOf = (work: Promise<void>) =>
  work.then(
    () => 'agreed',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );

describe('the owner’s say', () => {
  test('is asked for once, as an event, and lets the run go on', async () => {
    const { told, approvals } = open('each');
    const asked = codeOf(approvals.ask(request));
    approvals.answer('deed: another', true);
    approvals.answer(request.id, true);
    expect(await asked).toBe('agreed');
    expect(told.map(({ type }) => type)).toEqual(['approval', 'answered']);
  });

  test('ends the run where it is no', async () => {
    const { told, approvals } = open('each');
    const asked = codeOf(approvals.ask(request));
    approvals.answer(request.id, false);
    expect(await asked).toBe('approval.refused');
    expect(told.at(-1)).toMatchObject({ type: 'answered', approved: false });
  });

  test('is not waited for once the run is stopped', async () => {
    const { abort, approvals } = open('each');
    const asked = codeOf(approvals.ask(request));
    abort.abort(new FailureError(failure('run.cancelled')));
    expect(await asked).toBe('run.cancelled');
    expect(await codeOf(approvals.ask(request))).toBe('run.cancelled');
  });

  test('given beforehand asks nothing', async () => {
    const { told, approvals } = open('all');
    expect(await codeOf(approvals.ask(request))).toBe('agreed');
    expect(told).toEqual([]);
  });
});
