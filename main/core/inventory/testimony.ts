/** What one source says of one device, ready to be joined with what others say of the same one. */
import type { Fact } from '#domain/fact.ts';
import type { Identity } from '#domain/identity.ts';
import type { ProbeReading, ReadDevice } from '#domain/reading.ts';

export interface Testimony {
  probe: string;
  /** The probe, and of a device on the network the target it was read from. */
  source: string;
  /** Machine or target the locator belongs to; a slot of one says nothing of the same slot of another. */
  scope: string;
  device: ReadDevice;
  facts: Fact[];
  claims: Identity[];
}

/** In the order of the readings: best witness first. */
export function testimoniesOf(readings: readonly ProbeReading[]): Testimony[] {
  return readings.flatMap((reading) => reading.devices.map((device) => testimonyOf(reading, device)));
}

function testimonyOf(reading: ProbeReading, device: ReadDevice): Testimony {
  const source = sourceOf(reading);
  return {
    probe: reading.probe,
    source,
    scope: reading.target ?? '',
    device,
    facts: device.observations.map(({ name, value, unit, trust }) => ({
      name,
      value: typeof value === 'string' ? value.slice(0, 4096) : value,
      ...(unit === undefined ? {} : { unit }),
      source,
      at: reading.startedAt,
      known: 'reported',
      trust,
    })),
    claims: device.identity.map((claim) => ({ ...claim, source })),
  };
}

export function sourceOf({ probe, target }: Pick<ProbeReading, 'probe' | 'target'>): string {
  return (target === undefined ? probe : `${probe} at ${target}`).slice(0, 100);
}
