/** The outbox over a real chain (anvil) and a real journal. A kill is played by a crash point that throws. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SandboxChain, startSandboxChain } from '#adapters/sandbox/start-chain.ts';
import { openJournal } from '#adapters/store/open-journal.ts';
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { failureOf } from '#domain/failures/failure.ts';
import type { Journal } from '#ports/journal.ts';
import { contractErrors } from './contracts.ts';
import { fundSandboxRoles } from './deploy-system.ts';
import { genesisOf } from './genesis.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { connectRpc, type Rpc } from './rpc.ts';
import { sandboxAccount } from './sandbox-accounts.ts';

const owner = sandboxAccount('investor');
const counter = '0x00000000000000000000000000000000000c0de0';
const clock = { now: () => new Date() };
/** Adds one to slot 0. */
const counts = '0x600160005401600055';
/** The first call notes the time in slot 0; each one after writes as many slots as seconds have gone by since. */
const grows =
  '0x60005480' + '15601d57' + '4203' + '5b8015601b57' + '600181556001900360' + '0a56' + '5b00' + '5b4260005500';
const refuses = '0x60006000fd';

let folder: string;
let chain: SandboxChain;
let rpc: Rpc;
let before: string;
let journal: Journal;
let run: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gaib-outbox-'));
  chain = await startSandboxChain(folder);
  rpc = connectRpc(chain.endpoint);
  await fundSandboxRoles(rpc);
  await rpc.call('anvil_setCode', [counter, counts]);
});
afterAll(async () => {
  await chain?.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  before = await rpc.call<string>('evm_snapshot');
  journal = openJournal(join(folder, `${before}.sqlite`), clock);
  run = (await journal.openRun({ network: 'sandbox', genesis: await genesisOf(rpc), subject: 'machine' }, false)).id;
});
afterEach(async () => {
  journal.close();
  await rpc.call('evm_revert', [before]);
});

/** Opens the same journal again, as the next process does; `killAt` names a point that throws. */
function reopenJournal(killAt?: string): void {
  journal.close();
  journal = openJournal(join(folder, `${before}.sqlite`), clock, (point) => {
    if (point === killAt) throw new Error('killed');
  });
}

async function outbox(options: { killAt?: string; inclusionMs?: number } = {}): Promise<Outbox> {
  return openOutbox({
    rpc,
    journal,
    clock,
    genesis: await genesisOf(rpc),
    chainId: 31_337,
    errors: contractErrors,
    inclusionMs: options.inclusionMs ?? 5_000,
    finalize: async () => true,
    crossed(point) {
      if (point === options.killAt) throw new Error('killed');
    },
  });
}

const errand = (purpose = 'count') => ({ run, step: 'deed' as const, purpose });
const call = { to: counter, data: '0x' };
const counted = async () => Number(await rpc.call<string>('eth_getStorageAt', [counter, '0x0', 'latest']));
const codeOf = (work: Promise<unknown>): Promise<FailureCode | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => failureOf(error).code,
  );

