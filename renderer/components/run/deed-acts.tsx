/** Acts on a deed: what would be signed is planned and shown, and done only once the owner agreed to that. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import type { DeedAct } from '#domain/portfolio.ts';
import { useApi } from '../../lib/api-context.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Button } from '../button.tsx';
import { FailureCard } from '../failure-card.tsx';
import { ApprovalCard } from './approval-card.tsx';
import styles from './deed-acts.module.css';

export function DeedActs({ deed, acts }: { deed: string; acts: readonly DeedAct[] }) {
  const texts = useTexts();
  const api = useApi();
  const queries = useQueryClient();
  const plan = useMutation({ mutationFn: (act: DeedAct) => api.portfolio.planAct.mutate({ act, deed }) });
  const perform = useMutation({
    mutationFn: async (approved: boolean) => {
      if (approved && plan.data && plan.variables)
        await api.portfolio.performAct.mutate({ act: plan.variables, deed, agreed: plan.data });
      plan.reset();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['portfolio'] }),
  });
  if (acts.length === 0 && !plan.data) return null;
  return (
    <div className={styles.acts}>
      {!plan.data && (
        <div className={styles.buttons}>
          {acts.map((act) => (
            <Button key={act} primary={act === 'claim'} busy={plan.isPending} onPress={() => plan.mutate(act)}>
              {plan.isPending ? texts.acts.planning : texts.acts[act]}
            </Button>
          ))}
        </div>
      )}
      {plan.error && <FailureCard failure={failureFrom(plan.error)} />}
      {plan.data && <ApprovalCard request={plan.data} onAnswer={(approved) => perform.mutateAsync(approved)} />}
    </div>
  );
}
