/** TEST DOUBLE: what each step of the scripted run tells. The figures are made up for the screens. */
import type { Figure, TransactionRecord } from '#domain/run.ts';
import type { StepName } from '#domain/step.ts';

interface StepScript {
  progress: { sentence: string; fraction?: number }[];
  warning?: string;
  transactions: TransactionRecord[];
  figures: Figure[];
}

const owner = '0x5B38Da6a701c568545dCfcB03FcB875f56beddC4';
const chain = '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0';

let nonce = 0;
function transaction(purpose: string, gasUsed: string): TransactionRecord {
  const number = nonce++;
  return {
    purpose,
    hash: `0x${(0x9a3f71c0 + number * 7919).toString(16)}${'4be17d2c'.repeat(7)}`,
    from: owner,
    to: chain,
    nonce: number,
    state: 'final',
    block: 41 + number,
    gasUsed,
    fee: String(BigInt(gasUsed) * 1_000_000_007n),
  };
}

const figure = (label: string, value: string): Figure => ({ label, value });

export const script: Readonly<Record<StepName, StepScript>> = {
  discovery: {
    progress: [
      { sentence: 'Asking the host what it is', fraction: 0.3 },
      { sentence: 'Asking the PCI bus for accelerators', fraction: 0.7 },
    ],
    warning: 'The probe nvidia-smi is not installed; NVML answered in its place.',
    transactions: [],
    figures: [
      figure('Machine', 'Scripted Rack Server SR-2'),
      figure('Processors', '2 × 64 cores'),
      figure('Memory', '1 TiB'),
      figure('Accelerators', '8 × H200 141 GB'),
      figure('Probes', '6 answered, 1 absent'),
    ],
  },
  settlement: {
    progress: [{ sentence: 'Waiting for the embedded chain to answer' }],
    transactions: [],
    figures: [figure('Chain', '31337, block 40'), figure('Contracts', '14 found, code compared')],
  },
  benchmark: {
    progress: [
      { sentence: 'Integer work on all cores, run 2 of 5', fraction: 0.15 },
      { sentence: 'Memory bandwidth (STREAM triad), run 3 of 5', fraction: 0.55 },
      { sentence: 'Disk reads past the page cache, run 4 of 5', fraction: 0.82 },
    ],
    transactions: [],
    figures: [
      figure('Integer', '412 billion operations/s, spread 0.8 %'),
      figure('Memory', '583 GB/s, 84 % of peak'),
      figure('Disk', '11.2 GB/s, spread 2.1 %'),
    ],
  },
  manifest: {
    progress: [{ sentence: 'Signing with the machine key and the owner key' }],
    transactions: [],
    figures: [figure('Root', `0x4b1f${'83ac'.repeat(14)}c9d2`), figure('Owner', owner)],
  },
  attestation: {
    progress: [
      { sentence: 'Validator 1 of 3 has challenged the machine', fraction: 0.33 },
      { sentence: 'Validator 2 of 3 has signed', fraction: 0.66 },
    ],
    transactions: [transaction('attest', '312884')],
    figures: [figure('Quorum', '3 of 3 validators, 300 staked')],
  },
  deed: {
    progress: [{ sentence: 'Registering the asset and minting its deed' }],
    transactions: [transaction('mint-deed', '268113')],
    figures: [figure('Deed', '#1'), figure('State', 'held by the owner')],
  },
  capacity: {
    progress: [{ sentence: 'Locking the deed' }],
    transactions: [transaction('lock-deed', '88410'), transaction('mint-capacity', '143907')],
    figures: [figure('Minted', '70,080 GPU-hour')],
  },
  listing: {
    progress: [{ sentence: 'Offering the deed to the pool' }],
    transactions: [transaction('list', '201556')],
    figures: [figure('Pool', 'Compute A'), figure('Principal', '186,000 AID')],
  },
  advance: {
    progress: [{ sentence: 'Drawing the advance' }],
    transactions: [transaction('advance', '119204')],
    figures: [figure('Received', '130,200 AID')],
  },
  earnings: {
    progress: [{ sentence: 'Settling epoch 1' }],
    transactions: [transaction('settle-epoch', '254071'), transaction('claim', '64990')],
    figures: [figure('Paid', '4,310.55 AID'), figure('Claimed', '1,293.16 AID')],
  },
};
