/**
 * The ERC-7730 descriptions of everything the owner signs (https://eips.ethereum.org/EIPS/eip-7730). Hardware wallets
 * read the JSON files; our own screens are drawn from the same, so that both show the same words.
 */
import assetRegistry from './calldata-asset-registry.json' with { type: 'json' };
import attestationRegistry from './calldata-attestation-registry.json' with { type: 'json' };
import capacityIssuer from './calldata-capacity-issuer.json' with { type: 'json' };
import dealDesk from './calldata-deal-desk.json' with { type: 'json' };
import dealVault from './calldata-deal-vault.json' with { type: 'json' };
import assetManifest from './eip712-asset-manifest.json' with { type: 'json' };

export interface FieldDescription {
  path: string;
  label: string;
  format: string;
  params?: { base?: string; decimals?: number; encoding?: string };
}

export interface Description {
  intent: string;
  fields: FieldDescription[];
}

/** By primary type. */
export const messageDescriptions: Readonly<Record<string, Description>> = assetManifest.display.formats;

/** By contract, then by function with its parameters' names, as ERC-7730 writes it. */
export const callDescriptions: Readonly<Record<string, Readonly<Record<string, Description>>>> = {
  AssetRegistry: assetRegistry.display.formats,
  AttestationRegistry: attestationRegistry.display.formats,
  CapacityIssuer: capacityIssuer.display.formats,
  DealDesk: dealDesk.display.formats,
  DealVault: dealVault.display.formats,
};

/** What can be done afterwards; ERC-7730 has no room for it. By message type, or contract and function. */
export const undoSentences: Readonly<Record<string, string>> = {
  AssetManifest: 'The signature alone moves nothing. A later manifest replaces this one as an amendment.',
  'AttestationRegistry.submit': 'An attestation cannot be taken back; it runs out on its date.',
  'AttestationRegistry.submitFigure': 'It cannot be taken back; the next epoch has figures of its own.',
  'AssetRegistry.register': 'The deed can be retired; its key can then be registered again after a new attestation.',
  'CapacityIssuer.createClass': 'A class stays; an empty one costs nothing.',
  'CapacityIssuer.issue': 'Redeem the capacity to burn it and unlock the deed.',
  'DealDesk.list': 'Withdraw the listing at any time before the pool has paid the advance.',
  'DealDesk.withdrawListing': 'List the deed again.',
  'DealVault.claim': 'What was claimed is yours; it can be sent on like any token.',
};
