/**
 * verify knows the manifest's file and the endpoint of a chain, nothing else: it runs in an empty folder, as a process
 * that has no home, against a plain anvil that loaded a copy of the chain.
 */

import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeystoreSigner, openKeystore, signerOfKey } from '#adapters/keys/keystore.ts';
import type { FailureCode } from '#domain/failures/catalogue.ts';
import { catalogue } from '#domain/failures/catalogue.ts';
import { manifestFile, manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import type { Receipt } from '#domain/receipt.ts';
import { manifestMessage } from '#domain/typed-data.ts';
import type { Verification } from '#domain/verification.ts';
import { contracts, type PlainChain, startAnvil } from './chain-reader.ts';
import { failureIn, filesIn, gaibOnboard, onboardRecording, scratch } from './command-line.ts';

const place = scratch();
const chains: PlainChain[] = [];
const empty = place.at('empty');
/** One chain at three times: when the manifest was signed, when its deed was minted, and when the run had finished. */
let before: PlainChain;
let minted: PlainChain;
let finished: PlainChain;
let sealed: SignedManifest;
let receipt: Receipt;
let owner: KeystoreSigner;
let machine: KeystoreSigner;

async function chainOf(...options: Parameters<typeof startAnvil>): Promise<PlainChain> {
  const chain = await startAnvil(...options);
  chains.push(chain);
  return chain;
}

beforeAll(async () => {
  mkdirSync(empty);
  const home = await place.home();
  await onboardRecording(home, { environment: { GAIB_ONBOARD_CRASH_AT: 'journal manifest done:1' } });
  before = await chainOf({ home });
  await onboardRecording(home, { environment: { GAIB_ONBOARD_CRASH_AT: 'journal deed done:1' } });
  minted = await chainOf({ home });
  receipt = JSON.parse((await onboardRecording(home)).stdout) as Receipt;
  finished = await chainOf({ home });
  copyFileSync(`${home}.out/manifest.json`, join(empty, 'm.json'));
  sealed = JSON.parse(readFileSync(join(empty, 'm.json'), 'utf8')) as SignedManifest;
  owner = await openKeystore(join(home, 'keys', 'owner.json'), 'of a test');
  machine = signerOfKey(readFileSync(join(home, 'keys', 'machine.key'), 'utf8').trim());
});
afterAll(async () => {
  await Promise.all(chains.map((chain) => chain.stop()));
  place.remove();
});

const ask = (subject: string, chain: Pick<PlainChain, 'endpoint'>, ...words: string[]) =>
  gaibOnboard(['verify', subject, '--rpc', chain.endpoint, ...words], {
    folder: empty,
    environment: { HOME: empty, XDG_DATA_HOME: empty },
  });

/** Expects verify to end with a code, to say its sentence, and to leave nothing behind. */
async function expectFailure(subject: string, chain: Pick<PlainChain, 'endpoint'>, code: FailureCode): Promise<string> {
  const files = filesIn(empty);
  const said = await ask(subject, chain);
  const shown = said.stdout + said.stderr;
  expect([said.status, shown]).toEqual([catalogue[code].exit, expect.stringContaining(code)]);
  const [start = '', end = ''] = catalogue[code].what.split('{subject}');
  expect(shown).toContain(start || end);
  const asked = await ask(subject, chain, '--json');
  expect(asked.status).toBe(catalogue[code].exit);
  const failed =
    failureIn(asked) ?? (JSON.parse(asked.stdout) as Verification).checks.find(({ failure }) => failure)?.failure;
  expect(failed?.code).toBe(code);
  expect(filesIn(empty)).toEqual(files);
  return shown;
}

function file(name: string, text: string): string {
  writeFileSync(join(empty, name), text);
  return name;
}

/** The manifest with something changed, and signed anew by both keys. */
async function resealed(change: (manifest: SignedManifest['manifest']) => void): Promise<SignedManifest> {
  const { manifest } = structuredClone(sealed);
  change(manifest);
  const message = manifestMessage(manifest);
  return {
    manifest,
    signatures: { owner: await owner.signTypedData(message), machine: await machine.signTypedData(message) },
  };
}

/** Registers a manifest in the owner's name past the product: without attestation the deed stays pending. */
async function register(chain: PlainChain, { manifest, signatures }: SignedManifest): Promise<void> {
  const account = Wallet.createRandom().connect(chain.provider);
  await chain.provider.send('anvil_setBalance', [account.address, '0xde0b6b3a7640000']);
  const { registry } = contracts(chain);
  const words = {
    assetKey: manifest.asset.key,
    manifestRoot: manifestRoot(manifest),
    category: manifest.asset.category,
    owner: manifest.owner,
    machine: manifest.machine,
  };
  const sent = await registry.connect(account).getFunction('register')(words, signatures.owner, signatures.machine);
  await sent.wait();
}

describe('verify in a process of its own', () => {
  test('finds that everything holds, and writes nothing', async () => {
    const { status, stdout } = await ask('m.json', finished);
    expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, 'Everything holds.']);
    expect(stdout).toContain('PRACTICE: stands for no hardware');
    expect(filesIn(empty)).toEqual(['m.json']);
  });

  test('finds the deed by its number alone', async () => {
    expect((await ask(receipt.deed.id, finished)).status).toBe(0);
  });

  test.each([
    ['in a measured figure', /("name":"memory-total".{0,80}?"value":)8/, '$19', 'verify.measurement_signature'],
    ['in the number of units', '"units":8', '"units":9', 'verify.machine_signature'],
    ['in the identity', /("identity":\{"scheme":"gpu-uuid".{0,60}?"value":"GPU-)./, '$1x', 'verify.asset_key'],
    ['in the seed', /("seed":\{.*?"value":"0x)./, '$1x', 'manifest.invalid'],
    ['in the machine’s signature', /"signatures":\{"machine":"0x.{11}/, anotherEnd, 'verify.machine_signature'],
    ['in the owner’s signature', /"signatures":.*"owner":"0x.{91}/, anotherEnd, 'verify.owner_signature'],
    ['in a brace', /^\{/, '[', 'manifest.unreadable'],
    ['at the end', /\n$/, ' ', 'verify.not_canonical'],
  ] as const)('one changed byte %s is named', async (_, from, to, code) => {
    const text = readFileSync(join(empty, 'm.json'), 'utf8');
    const changed = typeof to === 'string' ? text.replace(from, to) : text.replace(from, to);
    expect(changed).not.toBe(text);
    await expectFailure(file('changed.json', changed), finished, code);
  });

  test('another signer is named', async () => {
    const stranger = signerOfKey(Wallet.createRandom().privateKey);
    const signatures = { ...sealed.signatures, owner: await stranger.signTypedData(manifestMessage(sealed.manifest)) };
    const shown = await expectFailure(
      file('signer.json', manifestFile({ ...sealed, signatures })),
      finished,
      'verify.owner_signature',
    );
    expect(shown).toContain(stranger.address);
    expect(shown).toContain(owner.address);
  });

  test('a manifest of the same asset that the deed does not stand for is told from the one it does', async () => {
    const other = await resealed((manifest) => {
      manifest.createdAt = '2026-01-15T09:30:00.000Z';
    });
    const shown = await expectFailure(file('other.json', manifestFile(other)), finished, 'verify.other_manifest');
    expect(shown).toContain(receipt.manifestRoot);
  });

  test('a deed that was swapped for one of another manifest is named', async () => {
    const chain = await chainOf({ state: before });
    const other = await resealed((manifest) => {
      manifest.capacity.units += 1;
    });
    await register(chain, other);
    await expectFailure('m.json', chain, 'verify.other_manifest');
  });

  test('a deed that went to another holder is named', async () => {
    const chain = await chainOf({ state: minted });
    const stranger = Wallet.createRandom().address;
    await chain.provider.send('anvil_impersonateAccount', [owner.address]);
    const moved = contracts(chain).registry.interface.encodeFunctionData('transferFrom', [
      owner.address,
      stranger,
      receipt.deed.id,
    ]);
    await chain.provider.send('eth_sendTransaction', [
      { from: owner.address, to: receipt.deed.contract, data: moved, gas: '0x100000' },
    ]);
    expect(await contracts(chain).registry.ownerOf!(receipt.deed.id)).toBe(stranger);
    expect(await expectFailure('m.json', chain, 'verify.other_owner')).toContain(stranger);
  });

  test('a manifest that nobody attested is named', async () => {
    const chain = await chainOf({ state: before });
    await register(chain, sealed);
    await expectFailure('m.json', chain, 'verify.unattested');
  });

  test('an attestation that has run out is named', async () => {
    const chain = await chainOf({ state: finished });
    await chain.provider.send('evm_increaseTime', [40 * 24 * 3_600]);
    await chain.provider.send('evm_mine', []);
    await expectFailure('m.json', chain, 'verify.attestation_expired');
  });

  test('a chain that has no such deed is named, with the contracts and without', async () => {
    await expectFailure('m.json', before, 'verify.no_deed');
    const bare = await chainOf();
    await expectFailure('m.json', bare, 'verify.no_deed');
    await expectFailure(receipt.deed.id, before, 'verify.no_deed');
  });

  test('another chain, one that does not answer, and what is no chain are told apart', async () => {
    await expectFailure('m.json', await chainOf({ chainId: 1 }), 'chain.wrong_id');
    await expectFailure('m.json', { endpoint: 'http://127.0.0.1:9' }, 'chain.unreachable');
    const page = createServer((_, response) => response.end('<html></html>')).listen(0, '127.0.0.1');
    await once(page, 'listening');
    const endpoint = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    await expectFailure('m.json', { endpoint }, 'chain.nonsense');
    page.close();
  });
});

describe('what verify is given', () => {
  test.each<[string, FailureCode, string | Buffer | undefined]>([
    ['none.json', 'file.missing', undefined],
    ['12x', 'deed.unreadable', undefined],
    ['empty.json', 'manifest.unreadable', ''],
    ['half.json', 'manifest.unreadable', '{"manifest":{"asset"'],
    ['binary.json', 'manifest.unreadable', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['large.json', 'manifest.unreadable', ' '.repeat(2_000_000)],
    ['other.json', 'manifest.invalid', '{"name":"other"}'],
  ])('%s is %s', async (name, code, content) => {
    if (content !== undefined) writeFileSync(join(empty, name), content);
    const shown = await expectFailure(name, finished, code);
    expect(shown).toContain(name);
    expect(shown).toContain('to do');
  });

  test('a folder is no manifest', async () => {
    mkdirSync(join(empty, 'folder'));
    expect(await expectFailure('folder', finished, 'manifest.unreadable')).toContain('folder');
  });
});

/** The same but for its last hexadecimal digit. */
function anotherEnd(text: string): string {
  return text.slice(0, -1) + (text.endsWith('0') ? '1' : '0');
}
