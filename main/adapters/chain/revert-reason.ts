/** Why a contract refused, in words: its custom error with arguments, or the reason string it gave. */
import type { Interface } from 'ethers';
import type { RpcError } from './rpc.ts';

export function revertReason(errors: Interface, error: RpcError): string {
  if (error.data !== undefined && error.data.length >= 10) {
    const parsed = errors.parseError(error.data);
    if (parsed) {
      const named = parsed.fragment.inputs.map((input, index) => `${input.name} ${String(parsed.args[index])}`);
      return `${words(parsed.name)}${named.length > 0 ? ` (${named.join(', ')})` : ''}`;
    }
    return `${error.message} (${error.data.slice(0, 10)})`;
  }
  return error.message;
}

/** `DeedAlreadyRegistered` → `deed already registered`. */
const words = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
