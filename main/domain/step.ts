/** The steps that a run takes. */
import { z } from 'zod';

/** The steps of a run, in order; each is one row of the journal and one line on every screen. */
export const stepNames = [
  'discovery',
  'settlement',
  'benchmark',
  'manifest',
  'attestation',
  'deed',
  'capacity',
  'listing',
  'advance',
  'earnings',
] as const;
export const stepName = z.enum(stepNames);
export type StepName = z.infer<typeof stepName>;

/** What each step does, in the owner's words. */
export const stepTitles: Readonly<Record<StepName, string>> = {
  discovery: 'Discover the machine',
  settlement: 'Reach the chain and its contracts',
  benchmark: 'Benchmark what was found',
  manifest: 'Sign the manifest',
  attestation: 'Have validators attest it',
  deed: 'Mint the deed',
  capacity: 'Mint the capacity',
  listing: 'List it into a pool',
  advance: 'Take the advance',
  earnings: 'Receive one epoch of earnings',
};
