/** Start, key, activity, settings, diagnostics, in English. */

export const desk = {
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

  locked: {
    title: 'This page needs its link',
    detail: 'The console is open to the browser that opened its link, and to no other.',
  },
};
