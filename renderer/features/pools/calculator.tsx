/** What a deal on today's terms would pay, by the arithmetic of the pool's own contract. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureFrom } from '#api/client/api.ts';
import type { PlannedPayment, Pool } from '#domain/portfolio.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Field } from '../../components/field.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Facts } from '../../components/layout/facts.tsx';
import { Table } from '../../components/layout/table.tsx';
import { useApi } from '../../lib/api-context.ts';
import { formatDollars } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './pools.module.css';
import { WaterfallPlot } from './waterfall-plot.tsx';

export function Calculator({ pool, units }: { pool: Pool; units: number }) {
  const of = useTexts().list;
  const api = useApi();
  const [revenue, setRevenue] = useState('');
  const asked = /^\d{1,12}$/.test(revenue.trim()) ? `${revenue.trim()}${'0'.repeat(18)}` : undefined;
  const plan = useQuery({
    queryKey: ['portfolio', 'plan', pool.address, units, asked],
    queryFn: () =>
      api.portfolio.plan.query({ pool: pool.address, units, ...(asked === undefined ? {} : { revenue: asked }) }),
  });
  return (
    <Card title={of.calculator}>
      <div className={styles.calculator}>
        <Field
          label={of.revenue}
          hint={of.revenueHint}
          inputMode="numeric"
          value={revenue}
          wrong={revenue.trim() !== '' && asked === undefined ? of.revenueWrong : undefined}
          onChange={setRevenue}
        />
        {plan.error && <FailureCard failure={failureFrom(plan.error)} />}
        {plan.data && (
          <>
            <Facts
              rows={[
                [of.principal, formatDollars(plan.data.principal)],
                [of.advance, formatDollars(plan.data.advance)],
                [of.ownerTotal, formatDollars(plan.data.ownerTotal)],
                [of.termsFrom, plan.data.source],
              ]}
            />
            <WaterfallPlot payments={plan.data.payments} />
            <details className={styles.details}>
              <summary>{of.asTable}</summary>
              <Table<PlannedPayment>
                caption={of.calculator}
                rows={plan.data.payments}
                keyOf={({ number }) => String(number)}
                columns={[
                  { name: of.instalment, cell: ({ number }) => number },
                  { name: of.paidIn, isNumber: true, cell: ({ amount }) => formatDollars(amount) },
                  { name: of.toOwner, isNumber: true, cell: ({ legs }) => formatDollars(legAmount(legs, 'owner')) },
                  {
                    name: of.interest,
                    isNumber: true,
                    cell: ({ legs }) => formatDollars(legAmount(legs, 'senior interest')),
                  },
                  {
                    name: of.repaid,
                    isNumber: true,
                    cell: ({ legs }) => formatDollars(legAmount(legs, 'senior principal')),
                  },
                  { name: of.outstanding, isNumber: true, cell: ({ outstanding }) => formatDollars(outstanding) },
                ]}
              />
            </details>
          </>
        )}
      </div>
    </Card>
  );
}

const legAmount = (legs: PlannedPayment['legs'], name: string) => legs.find((leg) => leg.name === name)?.amount ?? '0';
