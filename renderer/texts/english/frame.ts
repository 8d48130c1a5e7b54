/** The frame, the run and what is signed, in English. */
import type { TransactionState } from '#domain/run.ts';

const states = {
  loading: 'Loading',
  running: 'Running',
  finished: 'Finished',
  failed: 'Stopped by a failure',
  stopped: 'Stopped',
};

const stepStates = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
};

const transactionStates: Readonly<Record<TransactionState, string>> = {
  signed: 'signed, not yet sent',
  sent: 'sent',
  included: 'included',
  final: 'final',
  reverted: 'refused by the contract',
};

export const frame = {
  product: 'GAIB Onboard',

  network: (name: string) => (name === 'sandbox' ? 'Sandbox: no real money' : name),

  practice: 'Practice: recorded machine',

  version: (version: string) => `Version ${version}`,

  home: (home: string) => `State kept in ${home}`,

  skip: 'Skip to the content',

  frame: { menu: 'Menu', screens: 'Screens', way: 'The way on chain', desk: 'Always at hand' },

  screens: {
    start: 'Start',
    run: 'Onboard',
    machines: 'Machines',
    benchmark: 'Benchmark',
    manifest: 'Manifest',
    attestation: 'Attestation',
    tokenize: 'Tokenize',
    list: 'List',
    earnings: 'Earnings',
    activity: 'Activity',
    settings: 'Settings',
    diagnostics: 'Diagnostics',
  },

  approval: {
    message: 'Your signature is asked for',
    transaction: 'A transaction is ready to be signed',
    contract: 'Contract',
    chain: (id: number) => `chain ${id}`,
    cost: 'Cost',
    atMost: (fee: string) => `at most ${fee}; it was simulated just now and goes through`,
    free: 'nothing',
    undo: 'Afterwards',
    sign: 'Sign',
    send: 'Sign and send',
    refuse: 'Do not sign',
  },

  headline: 'Bring this machine on chain',

  empty: {
    title: 'What will happen',
    lines: [
      'This machine is discovered and benchmarked, and what was found is written into a manifest that you and the machine sign.',
      'Independent validators challenge the machine and attest it; then its deed and its capacity are minted.',
      'The deed is listed into a pool that pays: you take the advance and receive the first epoch of earnings.',
    ],
    undo: 'Each step is written down before it is taken. You can stop at any time and go on later; nothing is minted twice.',
    sandbox:
      'On the sandbox everything happens on a chain inside this machine. It costs nothing and can be thrown away.',
  },

  noRuns: 'No run yet.',

  startRun: 'Start',

  starting: 'Starting…',

  goOn: 'Go on',

  stop: 'Stop',

  stopping: 'Stopping after the act in progress…',

  startFresh: 'Start a new run',

  steps: 'Steps',

  thisRun: 'This run',

  states,

  stepStates,

  transactionStates,

  atStep: (number: number, count: number, title: string) => `Step ${number} of ${count}: ${title}`,

  elapsed: 'Time at work',

  stepsDone: 'Steps done',

  gas: 'Gas used',

  fees: 'Fees',

  transactions: 'Transactions',

  block: (number: number) => `block ${number}`,

  gasOf: (gas: string) => `${gas} gas`,

  warning: 'Warning',

  copy: 'Copy',

  copied: 'Copied',

  copyOf: (what: string) => `Copy ${what}`,

  failure: {
    expected: 'Expected',
    found: 'Found',
    mend: 'What to do',
    code: 'Code',
    kept: 'What is done stays done. Go on takes up the run where it stopped.',
  },

  offline: 'The program does not answer. This page goes on by itself once it is back.',

  receipt: {
    title: 'Receipt',
    lead: (asset: string) => `${asset} is on chain, attested, listed and paid.`,
    practice: 'A practice run: this receipt stands for a recording, not for hardware.',
    deed: 'Deed',
    contract: 'Contract',
    owner: 'Owner',
    root: 'Manifest root',
    capacity: 'Capacity',
    token: 'Token',
    attestation: 'Attestation',
    signedBy: (count: number) => (count === 1 ? '1 validator' : `${count} validators`),
    validUntil: (day: string) => `valid until ${day}`,
    listing: 'Listing',
    pool: 'Pool',
    deal: 'Deal',
    advance: 'Advance',
    ofPrincipal: (principal: string) => `of ${principal} listed`,
    earnings: (epoch: number) => `Earnings of epoch ${epoch}`,
    paid: (paid: string) => `${paid} paid in, shared out in this order:`,
    claimed: 'Claimed by the owner',
    gas: 'Gas over all transactions',
    downloadManifest: 'Download manifest.json',
    downloadReceipt: 'Download receipt.json',
  },
};
