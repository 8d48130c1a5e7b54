/**
 * The accounts of the sandbox besides the owner's. Their keys are the published development keys of the mnemonic
 * "test test test test test test test test test test test junk" (BIP-39, path m/44'/60'/0'/0/i): everybody knows them,
 * and they hold play money only.
 */
import { HDNodeWallet, Mnemonic } from 'ethers';
import { type KeystoreSigner, signerOfKey } from '#adapters/keys/keystore.ts';

const roles = [
  'deployer',
  'admin',
  'investor',
  'customer',
  'servicer',
  'insurer',
  'bailee',
  'receiver',
  'operator1',
  'operator2',
  'operator3',
] as const;
export type SandboxRole = (typeof roles)[number];

const made = new Map<SandboxRole, KeystoreSigner>();
let branch: HDNodeWallet | undefined;

export function sandboxAccount(role: SandboxRole): KeystoreSigner {
  const known = made.get(role);
  if (known) return known;
  // The way down to the branch is most of the work, and the same for all.
  branch ??= HDNodeWallet.fromMnemonic(
    Mnemonic.fromPhrase('test test test test test test test test test test test junk'),
    "m/44'/60'/0'/0",
  );
  const signer = signerOfKey(branch.deriveChild(roles.indexOf(role)).privateKey);
  made.set(role, signer);
  return signer;
}

export const sandboxRoles: readonly SandboxRole[] = roles;
