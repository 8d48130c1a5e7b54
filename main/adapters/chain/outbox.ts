/**
 * The transaction outbox. A transaction is signed once for a run and a purpose, stored with its bytes, and only then
 * broadcast; asked for again, the same bytes are looked for and, where the chain lost them, broadcast again. So nothing
 * is sent twice, whenever the process is killed. Only one that was included and reverted is followed by another.
 */
import { type Interface, Transaction } from 'ethers';
import type { KeystoreSigner } from '#adapters/keys/keystore.ts';
import { fail, failureOf } from '#domain/failures/failure.ts';
import type { Errand } from '#ports/chain.ts';
import type { Clock } from '#ports/clock.ts';
import type { Journal, StoredTransaction } from '#ports/journal.ts';
import { revertReason } from './revert-reason.ts';
import { type Rpc, RpcError } from './rpc.ts';

export interface Call {
  /** Null deploys a contract. */
  to: string | null;
  data: string;
  value?: bigint;
}

export interface RpcReceipt {
  blockNumber: string;
  blockHash: string;
  gasUsed: string;
  effectiveGasPrice: string;
  status: string;
  contractAddress: string | null;
  logs: { address: string; topics: string[]; data: string }[];
}

export interface Sent {
  transaction: StoredTransaction;
  receipt: RpcReceipt;
}

export interface OutboxContext {
  rpc: Rpc;
  journal: Journal;
  clock: Clock;
  genesis: string;
  chainId: number;
  /** Errors of all contracts, so that a refusal is told in words. */
  errors: Interface;
  /** Returns once the transaction's block can no longer be lost: the sandbox wrote it to the disk, a network finalized it. */
  finalize(transaction: StoredTransaction): Promise<boolean>;
  crossed(point: string): void;
  /** Milliseconds to wait for inclusion. */
  inclusionMs: number;
}

/** What a transaction will be, known before it is signed: its simulation went through. */
export interface Planned {
  nonce: number;
  gasLimit: bigint;
  maxFeePerGas: bigint;
  value: bigint;
}

export interface Outbox {
  /**
   * @param agree called with the plan of a transaction that was not signed yet; what it throws ends the sending
   * @throws FailureError `chain.reverted`, `chain.insufficient_funds`, `chain.timeout`, `chain.diverged` and what the RPC throws
   */
  send(
    errand: Omit<Errand, 'step'> & { step: StoredTransaction['step'] },
    signer: KeystoreSigner,
    call: Call,
    agree?: (planned: Planned) => Promise<void>,
  ): Promise<Sent>;
  /**
   * Brings what is stored for this chain to its end, oldest first: what the chain lost is broadcast again, what was
   * included and not yet final is made final. Returns how many the chain had lost.
   */
  settle(): Promise<number>;
  /** Notes that what is included of a run can no longer be lost, where `finalize` left that to the run's end. */
  finalized(run: string): Promise<void>;
}

