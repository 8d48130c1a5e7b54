/** What an owner holds, earns and does with it after the run, through the API over the real program and chain. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { failureFrom } from '#api/client/api.ts';
import { localApi } from '#api/transports/local.ts';
import { entriesBeside } from '#composition/entries.ts';
import { homeAt } from '#composition/home.ts';
import { openProgram, type Program } from '#composition/program.ts';
import type { Receipt } from '#domain/receipt.ts';
import { onboardRecording, recording, scratch } from './command-line.ts';

const place = scratch();
let program: Program;
let api: ReturnType<typeof localApi>;
let receipt: Receipt;

beforeAll(async () => {
  const home = await place.home();
  receipt = JSON.parse((await onboardRecording(home)).stdout) as Receipt;
  program = openProgram({
    home: homeAt(home, {}),
    entries: entriesBeside(pathToFileURL(join(inject('program'), 'gaib-onboard.js')).href),
    environment: {},
    passphrase: {},
    practice: { path: recording },
    profile: 'quick',
  });
  api = localApi(program.context);
});
afterAll(async () => {
  await program?.close();
  place.remove();
});

const failing = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => failureFrom(error),
  );

describe('after a run', () => {
  test('the owner holds the deed, with its attestation, capacity and deal', async () => {
    const [asset, ...others] = await api.portfolio.assets.query();
    expect(others).toEqual([]);
    expect(asset).toMatchObject({
      deed: { id: receipt.deed.id, state: 'listed' },
      run: receipt.run.id,
      practice: true,
      capacity: { token: receipt.capacity.token },
      listing: { deal: receipt.listing.deal, state: 'funded', ownerClaimable: '0' },
    });
    expect(asset?.attestedUntil).toBeGreaterThan(Date.now() / 1000);
  });

  test('the pool shows the deal it paid, in its rate, its advance and its use', async () => {
    const pool = (await api.portfolio.pools.query()).find(({ address }) => address === receipt.listing.pool);
    expect(pool?.deals.map(({ address }) => address)).toEqual([receipt.listing.deal]);
    expect(pool?.lentAtBps).toBe(1_000);
    expect(BigInt(pool!.cash) + BigInt(pool!.deals[0]!.outstanding)).toBeLessThanOrEqual(BigInt(pool!.depositNav) + 1n);
    expect(pool?.utilisationBps).toBeGreaterThan(0);
  });

  test('three validators stand with equal weight, none jailed', async () => {
    const validators = await api.portfolio.validators.query();
    expect(validators.map(({ signer }) => signer).sort()).toEqual([...receipt.attestation.validators].sort());
    expect(validators.map(({ weightBps, jailed }) => [weightBps, jailed])).toEqual(Array(3).fill([3_333, false]));
  });

  test('what it earned is told payment by payment, and why it earns link by link', async () => {
    const { payments, claims, links, net } = await api.portfolio.earnings.query({ deed: receipt.deed.id });
    expect(payments.map(({ amount }) => amount)).toEqual([receipt.earnings.paid]);
    expect(payments[0]?.legs).toEqual(receipt.earnings.waterfall);
    expect(claims.map(({ amount }) => amount)).toEqual([receipt.earnings.ownerClaimed]);
    expect(links.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'hardware holds',
      'benchmark holds',
      'manifest holds',
      'deed holds',
      'pool holds',
      'payout holds',
    ]);
    expect(net.earned * 1e18).toBeCloseTo(Number(receipt.earnings.ownerClaimed), -6);
    expect(net.missing).toContain('The price of a kilowatt-hour is not set.');
    expect(net.netHigh).toBeNull();
  });

  test('net of power at a tariff and of gas at a price it is a range', async () => {
    const { net } = await api.portfolio.earnings.query({ deed: receipt.deed.id, tariff: 0.2, etherPrice: 3_000 });
    expect(net.netLow).toBeLessThanOrEqual(net.netHigh!);
    expect(net.netHigh).toBeLessThan(net.earned);
  });

  test('the calculator plans twelve instalments whose legs sum to what is paid', async () => {
    const plan = await api.portfolio.plan.query({ pool: receipt.listing.pool, units: 8 });
    expect(plan.payments).toHaveLength(12);
    for (const { amount, legs } of plan.payments)
      expect(legs.reduce((sum, leg) => sum + BigInt(leg.amount), 0n)).toBe(BigInt(amount));
    expect(plan.advance).toBe(receipt.listing.advanced);
  });

  test('nothing is left to claim, so a claim is refused before anything is signed', async () => {
    const failure = await failing(api.portfolio.planAct.mutate({ act: 'claim', deed: receipt.deed.id }));
    expect(failure?.code).toBe('chain.reverted');
    expect(failure?.found).toContain('nothing to claim');
  });

  test('a funded listing cannot be withdrawn, and the refusal says so', async () => {
    const failure = await failing(api.portfolio.planAct.mutate({ act: 'withdraw-listing', deed: receipt.deed.id }));
    expect(failure?.code).toBe('chain.reverted');
  });

  test('a deed nobody has is told apart', async () => {
    expect((await failing(api.portfolio.earnings.query({ deed: '7' })))?.code).toBe('verify.no_deed');
  });

  test('diagnostics hold no key, no passphrase and no signed transaction', async () => {
    const text = JSON.stringify(await api.diagnostics.get.query());
    expect(text).toContain(receipt.owner);
    expect(text).not.toContain('of a test');
    expect(text).not.toMatch(/ciphertext|"raw"/);
  });
});

describe('the owner’s key', () => {
  test('a backup of it opens with its passphrase, and is told from another’s', async () => {
    expect(await api.ownerKey.state.query()).toMatchObject({ address: receipt.owner, backupTried: false });
    const { keystore } = await api.ownerKey.backup.mutate();
    expect((await failing(api.ownerKey.tryBackup.mutate({ keystore, passphrase: 'not this' })))?.code).toBe(
      'key.wrong_passphrase',
    );
    expect(await api.ownerKey.tryBackup.mutate({ keystore, passphrase: 'of a test' })).toMatchObject({
      backupTried: true,
    });
    expect((await failing(api.ownerKey.create.mutate({ passphrase: 'long enough for one' })))?.code).toBe(
      'key.present',
    );
  });
});
