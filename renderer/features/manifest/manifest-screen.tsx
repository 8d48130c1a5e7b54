/** What is signed, in words first and as JSON behind it; what becomes public by it and what stays on this machine. */
import { useQuery } from '@tanstack/react-query';
import { failureFrom } from '#api/client/api.ts';
import { manifestFile, manifestRoot, type SignedManifest } from '#domain/manifest.ts';
import { Button } from '../../components/button.tsx';
import { FailureCard } from '../../components/failure-card.tsx';
import { Hash } from '../../components/hash.tsx';
import { Icon } from '../../components/icon.tsx';
import { Card } from '../../components/layout/card.tsx';
import { Facts } from '../../components/layout/facts.tsx';
import { Stage } from '../../components/run/stage.tsx';
import { useApi } from '../../lib/api-context.ts';
import { useCurrentRun } from '../../lib/current-run.tsx';
import { formatInstant } from '../../lib/format.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useTexts } from '../../lib/use-texts.ts';
import styles from './manifest.module.css';

export function ManifestScreen() {
  const texts = useTexts();
  const api = useApi();
  const { id, view } = useCurrentRun();
  const isDone = view.steps.manifest.record.state === 'done';
  const signed = useQuery({
    queryKey: ['runs', id, 'manifest'],
    queryFn: () => api.runs.manifest.query({ run: id as string }),
    enabled: id !== undefined && isDone,
  });
  return (
    <Stage title={texts.manifest.title} about={texts.manifest.about} steps={['manifest']}>
      <div className={styles.columns}>
        <Card title={texts.manifest.isPublic}>
          <Lines lines={texts.manifest.publicLines} />
        </Card>
        <Card title={texts.manifest.stays}>
          <Lines lines={texts.manifest.staysLines} />
        </Card>
      </div>
      {signed.error && <FailureCard failure={failureFrom(signed.error)} />}
      {signed.data && <Signed signed={signed.data} />}
    </Stage>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Signed({ signed }: { signed: SignedManifest }) {
  const of = useTexts().manifest;
  const { manifest, signatures } = signed;
  const { measurement, asset, capacity } = manifest;
  const root = manifestRoot(manifest);
  const measured = measurement.benchmarks.filter(({ outcome }) => outcome === 'measured').length;
  return (
    <>
      <Card
        title={asset.name}
        aside={
          <Button onPress={() => saveFile('manifest.json', manifestFile(signed))}>
            <Icon name="save" />
            {of.save}
          </Button>
        }
      >
        {manifest.practice && <p className={styles.practice}>{of.practice(manifest.practice.recording)}</p>}
        <Facts
          rows={[
            [of.root, <Hash key="root" value={root} what={of.root} />],
            [of.key, <Hash key="key" value={asset.key} what={of.key} />],
            [of.identity, of.identityBy(asset.identity.scheme, asset.identity.source)],
            [of.owner, <Hash key="owner" value={manifest.owner} what={of.owner} />],
            [of.machine, <Hash key="machine" value={manifest.machine} what={of.machine} />],
            [
              of.content,
              of.counts(measurement.components.length, countFacts(signed), measured, measurement.findings.length),
            ],
            [of.capacity, `${capacity.units} × ${capacity.class}`],
            [of.seed, of.seedBinds(measurement.seed.block)],
            [of.madeAt, formatInstant(manifest.createdAt)],
          ]}
        />
      </Card>
      <Card title={of.signatures}>
        <Facts
          rows={[
            [of.owner, <code key="owner">{signatures.owner}</code>],
            [of.machine, <code key="machine">{signatures.machine}</code>],
          ]}
        />
      </Card>
      <details className={styles.json}>
        <summary>{of.asJson}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <pre tabIndex={0}>{JSON.stringify(signed, null, 2)}</pre>
      </details>
    </>
  );
}

const countFacts = ({ manifest }: SignedManifest) =>
  manifest.measurement.components.reduce((sum, { facts }) => sum + facts.length, 0);
