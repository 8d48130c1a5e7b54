/** The calculator's arithmetic against a real vault: paid early, late, too little and too much, over two years. */
import { Contract, type EventLog, Interface } from 'ethers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calculatorTerms } from '#adapters/chain/deal-terms.ts';
import { sandboxDeployment } from '#adapters/chain/deploy-system.ts';
import { AIDAbi } from '#adapters/chain/generated/AID.ts';
import { DealVaultAbi } from '#adapters/chain/generated/DealVault.ts';
import { sandboxAccount } from '#adapters/chain/sandbox-accounts.ts';
import { type DealState, fundedDeal, type PaymentLegs, payDeal } from '#core/earnings/waterfall.ts';
import type { Receipt } from '#domain/receipt.ts';
import { contracts, type PlainChain, startAnvil } from './chain-reader.ts';
import { onboardRecording, scratch } from './command-line.ts';

const place = scratch();
const day = 86_400n;
const dollar = 10n ** 18n;
let chain: PlainChain;
let deal: string;

beforeAll(async () => {
  const home = await place.home();
  const receipt = JSON.parse((await onboardRecording(home)).stdout) as Receipt;
  deal = receipt.listing.deal;
  chain = await startAnvil({ home });
});
afterAll(async () => {
  await chain?.stop();
  place.remove();
});

/** A call in the name of an account of the sandbox, which anvil lets anyone take. */
async function as(from: string, to: string, abi: Interface, method: string, args: unknown[]): Promise<void> {
  const { provider } = chain;
  await provider.send('anvil_impersonateAccount', [from]);
  await provider.send('anvil_setBalance', [from, '0xde0b6b3a7640000']);
  const hash = await provider.send('eth_sendTransaction', [
    { from, to, data: abi.encodeFunctionData(method, args), gas: '0x4c4b40' },
  ]);
  const receipt = await provider.waitForTransaction(hash);
  expect(receipt?.status, method).toBe(1);
}

test('every leg is the contract’s, to the last unit', async () => {
  const { provider } = chain;
  const vault = contracts(chain).vault(deal);
  const terms = calculatorTerms(
    (await vault.terms!()).toObject() as Record<string, unknown>,
    (await vault.fees!()).toObject() as Record<string, unknown>,
  );
  const customer = sandboxAccount('customer').address;
  const [funded] = (await vault.queryFilter(vault.filters.Funded!(), 0)) as EventLog[];
  const { state: start, advance } = fundedDeal(terms, BigInt((await funded!.getBlock()).timestamp));
  expect(advance).toBe(funded!.args.toOwner);

  const payments: [bigint, bigint][] = [
    [3n, 1n * dollar],
    [31n, 900n * dollar],
    [75n, 17n],
    [120n, 4_000n * dollar + 7n],
    [365n, 250n * dollar],
    [730n, 20_000n * dollar],
  ];
  for (const [after, amount] of payments) {
    await as(sandboxAccount('admin').address, sandboxDeployment.dollar, new Interface(AIDAbi), 'mint', [
      customer,
      amount,
    ]);
    await as(customer, sandboxDeployment.dollar, new Interface(AIDAbi), 'approve', [deal, amount]);
    await provider.send('evm_setNextBlockTimestamp', [Number(start.fundedAt + after * day)]);
    await as(customer, deal, new Interface(DealVaultAbi), 'pay', [0, amount]);
  }

  let state: DealState = start;
  const paid = (await vault.queryFilter(vault.filters.Paid!(), 0)) as EventLog[];
  expect(paid).toHaveLength(payments.length + 1);
  for (const log of paid) {
    const at = BigInt((await log.getBlock()).timestamp);
    const planned = payDeal(terms, state, { cash: BigInt(log.args.amount), at });
    const { kept, ...legs } = planned.legs;
    for (const [leg, value] of Object.entries(legs)) expect(value, leg).toBe(BigInt(log.args.legs[leg]));
    expect(total(planned.legs)).toBe(BigInt(log.args.amount));
    state = planned.state;
  }
  const balances = await new Contract(deal, DealVaultAbi, provider).balances!();
  expect(state.principal).toBe(BigInt(balances.principal));
  expect(state.reserve).toBe(BigInt(balances.reserve));
});

const total = (legs: PaymentLegs) => Object.values(legs).reduce((sum, value) => sum + value, 0n);