export function openOutbox(context: OutboxContext): Outbox {
  const { rpc, journal, genesis } = context;

  async function broadcast(transaction: StoredTransaction): Promise<void> {
    try {
      await rpc.call('eth_sendRawTransaction', [transaction.raw]);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      // The node may have had it already; whether it did is for the receipt to say.
      if (/already known|already imported|nonce too low/i.test(error.message)) return;
      if (/insufficient funds/i.test(error.message)) {
        fail('chain.insufficient_funds', { subject: transaction.from, found: error.message, cause: error });
      }
      throw error;
    }
  }

  const receiptOf = (hash: string) => rpc.call<RpcReceipt | null>('eth_getTransactionReceipt', [hash]);

  async function included(transaction: StoredTransaction): Promise<RpcReceipt> {
    const end = context.clock.now().getTime() + context.inclusionMs;
    for (let wait = 5; ; wait = Math.min(wait * 2, 2_000)) {
      const receipt = await receiptOf(transaction.hash);
      if (receipt !== null) return receipt;
      if (context.clock.now().getTime() > end)
        fail('chain.timeout', { subject: transaction.purpose, found: `transaction ${transaction.hash}` });
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async function follow(transaction: StoredTransaction): Promise<Sent> {
    let receipt = await receiptOf(transaction.hash);
    if (receipt === null) {
      await refuseForeignNonce(transaction);
      await broadcast(transaction);
      context.crossed(`outbox ${transaction.purpose} broadcast`);
      if (transaction.state === 'signed') await journal.updateTransaction({ ...transaction, state: 'sent' });
      receipt = await included(transaction);
    }
    const settled = settledBy(transaction, receipt);
    if (settled.state === 'reverted') {
      await journal.updateTransaction(settled);
      fail('chain.reverted', {
        subject: transaction.purpose,
        found: `transaction ${transaction.hash} was included and reverted${spentAll(settled) ? ', out of gas' : ''}`,
      });
    }
    await journal.updateTransaction({ ...settled, state: 'included' });
    const isFinal = await context.finalize(settled);
    const state = isFinal ? 'final' : 'included';
    if (isFinal) await journal.updateTransaction({ ...settled, state });
    return { transaction: { ...settled, state }, receipt };
  }

  /** Another transaction with our nonce means that the key was used elsewhere: sending ours is impossible, signing a new one is for the owner to decide. */
  async function refuseForeignNonce(transaction: StoredTransaction): Promise<void> {
    const used = Number(await rpc.call<string>('eth_getTransactionCount', [transaction.from, 'latest']));
    if (used <= transaction.nonce) return;
    fail('chain.diverged', {
      subject: `transaction ${transaction.hash} for ${transaction.purpose}`,
      expected: `nonce ${transaction.nonce} of ${transaction.from} to be this transaction's`,
      found: 'another transaction used it',
    });
  }

  async function sign(
    errand: Parameters<Outbox['send']>[0],
    signer: KeystoreSigner,
    call: Call,
    agree: Parameters<Outbox['send']>[3],
  ): Promise<StoredTransaction> {
    const [gasLimit, fees, counted, reserved] = await Promise.all([
      estimate(signer.address, errand.purpose, call),
      feesNow(),
      rpc.call<string>('eth_getTransactionCount', [signer.address, 'pending']),
      journal.nextNonce(genesis, signer.address),
    ]);
    const nonce = Math.max(Number(counted), reserved ?? 0);
    await agree?.({ nonce, gasLimit, maxFeePerGas: fees.maxFeePerGas, value: call.value ?? 0n });
    const raw = await signer.signTransaction({
      type: 2,
      chainId: context.chainId,
      nonce,
      to: call.to,
      data: call.data,
      value: call.value ?? 0n,
      gasLimit,
      ...fees,
    });
    context.crossed(`outbox ${errand.purpose} signed`);
    const stored: StoredTransaction = {
      purpose: errand.purpose,
      run: errand.run,
      step: errand.step,
      from: signer.address,
      to: call.to,
      nonce,
      raw,
      hash: Transaction.from(raw).hash ?? fail('internal.unexpected', { found: 'a signed transaction without a hash' }),
      state: 'signed',
    };
    await journal.addTransaction(genesis, stored);
    return stored;
  }

  /** The estimate runs the call: a contract that would refuse refuses here, before anything is signed. */
  async function estimate(from: string, purpose: string, call: Call): Promise<bigint> {
    try {
      const gas = await rpc.call<string>('eth_estimateGas', [
        { from, to: call.to ?? undefined, data: call.data, value: `0x${(call.value ?? 0n).toString(16)}` },
      ]);
      // Half as much again: a call that settles interest writes more where the block after is a second later. What is
      // not used is not paid.
      return (BigInt(gas) * 3n) / 2n;
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      if (/insufficient funds/i.test(error.message))
        fail('chain.insufficient_funds', { subject: from, found: error.message, cause: error });
      return fail('chain.reverted', { subject: purpose, found: revertReason(context.errors, error), cause: error });
    }
  }

  async function feesNow(): Promise<{ maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }> {
    const block = await rpc.call<{ baseFeePerGas?: string }>('eth_getBlockByNumber', ['latest', false]);
    const tip = BigInt(await rpc.call<string>('eth_maxPriorityFeePerGas'));
    return { maxPriorityFeePerGas: tip, maxFeePerGas: BigInt(block.baseFeePerGas ?? '0x0') * 2n + tip };
  }

  return {
    async send(errand, signer, call, agree) {
      const stored = await journal.transaction(errand.run, errand.purpose);
      if (stored !== undefined && stored.state !== 'reverted') return await follow(stored);
      if (stored !== undefined) {
        // It did nothing, and its nonce is spent: another one for the same purpose cannot do it twice.
        const { purpose, nonce } = stored;
        await journal.updateTransaction({ ...stored, purpose: `${purpose}, reverted at nonce ${nonce}` });
      }
      return await follow(await sign(errand, signer, call, agree));
    },
    async settle() {
      let lost = 0;
      for (const transaction of await journal.transactionsOn(genesis)) {
        if (transaction.state === 'reverted') continue;
        const isThere = (await receiptOf(transaction.hash)) !== null;
        if (isThere && transaction.state === 'final') continue;
        if (!isThere) lost += 1;
        try {
          await follow(transaction);
        } catch (error) {
          // The contract would not have it any more, for its time is over say: the step that wanted it asks anew.
          if (failureOf(error).code !== 'chain.reverted') throw error;
        }
      }
      return lost;
    },
    async finalized(run) {
      for (const transaction of await journal.transactionsOf(run)) {
        if (transaction.state === 'included') await journal.updateTransaction({ ...transaction, state: 'final' });
      }
    },
  };
}

/** A contract keeps 1/64 of the gas from those it calls (EIP-150), so a call that ran out leaves as much. */
const spentAll = ({ gasUsed, raw }: StoredTransaction) =>
  BigInt(gasUsed ?? 0) * 64n >= Transaction.from(raw).gasLimit * 63n;

function settledBy(transaction: StoredTransaction, receipt: RpcReceipt): StoredTransaction {
  const gasUsed = BigInt(receipt.gasUsed);
  return {
    ...transaction,
    state: receipt.status === '0x1' ? 'included' : 'reverted',
    block: Number(receipt.blockNumber),
    blockHash: receipt.blockHash,
    gasUsed: gasUsed.toString(),
    fee: (gasUsed * BigInt(receipt.effectiveGasPrice)).toString(),
  };
}
