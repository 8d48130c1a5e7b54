/** TEST DOUBLE of an owner who holds nothing and has no key: the rest of the context behind the scripted run. */
import { FailureError, failure } from '#domain/failures/failure.ts';
import { settings } from '#domain/settings.ts';
import type { ApiContext } from './context.ts';

const nothing = () => Promise.reject(new FailureError(failure('key.missing', { subject: 'the scripted home' })));

export const scriptedPortfolio: Pick<ApiContext, 'ownerKey' | 'portfolio' | 'settings' | 'diagnostics' | 'doctor'> = {
  ownerKey: {
    state: () => ({ address: null, backupTried: false, unlocked: false }),
    create: nothing,
    bring: nothing,
    backup: () => {
      throw new FailureError(failure('key.missing', { subject: 'the scripted home' }));
    },
    tryBackup: nothing,
    unlock: nothing,
  },
  portfolio: {
    assets: async () => [],
    pools: async () => [],
    validators: async () => [],
    earnings: nothing,
    plan: nothing,
    planAct: nothing,
    performAct: nothing,
  },
  settings: { get: () => settings.parse({}), set: async () => {} },
  diagnostics: nothing,
  doctor: async () => [],
};
