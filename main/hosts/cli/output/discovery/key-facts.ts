/** The few facts by which a person knows a thing again, in one line. */
import type { Asset } from '#domain/asset.ts';
import type { Fact } from '#domain/fact.ts';
import { formatFigure } from '#domain/number-format.ts';
import { plain } from '../terminal.ts';

type Show = (facts: Lookup) => string | undefined;
type Lookup = (name: string) => Fact | undefined;

const text =
  (name: string, before = ''): Show =>
  (fact) => {
    const value = fact(name)?.value;
    return typeof value === 'string' ? `${before}${plain(value)}` : undefined;
  };
const figure =
  (name: string, after = ''): Show =>
  (fact) => {
    const found = fact(name);
    return typeof found?.value === 'number' ? `${formatFigure(found.value, found.unit ?? '')}${after}` : undefined;
  };
/** Bytes as memory is sold: powers of two. */
const memory =
  (name: string): Show =>
  (fact) => {
    const value = fact(name)?.value;
    return typeof value === 'number' ? `${Number((value / 2 ** 30).toPrecision(3))} GiB` : undefined;
  };
const first =
  (...shows: Show[]): Show =>
  (facts) =>
    shows.map((show) => show(facts)).find((shown) => shown !== undefined);

const shown: Record<Asset['kind'], readonly Show[]> = {
  host: [
    (fact) => {
      const model = fact('cpu-model')?.value;
      const sockets = fact('cpu-sockets')?.value;
      if (typeof model !== 'string') return undefined;
      const short = plain(model)
        .replace(/\((?:R|TM|C)\)|\bCPU\b|\bProcessor\b|@.*$|\b\d+-Core\b/g, ' ')
        .replace(/ {2,}/g, ' ')
        .trim();
      return typeof sockets === 'number' && sockets > 1 ? `${sockets}× ${short}` : short;
    },
    figure('cpu-cores', ' cores'),
    memory('memory-total'),
    text('os-name'),
  ],
  gpu: [
    memory('memory-total'),
    first(text('compute-capability', 'CC '), text('architecture')),
    figure('power-limit'),
    first(text('driver-version', 'driver '), text('pci-device-id')),
  ],
  accelerator: [memory('memory-total'), text('pci-driver', 'driver '), text('pci-device-id')],
  power: [
    text('power-class'),
    first(figure('power-rating'), figure('apparent-power-rating')),
    first(figure('power-output'), figure('load', ' load')),
    first(figure('battery-charge', ' charged'), text('state')),
  ],
  robot: [
    text('robot-class'),
    figure('axes', ' axes'),
    figure('payload-max'),
    first(text('operating-mode'), text('robot-mode')),
    text('safety-state'),
    text('controller-software'),
  ],
};

export function keyFacts({ kind, name, facts, partition }: Asset): string {
  const lookup: Lookup = (name) => facts.find((fact) => fact.name === name);
  const parts = shown[kind]
    .map((show) => show(lookup))
    .filter((part) => part !== undefined && part !== '' && part !== plain(name));
  if (partition?.kind === 'mig') parts.push(`MIG ×${partition.instances ?? '?'}`);
  return parts.slice(0, 5).join(', ');
}
