/** The part of net-snmp that is used here; the package brings no types. */
declare module 'net-snmp' {
  import type { Socket } from 'node:dgram';
  import type { EventEmitter } from 'node:events';

  export interface Varbind {
    oid: string;
    /** BER type; 128 to 130 stand for "no such object", "no such instance" and "end of the MIB". */
    type: number;
    value: number | bigint | string | Buffer | null;
  }
  export interface SessionOptions {
    port?: number;
    retries?: number;
    timeout?: number;
    transport?: 'udp4' | 'udp6';
    version?: number;
    context?: string;
    backwardsGetNexts?: boolean;
    dgramModule?: { createSocket(transport: 'udp4' | 'udp6'): Socket };
  }
  export interface User {
    name: string;
    level: number;
    authProtocol?: number;
    authKey?: string;
    privProtocol?: number;
    privKey?: string;
  }
  export interface Session extends EventEmitter {
    get(oids: string[], done: (error: Error | null, varbinds: Varbind[]) => void): void;
    getBulk(
      oids: string[],
      nonRepeaters: number,
      maxRepetitions: number,
      done: (error: Error | null, varbinds: Varbind[][]) => void,
    ): void;
    close(): void;
  }
  export const Version2c: number;
  export const SecurityLevel: { noAuthNoPriv: number; authNoPriv: number; authPriv: number };
  /** By name; names by number stand in it as well. */
  export const AuthProtocols: Readonly<Record<string, number | string>>;
  export const PrivProtocols: Readonly<Record<string, number | string>>;
  export function createSession(target: string, community: string, options: SessionOptions): Session;
  export function createV3Session(target: string, user: User, options: SessionOptions): Session;

  // For the agent of the tests.
  export const MibProviderType: { Scalar: number };
  export const ObjectType: Readonly<Record<string, number>>;
  export const MaxAccess: Readonly<Record<string, number>>;
  export interface MibNode {
    valueType: number;
    value: unknown;
  }
  export interface Agent {
    getAuthorizer(): { addCommunity(community: string): void; addUser(user: User): void };
    registerProvider(provider: object): void;
    getMib(): { addNodesForAddress(address: number[]): MibNode; addProviderToNode(provider: object): unknown };
    close(): void;
  }
  export function createAgent(
    options: { port: number; address: string; engineID?: string },
    done: (error: Error | null) => void,
  ): Agent;
}