describe('the outbox', () => {
  test('sends a purpose once, however often it is asked', async () => {
    const box = await outbox();
    const first = await box.send(errand(), owner, call);
    expect(first.transaction).toMatchObject({ state: 'final', nonce: 0 });
    const again = await box.send(errand(), owner, call);
    expect(again.transaction.hash).toBe(first.transaction.hash);
    expect(await counted()).toBe(1);
  });

  test('signs nothing that the contract refuses, and says why', async () => {
    await rpc.call('anvil_setCode', [counter, refuses]);
    expect(await codeOf((await outbox()).send(errand(), owner, call))).toBe('chain.reverted');
    expect(await journal.transactionsOf(run)).toEqual([]);
  });

  test.each(['outbox count signed', 'journal count signed', 'outbox count broadcast', 'journal count sent'])(
    'killed at "%s" goes on to one transaction',
    async (killAt) => {
      reopenJournal(killAt);
      await expect((await outbox({ killAt })).send(errand(), owner, call)).rejects.toThrow('killed');
      reopenJournal();
      const { transaction } = await (await outbox()).send(errand(), owner, call);
      expect(transaction).toMatchObject({ state: 'final', nonce: 0 });
      expect(await counted()).toBe(1);
      expect(await journal.transactionsOf(run)).toHaveLength(1);
    },
  );

  test('gives a chain that lost its last blocks the same bytes again, in their order', async () => {
    const early = await rpc.call<string>('evm_snapshot');
    const sent = [];
    for (const purpose of ['one', 'two', 'three']) {
      sent.push((await (await outbox()).send(errand(purpose), owner, call)).transaction.hash);
    }
    await rpc.call('evm_revert', [early]);
    expect(await counted()).toBe(0);
    const box = await outbox();
    expect(await box.settle()).toBe(3);
    expect(await counted()).toBe(3);
    expect((await journal.transactionsOf(run)).map(({ hash }) => hash)).toEqual(sent);
    expect(await box.settle()).toBe(0);
  });

  test('refuses to go on where the key was used elsewhere', async () => {
    await expect((await outbox({ killAt: 'outbox count broadcast' })).send(errand(), owner, call)).rejects.toThrow();
    await rpc.call('evm_revert', [before]);
    before = await rpc.call<string>('evm_snapshot');
    // Another program with the same key was faster with the same nonce.
    const other = await owner.signTransaction({
      chainId: 31_337,
      nonce: 0,
      to: counter,
      gasLimit: 100_000n,
      gasPrice: 2_000_000_000n,
    });
    await rpc.call('eth_sendRawTransaction', [other]);
    expect(await codeOf((await outbox()).send(errand(), owner, call))).toBe('chain.diverged');
    expect(await counted()).toBe(1);
  });

  test('signs another one only after one that was included and reverted', async () => {
    await expect((await outbox({ killAt: 'outbox count broadcast' })).send(errand(), owner, call)).rejects.toThrow();
    await rpc.call('evm_revert', [before]);
    before = await rpc.call<string>('evm_snapshot');
    // What was signed is refused now: the time for it has gone by.
    await rpc.call('anvil_setCode', [counter, refuses]);
    const box = await outbox();
    expect(await box.settle()).toBe(1);
    expect((await journal.transactionsOf(run)).map(({ state }) => state)).toEqual(['reverted']);
    expect(await codeOf(box.send(errand(), owner, call))).toBe('chain.reverted');
    await rpc.call('anvil_setCode', [counter, counts]);
    const { transaction } = await box.send(errand(), owner, call);
    expect(transaction).toMatchObject({ purpose: 'count', state: 'final', nonce: 1 });
    expect(await counted()).toBe(1);
    expect((await journal.transactionsOf(run)).map(({ purpose, state }) => [purpose, state])).toEqual([
      ['count, reverted at nonce 0', 'reverted'],
      ['count', 'final'],
    ]);
  });

  test('says that a call ran out of gas, and weighs it anew the next time', async () => {
    await rpc.call('anvil_setCode', [counter, grows]);
    await (await outbox()).send(errand('begin'), owner, call);
    reopenJournal('journal grow signed');
    await expect((await outbox()).send(errand('grow'), owner, call)).rejects.toThrow('killed');
    reopenJournal();
    await rpc.call('evm_increaseTime', [20]);
    const box = await outbox();
    const refused = await box.send(errand('grow'), owner, call).catch(failureOf);
    expect(refused).toMatchObject({ code: 'chain.reverted', found: expect.stringMatching(/, out of gas$/) });
    expect((await box.send(errand('grow'), owner, call)).transaction.state).toBe('final');
  });

  test('says that an account cannot pay', async () => {
    await rpc.call('anvil_setBalance', [owner.address, '0x0']);
    expect(await codeOf((await outbox()).send(errand(), owner, { ...call, value: 1n }))).toBe(
      'chain.insufficient_funds',
    );
  });

  test('stops waiting for a chain that includes nothing, and finds the transaction when it does', async () => {
    await rpc.call('evm_setAutomine', [false]);
    try {
      expect(await codeOf((await outbox({ inclusionMs: 50 })).send(errand(), owner, call))).toBe('chain.timeout');
      await rpc.call('evm_mine');
    } finally {
      await rpc.call('evm_setAutomine', [true]);
    }
    const { transaction } = await (await outbox()).send(errand(), owner, call);
    expect(transaction).toMatchObject({ state: 'final', nonce: 0 });
    expect(await counted()).toBe(1);
  });
});
