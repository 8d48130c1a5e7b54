/** What the owner's key is asked to sign, in words, with what it costs and how it is undone; and yes or no. */
import { useMutation } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import type { ApprovalRequest } from '#domain/approval.ts';
import { formatFee, isHash } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import { Button } from '../button.tsx';
import { FailureCard } from '../failure-card.tsx';
import { Hash } from '../hash.tsx';
import styles from './approval-card.module.css';

interface ApprovalCardProps {
  request: ApprovalRequest;
  onAnswer(approved: boolean): Promise<unknown>;
}

export function ApprovalCard({ request, onAnswer }: ApprovalCardProps) {
  const texts = useTexts();
  const of = texts.approval;
  const answer = useMutation({ mutationFn: onAnswer });
  const { intent, kind, fields, contract, call, cost, undo } = request;
  return (
    <section className={styles.card} aria-labelledby="approval">
      <p className={styles.kicker}>{kind === 'message' ? of.message : of.transaction}</p>
      <h2 id="approval">{intent}</h2>
      <dl className={styles.fields}>
        {fields.map(({ label, value, raw }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd title={raw}>{isHash(value) ? <Hash value={value} what={label} /> : value}</dd>
          </div>
        ))}
        <div>
          <dt>{of.contract}</dt>
          <dd>
            {contract.name} <Hash value={contract.address} what={contract.name} /> · {of.chain(contract.chainId)} ·{' '}
            <code>{call}</code>
          </dd>
        </div>
        <div>
          <dt>{of.cost}</dt>
          <dd>{cost ? of.atMost(formatFee(cost.most)) : of.free}</dd>
        </div>
        <div>
          <dt>{of.undo}</dt>
          <dd>{undo}</dd>
        </div>
      </dl>
      {answer.error && <FailureCard failure={failureFrom(answer.error)} />}
      <div className={styles.actions}>
        <Button primary busy={answer.isPending} onPress={() => answer.mutate(true)}>
          {kind === 'message' ? of.sign : of.send}
        </Button>
        <Button busy={answer.isPending} onPress={() => answer.mutate(false)}>
          {of.refuse}
        </Button>
      </div>
    </section>
  );
}
