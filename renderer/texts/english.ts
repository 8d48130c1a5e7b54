/**
 * Every text of the page that does not come from the domain, in English. Another language is another such object: the
 * compiler holds it to this one's shape.
 */
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

export const english = {
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

  start: {
    lead: 'From hardware to an asset that earns: found, measured, signed, attested, minted, listed.',
    network: 'Network',
    sandbox: 'Sandbox',
    onboard: 'Onboard this machine',
    toRun: 'To the run',
  },

  key: {
    title: 'Your key',
    lead: 'One key signs for you and holds your deeds. It stays on this machine, encrypted; we have no copy.',
    create: 'Create a key',
    bring: 'Bring a key',
    passphrase: 'Passphrase',
    again: 'The passphrase again',
    atLeast: 'At least 12 characters. Nobody can open the key without it, and nobody can reset it.',
    differ: 'The two passphrases differ.',
    tooShort: 'Too short: at least 12 characters.',
    make: 'Create key',
    making: 'Encrypting…',
    file: 'Keystore file',
    open: 'Open and keep',
    address: 'Address',
    save: 'Save the backup',
    saved: 'Saved as',
    tryIt: 'Check the backup',
    tryLead: 'Choose the file you saved and type the passphrase: only a backup that was opened is a backup.',
    tried: 'The backup opens and holds this key.',
    untried: 'The backup was not checked yet.',
    later: 'Do it later',
    locked: 'The key is locked. Type its passphrase to sign with it.',
    unlock: 'Unlock',
  },

  settings: {
    title: 'Settings',
    language: 'Language',
    languages: { system: 'As the system', en: 'English', fr: 'Français' },
    theme: 'Appearance',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
    tariff: 'Electricity, dollars for a kilowatt-hour',
    etherPrice: 'Ether, dollars',
    notify: 'Tell me when something is attested, paid or needs attention',
    startWithSystem: 'Start with the system',
    save: 'Save',
    saved: 'Saved.',
    notNumber: 'A number, or nothing.',
  },

  diagnostics: {
    title: 'Diagnostics',
    lead: 'This is all that goes into the file. Keys, passphrases and signed transactions are never in it. Read it before you send it to anybody.',
    save: 'Save diagnostics.json',
  },

  activity: {
    title: 'Activity',
    lead: 'Every run of this home, with its transactions; one that was stopped goes on where it stopped.',
    open: 'Open',
    none: 'No transaction yet.',
    purpose: 'For',
    transaction: 'Transaction',
    state: 'State',
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
};

/** What every language has. */
export type Texts = typeof english;
