/** Every probe that was asked, what became of it, and what to do where it did not answer. */
import type { Manifest } from '#domain/manifest.ts';
import { Card } from '../../components/layout/card.tsx';
import { Table } from '../../components/layout/table.tsx';
import { formatElapsed } from '../../lib/format.ts';
import { useTexts } from '../../lib/use-texts.ts';

type Probes = Manifest['measurement']['probes'];

export function ProbeTable({ probes }: { probes: Probes }) {
  const of = useTexts().machines;
  return (
    <Card title={of.probes}>
      <Table<Probes[number]>
        caption={of.probes}
        rows={probes}
        keyOf={({ probe }) => probe}
        columns={[
          { name: of.probe, cell: ({ probe }) => probe },
          { name: of.outcome, cell: ({ outcome }) => of.outcomes[outcome] },
          { name: of.said, cell: ({ sentence }) => sentence ?? '' },
          { name: of.time, isNumber: true, cell: ({ elapsedMs }) => formatElapsed(elapsedMs) },
        ]}
      />
    </Card>
  );
}
