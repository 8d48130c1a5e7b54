import { describe, expect, test } from 'vitest';
import { decimal } from '#domain/clear-signing/describe.ts';
import { describeMessage } from '#domain/clear-signing/describe-message.ts';
import { callDescriptions } from '#domain/clear-signing/descriptions.ts';
import { type ContractName, interfaces } from './contracts.ts';
import { describeCall, signatureWithNames } from './describe-call.ts';

const planned = { nonce: 3, gasLimit: 200_000n, maxFeePerGas: 2_000_000_000n, value: 0n };
const registry = '0x0165878A594ca255338adfa4d48449f69242Eb8F';
const owner = '0xA550E9Ffb03cb664c0C9383eB16Ee12cE7134a19';
const word = (digit: string) => `0x${digit.repeat(64)}`;

function shown(contract: ContractName, method: string, args: unknown[]) {
  return describeCall(
    {
      errand: { run: 'r', step: 'deed', purpose: 'deed' },
      contract,
      to: registry,
      chainId: 31_337,
      data: interfaces[contract].encodeFunctionData(method, args),
    },
    planned,
  );
}

describe('descriptions of calls', () => {
  test.each(
    Object.entries(callDescriptions).flatMap(([name, calls]) => Object.keys(calls).map((call) => [name, call])),
  )('%s: %s is a function of the contract, parameter for parameter', (name, call) => {
    const signatures = interfaces[name as ContractName].fragments.flatMap((fragment) =>
      fragment.type === 'function' ? [signatureWithNames(fragment as never)] : [],
    );
    expect(signatures).toContain(call);
  });

  test('say who gets the deed, for which asset, at what cost at most', () => {
    const asked = shown('AssetRegistry', 'register', [
      { assetKey: word('1'), manifestRoot: word('2'), category: 1, owner, machine: registry },
      '0x01',
      '0x02',
    ]);
    expect(asked).toMatchObject({
      kind: 'transaction',
      intent: 'Register the asset and mint its deed',
      call: 'register',
      cost: { most: '400000000000000' },
    });
    expect(asked.fields).toContainEqual({ label: 'Deed goes to', value: owner });
    expect(asked.fields).toContainEqual({ label: 'Asset', value: word('1') });
  });

  test('give durations and amounts in words, and what is signed beside them', () => {
    const { fields } = shown('CapacityIssuer', 'issue', [7n, word('3'), 8, 720 * 3_600]);
    expect(fields).toContainEqual({ label: 'Term', value: '30 days', raw: '2592000' });
    expect(fields).toContainEqual({ label: 'Units', value: '8' });
  });

  test('know arrays, and structures within', () => {
    const { fields } = shown('AttestationRegistry', 'submit', [
      {
        assetKey: word('1'),
        manifestRoot: word('2'),
        category: 1,
        owner,
        kinds: 7,
        epoch: 4,
        validUntil: 1_800_000_000,
      },
      [word('4'), word('5')],
      ['0x01', '0x02'],
    ]);
    expect(fields).toContainEqual({ label: 'Valid until', value: '2027-01-15T08:00:00.000Z', raw: '1800000000' });
  });

  test('stand in for no function they were not written for', () => {
    const { intent, fields } = shown('AssetRegistry', 'activate', [5n]);
    expect(intent).toBe('Call activate');
    expect(fields).toEqual([{ label: 'deedId', value: '5' }]);
  });
});

test('a message is described from its own fields', () => {
  const { intent, fields, contract } = describeMessage(
    {
      domain: { name: 'GAIB Onboard', version: '1', chainId: 31_337, verifyingContract: registry },
      types: { AssetManifest: [] },
      primaryType: 'AssetManifest',
      message: { assetKey: word('1'), manifestRoot: word('2'), category: 1, owner, machine: registry },
    },
    'manifest',
  );
  expect(intent).toBe('Sign the manifest of this asset');
  expect(fields.map(({ label }) => label)).toContain('Manifest, by its hash');
  expect(contract).toEqual({ name: 'GAIB Onboard', address: registry, chainId: 31_337 });
});

test('decimals are exact, with thousands apart', () => {
  expect(decimal(1_000_000_000_000_000_000_001n, 18)).toBe('1,000.000000000000000001');
  expect(decimal(1_250n, 2)).toBe('12.5');
  expect(decimal(-5n, 1)).toBe('-0.5');
  expect(decimal(0n, 18)).toBe('0');
});
