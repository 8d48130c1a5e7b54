/** The contracts by name: interface, address, typed reads through eth_call. Everything else here builds on these. */
import { Interface, type Result } from 'ethers';
import { AIDAbi, AIDBytecode } from './generated/AID.ts';
import { AssetPoolAbi, AssetPoolBytecode } from './generated/AssetPool.ts';
import { AssetRegistryAbi, AssetRegistryBytecode } from './generated/AssetRegistry.ts';
import { AttestationRegistryAbi, AttestationRegistryBytecode } from './generated/AttestationRegistry.ts';
import { CapacityIssuerAbi, CapacityIssuerBytecode } from './generated/CapacityIssuer.ts';
import { CapacityTokenAbi } from './generated/CapacityToken.ts';
import { CategoryRegistryAbi, CategoryRegistryBytecode } from './generated/CategoryRegistry.ts';
import { DealDeskAbi, DealDeskBytecode } from './generated/DealDesk.ts';
import { DealVaultAbi, DealVaultBytecode } from './generated/DealVault.ts';
import { DisputeCourtAbi, DisputeCourtBytecode } from './generated/DisputeCourt.ts';
import { FaultProverAbi, FaultProverBytecode } from './generated/FaultProver.ts';
import { GaibTokenAbi, GaibTokenBytecode } from './generated/GaibToken.ts';
import { PerformanceOracleAbi, PerformanceOracleBytecode } from './generated/PerformanceOracle.ts';
import { ProtocolAccessAbi, ProtocolAccessBytecode } from './generated/ProtocolAccess.ts';
import { ValidatorSetAbi, ValidatorSetBytecode } from './generated/ValidatorSet.ts';
import type { Rpc } from './rpc.ts';

export const bytecodes = {
  ProtocolAccess: ProtocolAccessBytecode,
  AID: AIDBytecode,
  AssetPool: AssetPoolBytecode,
  AssetRegistry: AssetRegistryBytecode,
  AttestationRegistry: AttestationRegistryBytecode,
  CapacityIssuer: CapacityIssuerBytecode,
  CategoryRegistry: CategoryRegistryBytecode,
  DealDesk: DealDeskBytecode,
  DealVault: DealVaultBytecode,
  DisputeCourt: DisputeCourtBytecode,
  FaultProver: FaultProverBytecode,
  GaibToken: GaibTokenBytecode,
  PerformanceOracle: PerformanceOracleBytecode,
  ValidatorSet: ValidatorSetBytecode,
} as const;
export type DeployedName = keyof typeof bytecodes;

export const interfaces = {
  ProtocolAccess: new Interface(ProtocolAccessAbi),
  AID: new Interface(AIDAbi),
  AssetPool: new Interface(AssetPoolAbi),
  AssetRegistry: new Interface(AssetRegistryAbi),
  AttestationRegistry: new Interface(AttestationRegistryAbi),
  CapacityIssuer: new Interface(CapacityIssuerAbi),
  CapacityToken: new Interface(CapacityTokenAbi),
  CategoryRegistry: new Interface(CategoryRegistryAbi),
  DealDesk: new Interface(DealDeskAbi),
  DealVault: new Interface(DealVaultAbi),
  DisputeCourt: new Interface(DisputeCourtAbi),
  FaultProver: new Interface(FaultProverAbi),
  GaibToken: new Interface(GaibTokenAbi),
  PerformanceOracle: new Interface(PerformanceOracleAbi),
  ValidatorSet: new Interface(ValidatorSetAbi),
} as const;
export type ContractName = keyof typeof interfaces;

/** Every custom error of every contract, so that a refusal anywhere down the call is told in words. */
export const contractErrors = new Interface([
  ...new Map(
    Object.values(interfaces)
      .flatMap(({ fragments }) => fragments.filter(({ type }) => type === 'error'))
      .map((fragment) => [fragment.format('sighash'), fragment]),
  ).values(),
]);

export interface ContractReader {
  readonly address: string;
  readonly interface: Interface;
  /** Calls a view and decodes what it returns; `Result` reads by name or place. */
  read(method: string, ...args: unknown[]): Promise<Result>;
  /** Decoded logs of one event from block 0, oldest first; `topics` filter the indexed arguments in order. */
  events(event: string, topics?: readonly (string | bigint | null)[]): Promise<Result[]>;
}

export function contractAt(rpc: Rpc, name: ContractName, address: string): ContractReader {
  const abi = interfaces[name];
  return {
    address,
    interface: abi,
    async read(method, ...args) {
      const data = await rpc.call<string>('eth_call', [
        { to: address, data: abi.encodeFunctionData(method, args) },
        'latest',
      ]);
      return abi.decodeFunctionResult(method, data);
    },
    async events(event, topics = []) {
      const filter = { address, fromBlock: '0x0', topics: abi.encodeFilterTopics(event, [...topics]) };
      const logs = await rpc.call<{ topics: string[]; data: string }[]>('eth_getLogs', [filter]);
      return logs.map((log) => abi.decodeEventLog(event, log.data, log.topics));
    },
  };
}

export async function hasCode(rpc: Rpc, address: string): Promise<boolean> {
  return (await rpc.call<string>('eth_getCode', [address, 'latest'])) !== '0x';
}
