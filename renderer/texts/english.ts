/** Every text of the page that does not come from the domain, in English. Another language is another such object. */
import type { TransactionState } from '#domain/run.ts';

const states = {
  loading: 'Loading',
  running: 'Running',
  finished: 'Finished',
  failed: 'Stopped by a failure',
  stopped: 'Stopped',
} as const;

const stepStates = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
} as const;

const transactionStates: Readonly<Record<TransactionState, string>> = {
  signed: 'signed, not yet sent',
  sent: 'sent',
  included: 'included',
  final: 'final',
  reverted: 'refused by the contract',
};

export const texts = {
  product: 'GAIB Onboard',
  network: (name: string) => (name === 'sandbox' ? 'Sandbox: no real money' : name),
  practice: 'Practice: recorded machine',
  version: (version: string) => `Version ${version}`,
  home: (home: string) => `State kept in ${home}`,
  skip: 'Skip to the steps',

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

  start: 'Start',
  starting: 'Starting…',
  goOn: 'Go on',
  stop: 'Stop',
  stopping: 'Stopping after the act in progress…',
  startFresh: 'Start a new run',

  steps: 'Steps',
  thisRun: 'This run',
  earlierRuns: 'Runs',
  states,
  stepStates,
  transactionStates,
  atStep: (number: number, count: number, title: string) => `Step ${number} of ${count}: ${title}`,
  started: 'Started',
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
    deal: (deal: string, state: string) => `deal ${deal}, ${state}`,
    advance: 'Advance',
    ofPrincipal: (principal: string) => `of ${principal} listed`,
    earnings: (epoch: number) => `Earnings of epoch ${epoch}`,
    paid: (paid: string) => `${paid} paid in, shared out in this order:`,
    claimed: 'Claimed by the owner',
    gas: 'Gas over all transactions',
    downloadManifest: 'Download manifest.json',
    downloadReceipt: 'Download receipt.json',
  },

  locked: {
    title: 'This page needs its link',
    detail: 'The console is open to the browser that opened its link, and to no other.',
  },
} as const;
