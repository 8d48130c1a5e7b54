/** The only door into the core: one router, one file per noun. */
import { diagnostics } from './diagnostics.ts';
import { doctor } from './doctor.ts';
import { machine } from './machine.ts';
import { ownerKey } from './owner-key.ts';
import { portfolio } from './portfolio.ts';
import { router } from './procedure.ts';
import { product } from './product.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { verification } from './verification.ts';

export const appRouter = router({
  product,
  runs,
  machine,
  verification,
  ownerKey,
  portfolio,
  settings,
  diagnostics,
  doctor,
});
export type AppRouter = typeof appRouter;
