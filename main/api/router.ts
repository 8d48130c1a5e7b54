/** The only door into the core: one router, one file per noun. */
import { machine } from './machine.ts';
import { router } from './procedure.ts';
import { product } from './product.ts';
import { runs } from './runs.ts';
import { verification } from './verification.ts';

export const appRouter = router({ product, runs, machine, verification });
export type AppRouter = typeof appRouter;
