/** What was found in and around this machine, each thing with its state, its mend, and every fact with its sources. */
import { useQuery } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import type { Asset, AssetKind } from '#domain/asset.ts';
import { FailureCard } from '../../components/failure-card.tsx';
import { Stage } from '../../components/run/stage.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { useTexts } from '../../lib/use-texts.ts';
import { AssetCard } from './asset-card.tsx';
import styles from './machines.module.css';
import { ProbeTable } from './probe-table.tsx';

const kinds: readonly AssetKind[] = ['host', 'gpu', 'accelerator', 'robot', 'power'];

export function MachinesScreen() {
  const texts = useTexts();
  const api = useApi();
  const { id, view } = useCurrentRun();
  const measured = useQuery({
    queryKey: ['runs', id, 'measured', view.steps.discovery.record.state],
    queryFn: () => api.runs.measured.query({ run: id as string }),
    enabled: id !== undefined,
  });
  const found = measured.data;
  return (
    <Stage title={texts.machines.title} about={texts.machines.about} steps={['discovery']}>
      {measured.error && <FailureCard failure={failureFrom(measured.error)} />}
      {found &&
        kinds
          .map((kind): [AssetKind, Asset[]] => [kind, found.assets.filter((asset) => asset.kind === kind)])
          .filter(([, assets]) => assets.length > 0)
          .map(([kind, assets]) => (
            <section key={kind} className={styles.group} aria-labelledby={`kind-${kind}`}>
              <h2 id={`kind-${kind}`}>
                {texts.machines.kinds[kind]} <span className={styles.count}>{assets.length}</span>
              </h2>
              {assets.map((asset) => (
                <AssetCard key={asset.id} asset={asset} />
              ))}
            </section>
          ))}
      {found && !found.assets.some(({ kind }) => kind === 'gpu') && (
        <p className={styles.none}>{texts.machines.noGpu}</p>
      )}
      {found && <ProbeTable probes={found.probes} />}
    </Stage>
  );
}
