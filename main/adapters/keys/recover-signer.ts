/** The address that a signature over typed data recovers to (EIP-712, EIP-2 low-s), or undefined. */
import { verifyTypedData } from 'ethers';
import type { RecoverSigner } from '#ports/keys.ts';

export const recoverSigner: RecoverSigner = ({ domain, types, message }, signature) => {
  try {
    return verifyTypedData(domain, types, message, signature);
  } catch {
    return undefined;
  }
};
