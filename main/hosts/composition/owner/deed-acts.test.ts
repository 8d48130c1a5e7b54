import { expect, test } from 'vitest';
import type { ApprovalRequest } from '#domain/approval.ts';
import { FailureError } from '#domain/failures/failure.ts';
import type { Approvals } from '#ports/approvals.ts';
import type { Journal } from '#ports/journal.ts';
import type { Network } from '#ports/network.ts';
import { performAct, planAct, type WithNetwork } from './deed-acts.ts';

const claim: ApprovalRequest = {
  id: 'earnings: claim',
  step: 'earnings',
  kind: 'transaction',
  intent: 'Claim what the deal holds for you',
  undo: 'What was claimed is yours.',
  contract: { name: 'DealVault', address: '0x6F1216D1BFe15c98520CA1434FC1d9D57AC95321', chainId: 31_337 },
  call: 'claim',
  fields: [],
  cost: { gasLimit: '50000', maxFeePerGas: '2', most: '100000', value: '0' },
};

/** A network whose claim asks for `request`, and says whether it was signed. */
function networkAsking(request: ApprovalRequest): { withNetwork: WithNetwork; signed: () => boolean } {
  let signed = false;
  const network = (approvals: Approvals) =>
    ({
      prepare: async () => undefined,
      terms: () => undefined,
      chain: {
        listingOf: async () => ({ deal: claim.contract.address, paidIn: '5', ownerClaimed: '0' }),
        claim: async () => {
          await approvals.ask(request);
          signed = true;
          return { hash: '0x1' };
        },
      },
    }) as unknown as Network;
  const journal = {
    runs: async () => [{ id: 'run-1' }],
    outcome: async (_: string, step: string) => (step === 'deed' ? { id: '7' } : undefined),
  } as unknown as Journal;
  return {
    withNetwork: (approvals, work) => work(network(approvals), journal, '0x0'),
    signed: () => signed,
  };
}

const act = { act: 'claim', deed: '7' } as const;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );

test('a plan shows what would be signed, and signs nothing', async () => {
  const { withNetwork, signed } = networkAsking(claim);
  expect(await planAct(act, withNetwork)).toEqual(claim);
  expect(signed()).toBe(false);
});

test.each([
  ['the same', claim, 'done'],
  ['the same for less', { ...claim, cost: { ...claim.cost, most: '90000' } }, 'done'],
  ['the same for more than was shown', { ...claim, cost: { ...claim.cost, most: '100001' } }, 'approval.refused'],
  ['another call', { ...claim, call: 'withdraw' }, 'approval.refused'],
  ['another contract', { ...claim, contract: { ...claim.contract, chainId: 1 } }, 'approval.refused'],
])('what was agreed to is held against what is signed: %s', async (_, asked, outcome) => {
  const { withNetwork, signed } = networkAsking(asked as ApprovalRequest);
  expect(await codeOf(performAct(act, claim, withNetwork))).toBe(outcome);
  expect(signed()).toBe(outcome === 'done');
});
