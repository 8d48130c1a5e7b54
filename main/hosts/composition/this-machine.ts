/** The machine under test: this one, through its supervised workers; or a recorded one, which cannot be measured. */
import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { benchmark } from '#adapters/bench/supervise.ts';
import { loadReference } from '#adapters/probes/reference.ts';
import { discover, UnknownProbe } from '#adapters/probes/supervise.ts';
import { fail } from '#domain/failures/failure.ts';
import type { MachineUnderTest } from '#ports/machine.ts';
import { PracticeUnreadable, readPractice } from '#probes/practice.ts';
import type { Entries } from './entries.ts';
import type { Home } from './home.ts';

export interface MachineOptions {
  entries: Entries;
  home: Home;
  profile: 'quick' | 'standard';
  practice?: { path: string; as?: string };
  only?: string[];
  /** Witness rules to use in place of those that came with the program. */
  witnessRules?: string;
}

/** @throws FailureError `capture.unreadable`; on discovery `probe.unknown` */
export async function machineUnderTest({
  entries,
  home,
  profile,
  practice,
  only,
  witnessRules,
}: MachineOptions): Promise<MachineUnderTest> {
  const recording = practice === undefined ? undefined : await openRecording(practice);
  return {
    subject: recording === undefined ? 'machine' : `practice:${recording.sha256}`,
    practice: recording ?? null,
    async discover({ signal, onReading }) {
      try {
        return await discover({
          workerEntry: entries.probeWorker,
          signal,
          ...(practice === undefined ? {} : { practice }),
          ...(only === undefined ? {} : { only }),
          ...(onReading === undefined ? {} : { onReading }),
        });
      } catch (error) {
        if (error instanceof UnknownProbe) fail('probe.unknown', { subject: error.probe, cause: error });
        if (error instanceof PracticeUnreadable)
          fail('capture.unreadable', { subject: error.path, found: error.reason, cause: error });
        throw error;
      }
    },
    reference: () => loadReference(witnessRules),
    async benchmark({ seed, devices, signal, onProgress }) {
      if (recording !== undefined) {
        return [
          {
            id: 'benchmarks',
            subject: 'host',
            what: 'Nothing was measured',
            unit: '1',
            outcome: 'skipped',
            sentence: 'A recorded machine cannot be measured.',
            runs: [],
            conditions: {},
          },
        ];
      }
      mkdirSync(home.scratch, { recursive: true, mode: 0o700 });
      return await benchmark({
        workerEntry: entries.benchmarkWorker,
        seed,
        profile,
        folder: home.scratch,
        devices,
        signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      });
    },
  };
}

async function openRecording({
  path,
  as,
}: {
  path: string;
  as?: string;
}): Promise<{ recording: string; sha256: string }> {
  try {
    const { sha256 } = await readPractice(path, as === undefined ? {} : { as });
    return { recording: basename(path), sha256 };
  } catch (error) {
    if (error instanceof PracticeUnreadable)
      fail('capture.unreadable', { subject: error.path, found: error.reason, cause: error });
    throw error;
  }
}
