/** The probes there are, for those who only want their names. */
import { probes as registered } from '#probes/registry.ts';

export const probes: readonly { id: string; what: string; limitMs: number }[] = registered;
