/** The machine under test: this one, through its supervised workers; or a recorded one, which cannot be measured. */
import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { benchmark } from '#adapters/bench/supervise.ts';
import { isNetworkProbe } from '#adapters/probes/list-probes.ts';
import { loadReference } from '#adapters/probes/reference.ts';
import { discover, UnknownProbe } from '#adapters/probes/supervise.ts';
import { type NamedTarget, sweep } from '#adapters/probes/sweep.ts';
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
  /** Devices on the network that the owner named, with their secrets; asked for when discovery starts. */
  targets?: () => Promise<NamedTarget[]>;
}

/** @throws FailureError `capture.unreadable`; on discovery `probe.unknown` */
export async function machineUnderTest({
  entries,
  home,
  profile,
  practice,
  only,
  witnessRules,
  targets,
}: MachineOptions): Promise<MachineUnderTest> {
  const recording = practice === undefined ? undefined : await openRecording(practice);
  return {
    subject: recording === undefined ? 'machine' : `practice:${recording.sha256}`,
    practice: recording ?? null,
    async discover({ signal, onReading }) {
      try {
        // Before anything starts: a target file with a fault in it contacts nobody.
        const named = (await targets?.()) ?? [];
        const local = only?.filter((id) => !isNetworkProbe(id));
        const shared = {
          workerEntry: entries.probeWorker,
          spawnNode: entries.spawnNode,
          signal,
          ...(onReading === undefined ? {} : { onReading }),
        };
        const both = await Promise.all([
          discover({
            ...shared,
            ...(practice === undefined ? {} : { practice }),
            ...(local === undefined ? {} : { only: local }),
          }),
          named.length === 0 ? [] : sweep({ ...shared, targets: named, ...(only === undefined ? {} : { only }) }),
        ]);
        return both.flat();
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
        spawnNode: entries.spawnNode,
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
