/** What stands on the chain: deeds, attestations, capacity, listings; each read fresh, nothing remembered. */
import type { Result } from 'ethers';
import { keccakText } from '#domain/canonical.ts';
import type { Attested, Block, Capacity, Chain, Deed, DeedState, Deployment, Listing } from '#ports/chain.ts';
import { contractAt, hasCode } from './contracts.ts';
import { genesisOf } from './genesis.ts';
import type { Rpc } from './rpc.ts';

export type ChainReads = Omit<
  Chain,
  'submitAttestation' | 'mintDeed' | 'issueCapacity' | 'list' | 'withdrawListing' | 'takeAdvance' | 'payEpoch' | 'claim'
>;

const deedStates: readonly (DeedState | undefined)[] = [undefined, 'pending', 'active', 'frozen', 'listed', 'retired'];
const listingStates: readonly Listing['state'][] = ['offered', 'funded', 'defaulted', 'repaid', 'withdrawn'];
const zeroAddress = '0x0000000000000000000000000000000000000000';

/** Seconds an attestation is good for, from the start of its epoch; a term of capacity must end within it. */
export const attestationValidity = 31 * 24 * 3_600;

export function readChain(name: string, rpc: Rpc, known: Deployment): ChainReads {
  const registry = contractAt(rpc, 'AssetRegistry', known.registry);
  const attestations = contractAt(rpc, 'AttestationRegistry', known.attestationRegistry);
  const issuer = contractAt(rpc, 'CapacityIssuer', known.capacityIssuer);
  const desk = contractAt(rpc, 'DealDesk', known.dealDesk);

  async function block(tag: string): Promise<Block | undefined> {
    const found = await rpc.call<{ number: string; hash: string; timestamp: string } | null>('eth_getBlockByNumber', [
      tag,
      false,
    ]);
    return found === null
      ? undefined
      : { number: Number(found.number), hash: found.hash, timestamp: Number(found.timestamp) };
  }

  async function deed(id: string): Promise<Deed | undefined> {
    const [record] = (await registry.read('record', BigInt(id))) as unknown as [Result];
    const state = deedStates[Number(record.state)];
    if (state === undefined) return undefined;
    const [registered] = await registry.events('AssetRegistered', [BigInt(id)]);
    return {
      id,
      owner: String(record.owner),
      assetKey: String(record.assetKey),
      manifestRoot: String(record.manifestRoot),
      category: Number(record.category),
      machine: registered === undefined ? zeroAddress : String(registered.machine),
      state,
    };
  }

  return {
    name,
    endpoint: rpc.endpoint,
    async chainId() {
      return Number(await rpc.call<string>('eth_chainId'));
    },
    genesis: () => genesisOf(rpc),
    async head() {
      return (await block('latest')) ?? { number: 0, hash: '', timestamp: 0 };
    },
    block: (number) => block(`0x${number.toString(16)}`),
    async deployment() {
      if (!(await hasCode(rpc, known.registry))) return undefined;
      return { ...known, chainId: Number(await rpc.call<string>('eth_chainId')) };
    },
    async epoch(asked) {
      const [current] = asked === undefined ? await attestations.read('currentEpoch') : [asked];
      const [start] = await attestations.read('epochStart', current);
      return { number: Number(current), validUntil: Number(start) + attestationValidity };
    },
    async deedOf(assetKey) {
      const [id] = await registry.read('deedOf', assetKey);
      return id === 0n ? undefined : await deed(String(id));
    },
    deed,
    async attested(assetKey, manifestRoot): Promise<Attested | undefined> {
      const found = await attestations.read('attested', assetKey, manifestRoot);
      const validUntil = Number(found.validUntil);
      return validUntil === 0 ? undefined : { kinds: Number(found.kinds), validUntil, epoch: Number(found.epoch) };
    },
    async capacityOf(id): Promise<Capacity | undefined> {
      const issued = (await issuer.events('CapacityIssued', [BigInt(id)])).at(-1);
      if (issued === undefined) return undefined;
      const capacityClass = String(issued.capacityClass);
      const [[token], [position], [attestedUnits]] = (await Promise.all([
        issuer.read('tokenOf', capacityClass),
        issuer.read('positionOf', BigInt(id), capacityClass),
        issuer.read('attestedUnits', BigInt(id), capacityClass),
      ])) as unknown as [[string], [Result], [bigint]];
      const symbol = await contractAt(rpc, 'CapacityToken', token).read('symbol');
      return {
        token,
        symbol: String(symbol[0]),
        minted: String(position.minted),
        decimals: 18,
        attestedUnits: Number(attestedUnits),
        termHours: (Number(position.end) - Number(position.start)) / 3_600,
      };
    },
    async listingOf(id): Promise<Listing | undefined> {
      const [deal] = await desk.read('dealOf', BigInt(id));
      if (deal === zeroAddress) return undefined;
      const vault = contractAt(rpc, 'DealVault', String(deal));
      const [[terms], [phase], [balances], [owner], funded] = (await Promise.all([
        vault.read('terms'),
        vault.read('phase'),
        vault.read('balances'),
        vault.read('owner'),
        vault.events('Funded'),
      ])) as unknown as [[Result], [bigint], [Result], [string], Result[]];
      const [[claimable], claims] = (await Promise.all([
        vault.read('claimable', owner),
        vault.events('Claimed', [owner]),
      ])) as unknown as [[bigint], Result[]];
      return {
        deal: String(deal),
        pool: String(terms.pool),
        state: listingStates[Number(phase)] ?? 'offered',
        principal: String(terms.senior),
        advanced: String(funded[0]?.toOwner ?? 0),
        outstanding: String(balances.principal),
        paidIn: String(balances.received),
        ownerClaimable: String(claimable),
        ownerClaimed: claims.reduce((sum, claim) => sum + BigInt(claim.amount), 0n).toString(),
      };
    },
  };
}

export const capacityClassId = keccakText;
