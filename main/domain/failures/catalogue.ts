/**
 * Every failure the product can end in: its sentence, its mend and its exit status. `{subject}` is filled in by the
 * place that fails. One row serves the terminal, the JSON output and the screens; `docs/failures.md` is made from it.
 */

export interface CatalogueEntry {
  exit: number;
  what: string;
  mend: string;
}

const entries = {
  // 1: a fault of ours. 2: the command line itself.
  'internal.unexpected': {
    exit: 1,
    what: 'The program ran into a fault of its own.',
    mend: 'Run it again; if it comes back, file an issue with the output of gaib-onboard diagnostics.',
  },
  'usage.invalid': { exit: 2, what: 'The command line cannot be read: {subject}.', mend: 'See gaib-onboard --help.' },
  'usage.no_terminal': {
    exit: 3,
    what: '{subject} has to be asked, and there is no terminal to ask on.',
    mend: 'Pass it by a file (--passphrase-file FILE) or a systemd credential (LoadCredential=owner-passphrase:FILE).',
  },
  'run.cancelled': {
    exit: 4,
    what: 'The run was stopped before it ended.',
    mend: 'Start it again: it goes on where it stopped.',
  },

  'request.invalid': {
    exit: 5,
    what: 'The request cannot be read: {subject}.',
    mend: 'Reload the page, so that page and program are of one version.',
  },

  'api.unreachable': {
    exit: 6,
    what: 'The program behind this page does not answer.',
    mend: 'Check that gaib-onboard still runs; the page goes on by itself once it answers.',
  },

  // 10–19: files handed in.
  'manifest.unreadable': {
    exit: 10,
    what: '{subject} cannot be read as a manifest.',
    mend: 'Give the manifest.json that gaib-onboard onboard --out DIR wrote, unchanged.',
  },
  'manifest.invalid': {
    exit: 11,
    what: '{subject} does not follow the manifest schema.',
    mend: 'Compare it with docs/specs/manifest.schema.json; make it again with gaib-onboard onboard.',
  },
  'capture.unreadable': {
    exit: 12,
    what: '{subject} is not a recording this program knows.',
    mend: 'Give a file or folder of a kind listed by gaib-onboard discover --help.',
  },
  'deed.unreadable': {
    exit: 13,
    what: '{subject} is not a deed number.',
    mend: 'Give the deed as the receipt prints it: a decimal number, or 0x and hexadecimal digits.',
  },
  'rules.unreadable': {
    exit: 17,
    what: '{subject} holds no witness rules this program knows.',
    mend: 'Give a file of the form of native-probes/reference/witness-rules.json, or leave the option out.',
  },
  'targets.invalid': {
    exit: 15,
    what: 'The target file {subject} cannot be used.',
    mend: 'Mend the lines named; docs/targets.md shows what one looks like. Nothing was contacted.',
  },
  'file.missing': { exit: 14, what: '{subject} does not exist.', mend: 'Check the path.' },

  // 20–29: keys.
  'key.wrong_passphrase': {
    exit: 20,
    what: 'The passphrase does not open the keystore {subject}.',
    mend: 'Give the passphrase this keystore was made with; nothing was changed.',
  },
  'key.unreadable': {
    exit: 21,
    what: '{subject} is not an Ethereum keystore of version 3.',
    mend: 'Restore the file from its backup.',
  },
  'key.hostile_parameters': {
    exit: 22,
    what: 'The keystore {subject} asks for more memory or work than any wallet writes.',
    mend: 'Do not use this file; restore yours from its backup.',
  },
  'key.missing': { exit: 23, what: 'There is no owner key at {subject}.', mend: 'Make one with gaib-onboard init.' },
  'key.exposed': {
    exit: 24,
    what: 'Others on this machine can read {subject}.',
    mend: 'chmod 600 {subject}',
  },
  'key.present': {
    exit: 26,
    what: 'There is an owner key already at {subject}; it is not replaced.',
    mend: 'Use it, or move its file away first. A key that holds deeds is the only way to them.',
  },
  'key.other_backup': {
    exit: 27,
    what: '{subject} opens, and holds another key.',
    mend: 'Give the file that was saved as the backup of this key.',
  },
  'credential.missing': {
    exit: 28,
    what: 'There are no credentials called {subject} in the encrypted store.',
    mend: 'Store them with gaib-onboard credentials set NAME. Nothing was contacted.',
  },
  'credential.unreadable': {
    exit: 29,
    what: '{subject} cannot be read as credentials.',
    mend: 'Give a file of name: value lines, such as username: reader and password: …, that only you can read.',
  },

  // 30–39: the chain.
  'chain.unreachable': {
    exit: 30,
    what: 'The chain at {subject} does not answer.',
    mend: 'Check the address and the network, then run the same command again: it goes on where it stopped.',
  },
  'chain.wrong_id': {
    exit: 31,
    what: 'The endpoint {subject} serves another chain than the one meant.',
    mend: 'Give the endpoint of the right chain with --rpc.',
  },
  'chain.not_deployed': {
    exit: 32,
    what: 'The contracts are not on this chain at {subject}.',
    mend: 'Give the addresses with --deployment; on the sandbox, run gaib-onboard onboard once.',
  },
  'chain.reverted': {
    exit: 33,
    what: 'The contract refused {subject}.',
    mend: 'Read the reason found; nothing was minted or moved by this transaction.',
  },
  'chain.insufficient_funds': {
    exit: 34,
    what: 'The account {subject} cannot pay for the transaction.',
    mend: 'Send it the amount that is missing and run the same command again.',
  },
  'chain.nonsense': {
    exit: 35,
    what: 'The endpoint {subject} answered something that is no JSON-RPC reply.',
    mend: 'Check that the address is an Ethereum JSON-RPC endpoint.',
  },
  'chain.diverged': {
    exit: 36,
    what: 'The chain no longer holds what this run had recorded as final: {subject}.',
    mend: 'The chain is not the one of this run; restore its state, or set it aside with gaib-onboard sandbox reset.',
  },
  'chain.sandbox_broken': {
    exit: 37,
    what: 'The embedded chain cannot be started: {subject}.',
    mend: 'Read the log named; gaib-onboard sandbox reset starts an empty one.',
  },
  'chain.timeout': {
    exit: 38,
    what: 'The transaction for {subject} was sent and has not been included in time.',
    mend: 'Run the same command again: it looks for this transaction and sends no second one.',
  },

  // 40–49: the disk.
  'disk.full': {
    exit: 40,
    what: 'The disk is full: {subject} could not be written.',
    mend: 'Free some space and run the same command again; it goes on where it stopped.',
  },
  'disk.denied': {
    exit: 41,
    what: 'This user may not write {subject}.',
    mend: 'Change its owner or choose another folder with --home DIR or --out DIR.',
  },
  'disk.unusable': {
    exit: 42,
    what: '{subject} cannot be used for files.',
    mend: 'Choose another folder with --home DIR or --out DIR.',
  },
  'journal.broken': {
    exit: 43,
    what: 'The journal {subject} is damaged.',
    mend: 'Keep the file, restore it from a backup, or move it aside: what is on chain is found again by the asset key.',
  },
  'journal.newer': {
    exit: 44,
    what: 'The journal {subject} was written by a newer version of this program.',
    mend: 'Use that version, or another --home.',
  },

  // 50–59: runs.
  'run.locked': {
    exit: 50,
    what: 'Another run is using {subject}.',
    mend: 'Wait for it to end, or look at it with gaib-onboard console.',
  },
  'run.unknown': {
    exit: 55,
    what: 'There is no run {subject} in this journal.',
    mend: 'Choose one of the runs listed, or start a new one.',
  },
  'approval.refused': {
    exit: 56,
    what: 'The owner did not agree to sign: {subject}.',
    mend: 'Nothing was signed or sent. Start the run again: it goes on here and asks again.',
  },
  'practice.refused': {
    exit: 51,
    what: 'Practice assets are accepted by the sandbox only, not by {subject}.',
    mend: 'Leave --practice out to onboard this machine.',
  },
  'asset.identity_weak': {
    exit: 52,
    what: '{subject} has no identity strong enough for this network.',
    mend: 'Run once as root so that the system serial can be read, or name the asset on the sandbox.',
  },
  'asset.taken': {
    exit: 53,
    what: 'This asset already has a deed on this chain: {subject}.',
    mend: 'If it is yours, verify it with gaib-onboard verify; if it is not, dispute it.',
  },
  'terms.unknown': { exit: 54, what: 'There is no {subject} on this network.', mend: 'Choose one that is listed.' },

  // 60–69: what a device or a probe does.
  'probe.timeout': {
    exit: 60,
    what: 'The probe {subject} did not answer in its time and was ended.',
    mend: 'Its facts are missing and all others are kept; run gaib-onboard discover --probe {subject} to look closer.',
  },
  'probe.crashed': {
    exit: 61,
    what: 'The probe {subject} took its worker down.',
    mend: 'Its facts are missing and all others are kept; check the driver it talks to.',
  },
  'probe.nonsense': {
    exit: 62,
    what: 'The probe {subject} answered something that cannot be read.',
    mend: 'Its facts are missing and all others are kept; check the tool it calls.',
  },
  'probe.unknown': {
    exit: 63,
    what: 'There is no probe called {subject}.',
    mend: 'See gaib-onboard discover --list-probes.',
  },
  'benchmark.failed': {
    exit: 64,
    what: 'The benchmark {subject} could not be run.',
    mend: 'Its figure is missing from the manifest; read what was found.',
  },
  'asset.unknown': {
    exit: 67,
    what: 'Discovery found nothing called {subject}.',
    mend: 'Name it as gaib-onboard discover shows it: its short name, its key, its identity or its place.',
  },
  'asset.empty': {
    exit: 65,
    what: 'Nothing was found that could be onboarded.',
    mend: 'See gaib-onboard discover for what each probe said.',
  },

  // 70–79: validators.
  'attestation.refused': {
    exit: 70,
    what: 'A validator refused to attest: {subject}.',
    mend: 'Read its reason; mend it and run the same command again.',
  },
  'attestation.no_quorum': {
    exit: 71,
    what: 'Too few validators attested {subject}.',
    mend: 'Run the same command again once more validators are up; the statements given so far are kept.',
  },
  'attestation.equivocation': {
    exit: 72,
    what: 'This validator has already signed another statement for {subject} in this epoch.',
    mend: 'Wait for the next epoch; signing both would be slashed.',
  },
  'validator.unavailable': {
    exit: 73,
    what: 'The validator {subject} did not start or stopped answering.',
    mend: 'Read its log; the run goes on with the others while they make a quorum.',
  },

  // 80–99: what verify finds.
  'verify.not_canonical': {
    exit: 80,
    what: '{subject} was changed: it is not the canonical form that was signed.',
    mend: 'Ask the owner for the original manifest; this one proves nothing.',
  },
  'verify.measurement_signature': {
    exit: 81,
    what: "The machine's signature does not fit what was measured.",
    mend: 'The measured part was changed after it was signed; ask for the original.',
  },
  'verify.owner_signature': {
    exit: 82,
    what: "The owner's signature does not fit this manifest.",
    mend: 'The manifest was changed, or signed by another key; ask for the original.',
  },
  'verify.machine_signature': {
    exit: 83,
    what: "The machine's signature does not fit this manifest.",
    mend: 'The manifest was changed, or signed by another machine; ask for the original.',
  },
  'verify.asset_key': {
    exit: 84,
    what: "The asset key does not follow from the asset's identity.",
    mend: 'The identity or the key was exchanged; ask for the original.',
  },
  'verify.seed': {
    exit: 85,
    what: 'The benchmark seed does not bind this block, asset and owner.',
    mend: 'The result may be prepared, replayed or moved; have the machine measured again.',
  },
  'verify.no_deed': {
    exit: 86,
    what: 'This chain has no deed for the asset {subject}.',
    mend: 'The asset was never tokenized on this chain; check --rpc and --deployment, or the home with --home.',
  },
  'verify.other_manifest': {
    exit: 87,
    what: 'The deed on chain stands for another manifest.',
    mend: 'The deed was swapped or amended; ask for the manifest whose root is on chain.',
  },
  'verify.other_owner': {
    exit: 88,
    what: 'The deed was registered for another owner or machine than the manifest names.',
    mend: 'Ask who holds the deed; a transfer shows in its history.',
  },
  'verify.unattested': {
    exit: 89,
    what: 'No quorum of validators stands behind this manifest.',
    mend: 'Have it attested; until then it is a claim of its owner alone.',
  },
  'verify.attestation_expired': {
    exit: 90,
    what: "The validators' statement has run out.",
    mend: 'Have the machine attested again.',
  },
  'verify.capacity': {
    exit: 91,
    what: 'More capacity is in circulation than was attested.',
    mend: 'Do not accept this capacity; report it as a dispute.',
  },
  'verify.block_unknown': {
    exit: 92,
    what: 'The block the seed binds is not part of this chain.',
    mend: 'The manifest was made for another chain; check --rpc, or the home with --home.',
  },
  'verify.receipt': {
    exit: 93,
    what: 'The receipt does not agree with the chain: {subject}.',
    mend: 'Trust the chain; write the receipt again with gaib-onboard receipt.',
  },

  // 100–109: the console and the window.
  'console.link_used': {
    exit: 100,
    what: 'This link was used already, or is older than a minute.',
    mend: 'Start gaib-onboard console again: it prints a new link.',
  },
  'console.no_session': {
    exit: 101,
    what: 'This browser has no session with the console.',
    mend: 'Open the link that gaib-onboard console printed; each link opens one browser, once.',
  },
  'console.refused': {
    exit: 102,
    what: 'The console refused the request: {subject}.',
    mend: 'Open the console under the address that it printed, in a browser on this machine or through an SSH tunnel.',
  },
  'console.crowded': {
    exit: 103,
    what: 'Too many links were tried.',
    mend: 'Wait a minute, then open the link again.',
  },
  'port.taken': {
    exit: 105,
    what: 'This program cannot listen on port {subject}.',
    mend: 'Another program listens there, or this user may not: choose another one with --port, or 0 for a free one.',
  },
  'console.page_missing': {
    exit: 104,
    what: 'The page is not built: {subject} is missing.',
    mend: 'npm run build',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type FailureCode = keyof typeof entries;
export const catalogue: Readonly<Record<FailureCode, CatalogueEntry>> = entries;
