/** The portfolio port: deeds of an account, pools, payments, claims, validators; each read fresh from the chain. */
import type { Result } from 'ethers';
import type { Claim, DealKind, Payment, PoolDeal } from '#domain/portfolio.ts';
import type { Deed, Deployment } from '#ports/chain.ts';
import type { Portfolio } from '#ports/portfolio.ts';
import { type ContractName, contractAt, interfaces } from './contracts.ts';
import { readChain } from './read-chain.ts';
import type { Rpc } from './rpc.ts';
import { waterfallLegs } from './waterfall-legs.ts';

const dealKinds: readonly DealKind[] = ['debt', 'revenue-share', 'hybrid'];
const full = 10_000n;

export function readPortfolio(rpc: Rpc, deployment: Deployment): Portfolio {
  const reads = readChain('portfolio', rpc, deployment);
  const registry = contractAt(rpc, 'AssetRegistry', deployment.registry);
  const desk = contractAt(rpc, 'DealDesk', deployment.dealDesk);
  const one = async (contract: ReturnType<typeof contractAt>, method: string, ...args: unknown[]) =>
    (await contract.read(method, ...args))[0];

  async function poolDeal(address: string): Promise<PoolDeal> {
    const vault = contractAt(rpc, 'DealVault', address);
    const [terms, balances, since] = await Promise.all([
      one(vault, 'terms') as Promise<Result>,
      one(vault, 'balances') as Promise<Result>,
      one(vault, 'delinquentSince'),
    ]);
    return {
      address,
      kind: dealKinds[Number(terms.kind)] ?? 'debt',
      rateBps: Number(terms.rateBps),
      outstanding: String(balances.principal),
      appraisal: String(terms.appraisal),
      overdue: String(balances.overdue),
      delinquentSince: Number(since) === 0 ? null : Number(since),
      termSeconds: Number(terms.periods) * Number(terms.periodLength),
    };
  }

  /** Logs with the block, time and transaction they are from. */
  async function logged(contract: ContractName, address: string, event: string, topics: readonly (string | null)[]) {
    const abi = interfaces[contract];
    const filter = { address, fromBlock: '0x0', topics: abi.encodeFilterTopics(event, [...topics]) };
    const logs = await rpc.call<{ topics: string[]; data: string; blockNumber: string; transactionHash: string }[]>(
      'eth_getLogs',
      [filter],
    );
    return await Promise.all(
      logs.map(async (log) => {
        const block = Number(log.blockNumber);
        const at = (await reads.block(block))?.timestamp ?? 0;
        return { args: abi.decodeEventLog(event, log.data, log.topics), block, at, transaction: log.transactionHash };
      }),
    );
  }

  return {
    async deedsOf(owner) {
      const received = await registry.events('Transfer', [null, owner]);
      const ids = [...new Set(received.map(({ tokenId, id }) => String(tokenId ?? id)))];
      const deeds = await Promise.all(ids.map((id) => reads.deed(id)));
      return deeds.filter((deed): deed is Deed => deed?.owner.toLowerCase() === owner.toLowerCase());
    },

    async pools() {
      const listed = await desk.events('Listed');
      const addresses = new Set([deployment.pool, ...listed.map(({ pool }) => String(pool))]);
      return await Promise.all(
        [...addresses].map(async (address) => {
          const pool = contractAt(rpc, 'AssetPool', address);
          const [name, symbol, depositNav, withdrawalNav, cash, held] = await Promise.all(
            ['name', 'symbol', 'depositNav', 'withdrawalNav', 'cash', 'deals'].map((method) => one(pool, method)),
          );
          const deals = await Promise.all([...(held as Result)].map((deal) => poolDeal(String(deal))));
          return {
            address,
            name: String(name),
            symbol: String(symbol),
            depositNav: String(depositNav),
            withdrawalNav: String(withdrawalNav),
            cash: String(cash),
            utilisationBps: ratioBps(BigInt(String(depositNav)) - BigInt(String(cash)), BigInt(String(depositNav))),
            deals,
            lentAtBps: weighted(deals, ({ rateBps }) => BigInt(rateBps)),
            advanceRateBps: weighted(deals, ({ outstanding, appraisal }) =>
              BigInt(ratioBps(BigInt(outstanding), BigInt(appraisal))),
            ),
          };
        }),
      );
    },

    async payments(deal) {
      const paid = await logged('DealVault', deal, 'Paid', []);
      return paid.map(
        ({ args, block, at, transaction }): Payment => ({
          epoch: Number(args.epoch),
          amount: String(args.amount),
          factorBps: Number(args.factorBps),
          legs: waterfallLegs(args),
          block,
          at,
          transaction,
        }),
      );
    },

    async claims(deal, account) {
      const claimed = await logged('DealVault', deal, 'Claimed', [account]);
      return claimed.map(
        ({ args, block, at, transaction }): Claim => ({ amount: String(args.amount), block, at, transaction }),
      );
    },

    async validators() {
      const attestations = contractAt(rpc, 'AttestationRegistry', deployment.attestationRegistry);
      const set = contractAt(rpc, 'ValidatorSet', String(await one(attestations, 'VALIDATORS')));
      const now = (await reads.head()).timestamp;
      const total = BigInt(String(await one(set, 'totalWeightAt', now)));
      const operators = new Set((await set.events('Staked')).map(({ operator }) => String(operator)));
      return await Promise.all(
        [...operators].map(async (operator) => {
          const record = (await one(set, 'operatorOf', operator)) as Result;
          const weight = BigInt(String(await one(set, 'weightAt', record.signer, now)));
          return {
            operator,
            signer: String(record.signer),
            stake: String(record.active),
            weightBps: ratioBps(weight, total),
            jailed: Boolean(record.jailed),
          };
        }),
      );
    },

    async performance(assetKey, epoch) {
      const oracle = contractAt(rpc, 'PerformanceOracle', String(await one(desk, 'ORACLE')));
      const reading = (await one(oracle, 'reading', assetKey, epoch)) as Result;
      if (!reading.posted) return undefined;
      return { epoch, uptimeBps: Number(reading.uptimeBps), benchmarkBps: Number(reading.benchmarkBps) };
    },
  };
}

/** Ten-thousandths, rounded down; nothing of nothing is 0. */
const ratioBps = (part: bigint, whole: bigint): number => (whole === 0n ? 0 : Number((part * full) / whole));

/** Mean over the deals, weighted by principal outstanding. */
function weighted(deals: readonly PoolDeal[], of: (deal: PoolDeal) => bigint): number | null {
  const total = deals.reduce((sum, { outstanding }) => sum + BigInt(outstanding), 0n);
  if (total === 0n) return null;
  return Number(deals.reduce((sum, deal) => sum + of(deal) * BigInt(deal.outstanding), 0n) / total);
}
