/** TEST DOUBLE: manifest, receipt and readings of the scripted run. The machine does not exist. */

import type { Discovery } from '#domain/discovery.ts';
import type { SignedManifest } from '#domain/manifest.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Receipt } from '#domain/receipt.ts';
import type { RunRecord } from '#domain/run.ts';

const hash = (digit: string) => `0x${digit.repeat(64)}`;
const address = (digit: string) => `0x${digit.repeat(40)}`;
const signature = (digit: string) => `0x${digit.repeat(130)}`;
const identity = { scheme: 'system-serial', value: 'SCRIPTED-0001', source: 'dmi', trust: 'firmware' } as const;
/** In the smallest unit, as the chain has it. */
const dollars = (whole: number) => `${Math.round(whole * 100)}${'0'.repeat(16)}`;
const at = '2026-01-15T09:30:00.000Z';

export const scriptedManifest: SignedManifest = {
  manifest: {
    type: 'gaib.asset-manifest',
    version: 1,
    practice: null,
    network: { chainId: 31337, registry: address('a') },
    asset: { key: hash('1'), kind: 'host', category: 1, name: 'Scripted Rack Server SR-2', identity },
    owner: address('b'),
    machine: address('c'),
    capacity: { class: 'H200', units: 8, unit: 'GPU-hour' },
    measurement: {
      seed: { block: 40, blockHash: hash('2'), value: hash('3') },
      measuredAt: at,
      components: [{ kind: 'host', locator: 'host', name: 'Scripted Rack Server SR-2', identity, facts: [] }],
      findings: [],
      probes: [{ probe: 'dmi', outcome: 'present', elapsedMs: 3 }],
      benchmarks: [],
    },
    measurementSignature: signature('4'),
    createdAt: at,
    software: { name: 'gaib-onboard', version: '0.1.0' },
  },
  signatures: { owner: signature('5'), machine: signature('6') },
};

export function scriptedReceipt(run: RunRecord): Receipt {
  return {
    type: 'gaib.onboarding-receipt',
    version: 1,
    practice: run.practice,
    network: { name: run.network, chainId: 31337, genesis: hash('7') },
    asset: { key: hash('1'), kind: 'host', name: 'Scripted Rack Server SR-2', identityScheme: 'system-serial' },
    owner: '0x5B38Da6a701c568545dCfcB03FcB875f56beddC4',
    machine: '0xAb8483F64d9C6d1EcF9b849Ae677dD3315835cb2',
    manifestRoot: `0x4b1f${'83ac'.repeat(14)}c9d2`,
    deed: { id: '1', state: 'locked', contract: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0' },
    capacity: {
      token: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
      symbol: 'H200-2027',
      minted: dollars(70080),
      unit: 'GPU-hour',
    },
    attestation: {
      validators: [
        '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
        '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
        '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
      ],
      epoch: 1,
      validUntil: '2026-02-14T09:30:00.000Z',
      kinds: ['location', 'custody', 'workload'],
    },
    listing: {
      pool: '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9',
      deal: '1',
      state: 'active',
      principal: dollars(186000),
      advanced: dollars(130200),
    },
    earnings: {
      epoch: 1,
      paid: dollars(4310.55),
      waterfall: [
        { name: 'Power and operations', amount: dollars(862.11) },
        { name: 'Senior interest', amount: dollars(1077.64) },
        { name: 'Principal', amount: dollars(862.11) },
        { name: 'Reserve', amount: dollars(215.53) },
        { name: 'Owner', amount: dollars(1293.16) },
      ],
      ownerClaimed: dollars(1293.16),
    },
    gas: { used: '1453135', fee: '1453135010171945' },
    run,
  };
}

export const scriptedReadings: ProbeReading[] = [
  {
    probe: 'dmi',
    startedAt: at,
    elapsedMs: 3,
    outcome: 'present',
    devices: [
      {
        kind: 'host',
        locator: 'host',
        name: 'Scripted Rack Server SR-2',
        identity: [{ scheme: 'system-serial', value: 'SCRIPTED-0001', trust: 'firmware' }],
        observations: [{ name: 'vendor', value: 'Scripted', trust: 'firmware' }],
        problems: [],
      },
    ],
    problems: [],
  },
  {
    probe: 'nvidia-smi',
    startedAt: at,
    elapsedMs: 1,
    outcome: 'absent',
    sentence: 'nvidia-smi is not installed.',
    devices: [],
    problems: [],
  },
];

export const scriptedDiscovery: Discovery = {
  type: 'gaib.discovery',
  version: 1,
  at,
  practice: null,
  software: { name: 'gaib-onboard', version: '0.0.0' },
  rules: { version: 1, date: '2026-01-01' },
  assets: [
    {
      id: 'host',
      kind: 'host',
      name: 'Scripted Rack Server SR-2',
      locator: 'host',
      state: 'ready',
      reasons: [],
      verification: 'unverified',
      checks: [],
      identity: { scheme: 'system-serial', value: 'SCRIPTED-0001', source: 'dmi', trust: 'firmware' },
      otherNames: [],
      tokenizable: true,
      sources: ['dmi'],
      facts: [{ name: 'vendor', value: 'Scripted', source: 'dmi', at, known: 'reported', trust: 'firmware' }],
      disagreements: [],
      problems: [],
    },
  ],
  parts: [],
  findings: [],
  probes: scriptedReadings.map(({ probe, outcome, elapsedMs, sentence }) => ({
    probe,
    outcome,
    elapsedMs,
    ...(sentence === undefined ? {} : { sentence }),
  })),
  contacted: [],
};
