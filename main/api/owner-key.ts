/** The owner's key: made, brought in, backed up. A passphrase goes in and never comes out. */
import { z } from 'zod';
import type { OwnerKeyState } from '#domain/owner-key.ts';
import { procedure, router } from './procedure.ts';

const state = z.object({
  address: z.string().nullable(),
  backupTried: z.boolean(),
  unlocked: z.boolean(),
}) satisfies z.ZodType<OwnerKeyState>;

/** Twelve characters at least for a new one: NIST SP 800-63B asks for eight, wallets that hold value for more. */
const newPassphrase = z.string().min(12, 'at least 12 characters').max(1_000);
const passphrase = z.string().min(1).max(1_000);
const keystore = z.string().min(1).max(64_000);

export const ownerKey = router({
  state: procedure.output(state).query(({ ctx }) => ctx.ownerKey.state()),
  create: procedure
    .input(z.strictObject({ passphrase: newPassphrase }))
    .output(state)
    .mutation(({ ctx, input }) => ctx.ownerKey.create(input.passphrase)),
  bring: procedure
    .input(z.strictObject({ keystore, passphrase }))
    .output(state)
    .mutation(({ ctx, input }) => ctx.ownerKey.bring(input.keystore, input.passphrase)),
  /** The encrypted file, to be kept apart from its passphrase. */
  backup: procedure
    .output(z.object({ name: z.string(), keystore: z.string() }))
    .mutation(({ ctx }) => ctx.ownerKey.backup()),
  tryBackup: procedure
    .input(z.strictObject({ keystore, passphrase }))
    .output(state)
    .mutation(({ ctx, input }) => ctx.ownerKey.tryBackup(input.keystore, input.passphrase)),
  unlock: procedure
    .input(z.strictObject({ passphrase }))
    .output(state)
    .mutation(({ ctx, input }) => ctx.ownerKey.unlock(input.passphrase)),
});
