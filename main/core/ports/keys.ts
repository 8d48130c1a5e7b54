/** Keys that sign. The secret never leaves the adapter. */
import type { Hex } from '#domain/canonical.ts';
import type { TypedData } from '#domain/typed-data.ts';

export interface Signer {
  readonly address: string;
  signTypedData(data: TypedData): Promise<Hex>;
}

export interface Keys {
  owner(): Promise<Signer>;
  machine(): Promise<Signer>;
}

/** Who signed: the address a signature recovers to, or undefined where it recovers to none. */
export type RecoverSigner = (data: TypedData, signature: string) => string | undefined;
