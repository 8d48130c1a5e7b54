/** A fact: one value about a device, with its unit, where it comes from, when, and how it is known. */
import { z } from 'zod';

export const known = z.enum(['reported', 'measured', 'attested']);
export const trust = z.enum(['signed', 'firmware', 'host', 'entered']);

export const fact = z.strictObject({
  name: z.string().min(1).max(100),
  value: z.union([z.string().max(4096), z.number(), z.boolean()]),
  unit: z.string().max(40).optional().describe('UCUM code (https://ucum.org); absent for text and booleans'),
  source: z.string().min(1).max(100).describe('The probe that gave the value'),
  at: z.iso.datetime().describe('When it was read, UTC'),
  known: known.describe(
    'reported: a source says it; measured: this program measured it; attested: validators signed it',
  ),
  trust: trust.describe('Who stands behind the source: its maker, firmware, the operating system, or a person'),
});
export type Fact = z.infer<typeof fact>;

/** Two sources that disagree, or a source that is missing what another has. Kept in the manifest, never smoothed over. */
export const finding = z.strictObject({
  code: z.string().max(60),
  subject: z.string().max(100),
  sentence: z.string().max(2000),
});
export type Finding = z.infer<typeof finding>;
