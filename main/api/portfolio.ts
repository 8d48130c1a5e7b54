/** What the owner holds and earns, and what can be done with it. */
import { z } from 'zod';
import { procedure, router } from './procedure.ts';
import { approvalShape } from './shapes/approval.ts';
import {
  accountAddress,
  deedAct,
  deedId,
  earningsShape,
  heldAssetShape,
  planShape,
  poolShape,
  validatorShape,
} from './shapes/portfolio.ts';
import { transactionShape } from './shapes/run.ts';

const price = z.number().min(0).max(10_000_000).nullable().default(null);
const act = z.strictObject({ act: deedAct, deed: deedId });

export const portfolio = router({
  assets: procedure.output(z.array(heldAssetShape)).query(({ ctx }) => ctx.portfolio.assets()),
  pools: procedure.output(z.array(poolShape)).query(({ ctx }) => ctx.portfolio.pools()),
  validators: procedure.output(z.array(validatorShape)).query(({ ctx }) => ctx.portfolio.validators()),

  /** @param tariff dollars for a kilowatt-hour; @param etherPrice dollars for an ether */
  earnings: procedure
    .input(z.strictObject({ deed: deedId, tariff: price, etherPrice: price }))
    .output(earningsShape)
    .query(({ ctx, input }) => ctx.portfolio.earnings(input)),

  /** The calculator: what a deal on today's terms would pay. */
  plan: procedure
    .input(
      z.strictObject({
        pool: accountAddress,
        units: z.number().int().min(1).max(1_000_000),
        /** Base units of the dollar for each period; the network's own figure where left out. */
        revenue: z
          .string()
          .regex(/^\d{1,40}$/)
          .exactOptional(),
        factorBps: z.number().int().min(0).max(10_000).default(10_000),
      }),
    )
    .output(planShape)
    .query(({ ctx, input }) => ctx.portfolio.plan(input)),

  planAct: procedure
    .input(act)
    .output(approvalShape)
    .mutation(({ ctx, input }) => ctx.portfolio.planAct(input)),

  performAct: procedure
    .input(z.strictObject({ ...act.shape, agreed: approvalShape }))
    .output(z.array(transactionShape))
    .mutation(({ ctx, input: { agreed, ...asked } }) => ctx.portfolio.performAct(asked, agreed)),
});
