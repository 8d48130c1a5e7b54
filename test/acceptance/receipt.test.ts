/** The receipt, read back from the chain with plain ethers. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '#domain/receipt.ts';
import { contracts, countOn, once, type PlainChain, startAnvil } from './chain-reader.ts';
import { filesIn, gaibOnboard, type Outcome, onboardRecording, scratch } from './command-line.ts';

const place = scratch();
let home: string;
let first: Outcome;
let receipt: Receipt;
let chain: PlainChain;

beforeAll(async () => {
  home = await place.home();
  first = await onboardRecording(home);
  expect(first.stderr).toContain('Receive one epoch of earnings');
  receipt = JSON.parse(first.stdout) as Receipt;
  chain = await startAnvil({ home });
});
afterAll(async () => {
  await chain?.stop();
  place.remove();
});

describe('the receipt of a run', () => {
  test('names a deed that its owner holds', async () => {
    const { registry } = contracts(chain);
    expect(await registry.ownerOf!(receipt.deed.id)).toBe(receipt.owner);
    expect(String(await registry.deedOf!(receipt.asset.key))).toBe(receipt.deed.id);
    expect((await registry.record!(receipt.deed.id)).manifestRoot).toBe(receipt.manifestRoot);
  });

  test('names capacity that is in the owner’s account, to the last unit', async () => {
    const token = contracts(chain).token(receipt.capacity.token);
    expect(String(await token.balanceOf!(receipt.owner))).toBe(receipt.capacity.minted);
    expect(String(await token.totalSupply!())).toBe(receipt.capacity.minted);
  });

  test('names the deal under which the deed is listed, in a pool that has assets', async () => {
    const { desk, pool, vault } = contracts(chain);
    expect(await desk.dealOf!(receipt.deed.id)).toBe(receipt.listing.deal);
    expect(await pool.totalAssets!()).toBeGreaterThan(0n);
    expect(String((await vault(receipt.listing.deal).balances!()).received)).toBe(receipt.earnings.paid);
  });

  test('stands for one of each: deed, mint, listing, advance, payment, claim', async () => {
    expect(await countOn(chain)).toEqual(once);
  });

  test('sums to the gas that its transactions cost on the chain', async () => {
    let used = 0n;
    for (const { hash, state } of receipt.run.steps.flatMap(({ transactions }) => transactions)) {
      expect(state).toBe('final');
      used += (await chain.provider.getTransactionReceipt(hash))!.gasUsed;
    }
    expect(receipt.gas.used).toBe(used.toString());
  });

  test('waterfall legs add up to what was paid in', () => {
    const legs = receipt.earnings.waterfall.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
    expect(legs.toString()).toBe(receipt.earnings.paid);
  });

  test('is the same on paper and on standard output, and labelled as practice', () => {
    expect(filesIn(`${home}.out`)).toEqual(['manifest.json', 'receipt.json']);
    expect(JSON.parse(readFileSync(`${home}.out/receipt.json`, 'utf8'))).toEqual(receipt);
    expect(receipt.practice).toBe(true);
  });

  test('stays the same when the same command is given again, and nothing is done twice', async () => {
    const again = await onboardRecording(home);
    expect(again.status).toBe(0);
    expect(again.stderr).toContain('Nothing is done twice.');
    expect(JSON.parse(again.stdout)).toEqual(receipt);
    const after = await startAnvil({ home });
    try {
      expect(await countOn(after)).toEqual(once);
    } finally {
      await after.stop();
    }
  });

  test('goes with a manifest that verify finds to hold', async () => {
    const { status, stdout } = await gaibOnboard(['verify', `${home}.out/manifest.json`, '--home', home]);
    expect(stdout).toContain('Everything holds.');
    expect(status).toBe(0);
  });
});
