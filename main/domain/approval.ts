/**
 * What the owner is asked before the owner's key signs: the message or transaction in words, every field of it, what it
 * costs and how it can be undone. The words come from the ERC-7730 descriptions in `clear-signing/`, which hardware
 * wallets read as well.
 */
import type { StepName } from './step.ts';

export interface ApprovalField {
  label: string;
  /** For a person. */
  value: string;
  /** As it is signed, where that differs. */
  raw?: string;
}

export interface ApprovalRequest {
  /** Unique in its run, and the same whenever the same thing is asked again. */
  id: string;
  step: StepName;
  /** An EIP-712 message costs nothing and moves nothing by itself; a transaction does. */
  kind: 'message' | 'transaction';
  /** What it does, as one would say it: "Register the deed". */
  intent: string;
  /** What can be done about it afterwards, in one sentence. */
  undo: string;
  /** Contract that is called, or that checks the message. */
  contract: { name: string; address: string; chainId: number };
  /** Name of the function or of the message type. */
  call: string;
  fields: ApprovalField[];
  /** Of a transaction: what it can cost at most. The simulation went through, else it would not be asked. */
  cost?: {
    gasLimit: string;
    /** Wei for each unit of gas, decimal. */
    maxFeePerGas: string;
    /** Wei, decimal. */
    most: string;
    /** Wei sent along, decimal. */
    value: string;
  };
}
