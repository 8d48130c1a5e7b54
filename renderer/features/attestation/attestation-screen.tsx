/** Who vouches for the machine: the validators with their stake, what each asked and found, and the quorum as it fills. */
import { useQuery } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import { formatAmount } from '#domain/number-format.ts';
import type { ValidatorStanding } from '#domain/portfolio.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Hash } from '../../components/hash.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Table } from '../../components/layout/table.tsx';
import { Stage } from '../../components/run/stage.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatBps } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './attestation.module.css';
import { Evidence } from './evidence.tsx';

const quorumBps = 6_667;

export function AttestationScreen() {
  const texts = useTexts();
  const api = useApi();
  const { id, view } = useCurrentRun();
  const { record, warnings } = view.steps.attestation;
  const of = texts.attestation;
  const validators = useQuery({
    queryKey: ['portfolio', 'validators'],
    queryFn: () => api.portfolio.validators.query(),
    enabled: view.steps.settlement.record.state === 'done',
  });
  const statements = useQuery({
    queryKey: ['runs', id, 'statements'],
    queryFn: () => api.runs.statements.query({ run: id as string }),
    enabled: id !== undefined && record.state === 'done',
  });
  const weightOf = (signer: string) => validators.data?.find((one) => one.signer === signer)?.weightBps ?? 0;
  const signedBps = (statements.data ?? []).reduce((sum, { signer }) => sum + weightOf(signer), 0);
  return (
    <Stage title={of.title} about={of.about} steps={['attestation']}>
      {warnings.length > 0 && (
        <Card title={of.refused}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Card>
      )}
      {statements.data && validators.data && (
        <Card title={of.quorum}>
          <div className={styles.quorum}>
            <progress value={signedBps} max={10_000} aria-label={of.quorum} />
            <span>{of.signedOf(formatBps(signedBps), formatBps(quorumBps))}</span>
          </div>
        </Card>
      )}
      {validators.error && <FailureCard failure={failureFrom(validators.error)} />}
      {validators.data && (
        <Card title={of.validators}>
          <Table<ValidatorStanding>
            caption={of.validators}
            rows={validators.data}
            keyOf={({ operator }) => operator}
            columns={[
              { name: of.signer, cell: ({ signer }) => <Hash value={signer} what={of.signer} /> },
              {
                name: of.answer,
                cell: ({ signer }) => (statements.data?.some((one) => one.signer === signer) ? of.signed : of.waiting),
              },
              { name: of.state, cell: ({ jailed }) => (jailed ? of.jailed : of.inGoodStanding) },
              { name: of.stake, isNumber: true, cell: ({ stake }) => `${formatAmount(stake, 18)} GAIB` },
              { name: of.weight, isNumber: true, cell: ({ weightBps }) => formatBps(weightBps) },
            ]}
          />
        </Card>
      )}
      {statements.data?.map(({ signer, evidence }) => (
        <Card key={signer} title={of.evidenceOf} aside={<Hash value={signer} what={of.signer} />}>
          <Evidence evidence={evidence} />
        </Card>
      ))}
    </Stage>
  );
}
