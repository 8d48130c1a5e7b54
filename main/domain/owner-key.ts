/** Where the owner's key stands. */
export interface OwnerKeyState {
  /** Null where there is none yet. */
  address: string | null;
  /** Whether a backup was opened and found to hold this very key. */
  backupTried: boolean;
  /** Whether this program can sign without asking for the passphrase. */
  unlocked: boolean;
}
