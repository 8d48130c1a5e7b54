/** What an owner asks on the terminal after the run: assets, earnings, pools, validators, a claim, the doctor. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '#domain/receipt.ts';
import { failureIn, gaibOnboard, onboardRecording, scratch } from './command-line.ts';

const place = scratch();
let home: string;
let receipt: Receipt;

beforeAll(async () => {
  home = await place.home();
  receipt = JSON.parse((await onboardRecording(home)).stdout) as Receipt;
});
afterAll(() => place.remove());

const ask = (...words: string[]) => gaibOnboard([...words, '--home', home]);

describe('after the run', () => {
  test('assets lists the deed, on paper and as a document', async () => {
    const { assets } = JSON.parse((await ask('assets', '--json')).stdout) as { assets: { deed: { id: string } }[] };
    expect(assets.map(({ deed }) => deed.id)).toEqual([receipt.deed.id]);
    expect((await ask('assets')).stdout).toContain('8× NVIDIA H100 80GB HBM3 (practice)');
  });

  test('earnings walks from the hardware to the payout, by the last digits of the deed', async () => {
    const { stdout, status } = await ask('earnings', receipt.deed.id.slice(-6));
    expect(status).toBe(0);
    expect(stdout.match(/✓/g)).toHaveLength(6);
    expect(stdout).toContain('960 AID');
  });

  test('pools and validators are read from the chain', async () => {
    expect((await ask('pools')).stdout).toContain('10.00 %');
    const { validators } = JSON.parse((await ask('validators', '--json')).stdout) as { validators: unknown[] };
    expect(validators).toHaveLength(3);
  });

  test('a claim of nothing is refused by the contract before anything is signed', async () => {
    const outcome = await ask('claim', receipt.deed.id, '--dry-run', '--json');
    expect(failureIn(outcome)).toMatchObject({
      code: 'chain.reverted',
      found: expect.stringContaining('nothing to claim'),
    });
    expect(outcome.status).toBe(33);
  });

  test('a deed nobody has, and what is no deed, are told apart', async () => {
    expect((await ask('earnings', '000001')).status).toBe(86);
    expect((await ask('earnings', 'the first one')).status).toBe(13);
  });

  test('the doctor finds nothing that would stop a run, and says of each thing what it found', async () => {
    const { stdout, status } = await ask('doctor', '--json');
    const { checks } = JSON.parse(stdout) as { checks: { id: string; level: string; found: string }[] };
    expect(checks.map(({ id }) => id)).toEqual([
      'program',
      'clock',
      'disk',
      'lock',
      'key',
      'chain',
      'nvidia',
      'serials',
      'pci',
    ]);
    expect(checks.filter(({ level }) => level === 'bad')).toEqual([]);
    expect(checks.find(({ id }) => id === 'key')?.found).toBe(receipt.owner);
    expect(status).toBe(0);
  });
});
