/** The machine being onboarded: what its probes say and what its benchmarks measure. Both run in supervised workers. */
import type { BenchmarkFigure } from '#domain/manifest.ts';
import type { ProbeReading } from '#domain/reading.ts';
import type { Reference } from './reference.ts';

export interface DeviceToMeasure {
  locator: string;
  kind: string;
  name: string;
  pciId?: string;
  memoryBytes?: number;
}

export interface MachineUnderTest {
  /** `machine`, or `practice:` and the SHA-256 of the recording. */
  readonly subject: string;
  readonly practice: { recording: string; sha256: string } | null;
  discover(options: { signal: AbortSignal; onReading?: (reading: ProbeReading) => void }): Promise<ProbeReading[]>;
  /** What the readings are held against. */
  reference(): Promise<Reference>;
  benchmark(options: {
    seed: string;
    devices: DeviceToMeasure[];
    signal: AbortSignal;
    onProgress?: (progress: { id: string; subject: string; fraction: number; secondsLeft?: number }) => void;
  }): Promise<BenchmarkFigure[]>;
}
