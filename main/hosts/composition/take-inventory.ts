/** One scan brought to the document that discovery publishes. */
import { assembleInventory } from '#core/inventory/assemble-inventory.ts';
import type { Discovery } from '#domain/discovery.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Clock } from '#ports/clock.ts';
import type { MachineUnderTest } from '#ports/machine.ts';
import { productVersion } from './version.ts';

/** @throws FailureError `probe.unknown`, `capture.unreadable`, `rules.unreadable` */
export async function takeInventory(
  under: MachineUnderTest,
  clock: Clock,
  options: { signal: AbortSignal; onReading?: (reading: ProbeReading) => void },
): Promise<Discovery> {
  const [reference, readings] = await Promise.all([under.reference(), under.discover(options)]);
  // The key of the machine is made by its first run; discovery makes none and needs none.
  const practice = under.practice !== null;
  const inventory = assembleInventory(readings, { machineAddress: 'unknown', practice, reference });
  return {
    type: 'gaib.discovery',
    version: 1,
    at: clock.now().toISOString(),
    practice: under.practice,
    software: { name: 'gaib-onboard', version: productVersion },
    rules: inventory.rules,
    assets: inventory.assets,
    parts: inventory.components.filter(({ kind }) => kind === 'network'),
    findings: inventory.findings,
    probes: inventory.probes,
    contacted: readings.flatMap(({ contacted }) => contacted ?? []),
  };
}
