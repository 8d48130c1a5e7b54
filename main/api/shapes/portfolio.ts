/** Wire shapes of what an owner holds and earns; held to the domain's types by the compiler. */
import { z } from 'zod';
import {
  type AssetEarnings,
  deedActs,
  type EarningsPlan,
  type HeldAsset,
  linkNames,
  type Pool,
  type ValidatorStanding,
} from '#domain/portfolio.ts';

const text = z.string();
const int = z.number().int();
const leg = z.object({ name: text, amount: text });

export const deedAct = z.enum(deedActs);
export const deedId = z.string().regex(/^\d{1,78}$/, 'the number of a deed, decimal');
export const accountAddress = z.string().regex(/^0x[0-9a-fA-F]{40}$/, '0x and 40 hexadecimal digits');

export const heldAssetShape = z.object({
  deed: z.object({ id: text, assetKey: text, manifestRoot: text, category: int, state: text, machine: text }),
  name: text,
  kind: text,
  practice: z.boolean(),
  run: text.nullable(),
  attestedUntil: int.nullable(),
  capacity: z.object({ token: text, symbol: text, minted: text, termHours: z.number() }).nullable(),
  listing: z
    .object({
      deal: text,
      pool: text,
      state: text,
      principal: text,
      advanced: text,
      outstanding: text,
      paidIn: text,
      ownerClaimable: text,
      ownerClaimed: text,
    })
    .nullable(),
}) satisfies z.ZodType<HeldAsset>;

export const poolShape = z.object({
  address: text,
  name: text,
  symbol: text,
  depositNav: text,
  withdrawalNav: text,
  cash: text,
  utilisationBps: int,
  deals: z.array(
    z.object({
      address: text,
      kind: z.enum(['debt', 'revenue-share', 'hybrid']),
      rateBps: int,
      outstanding: text,
      appraisal: text,
      overdue: text,
      delinquentSince: int.nullable(),
      termSeconds: int,
    }),
  ),
  lentAtBps: int.nullable(),
  advanceRateBps: int.nullable(),
}) satisfies z.ZodType<Pool>;

export const validatorShape = z.object({
  operator: text,
  signer: text,
  stake: text,
  weightBps: int,
  jailed: z.boolean(),
}) satisfies z.ZodType<ValidatorStanding>;

const happened = { amount: text, block: int, at: int, transaction: text };
const dollars = z.number().nullable();

export const earningsShape = z.object({
  payments: z.array(z.object({ ...happened, epoch: int, factorBps: int, legs: z.array(leg) })),
  claims: z.array(z.object(happened)),
  performance: z.array(z.object({ epoch: int, uptimeBps: int, benchmarkBps: int })),
  links: z.array(
    z.object({
      name: z.enum(linkNames),
      state: z.enum(['holds', 'broken', 'unknown']),
      found: text,
      mend: text.exactOptional(),
    }),
  ),
  net: z.object({
    earned: z.number(),
    powerLow: dollars,
    powerHigh: dollars,
    gas: dollars,
    netLow: dollars,
    netHigh: dollars,
    missing: z.array(text),
  }),
}) satisfies z.ZodType<AssetEarnings>;

export const planShape = z.object({
  pool: text,
  principal: text,
  advance: text,
  payments: z.array(z.object({ number: int, after: int, amount: text, legs: z.array(leg), outstanding: text })),
  ownerTotal: text,
  source: text,
}) satisfies z.ZodType<EarningsPlan>;
