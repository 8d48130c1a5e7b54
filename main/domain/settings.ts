/** What an owner can set; everything has a value that works. */
import { z } from 'zod';

export const settings = z.strictObject({
  /** `system` follows the language of the system. */
  language: z.enum(['system', 'en', 'fr']).default('system'),
  theme: z.enum(['system', 'light', 'dark', 'contrast']).default('system'),
  /** Dollars for a kilowatt-hour; null where not said. */
  tariff: z.number().min(0).max(100).nullable().default(null),
  /** Dollars for an ether; null where not said. */
  etherPrice: z.number().min(0).max(10_000_000).nullable().default(null),
});
export type Settings = z.infer<typeof settings>;
