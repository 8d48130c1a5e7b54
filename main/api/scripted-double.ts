/**
 * TEST DOUBLE of the program behind the API: plays one scripted run, figures and all, so that a door or a page can be
 * tried without a chain. No product code imports it; what it shows was never measured.
 */
import { type Failure, failure } from '#domain/failures/failure.ts';
import type { RunEvent, RunRecord, StepRecord } from '#domain/run.ts';
import { type StepName, stepNames } from '#domain/step.ts';
import type { ApiContext } from './context.ts';
import { scriptedDiscovery, scriptedManifest, scriptedReadings, scriptedReceipt } from './scripted-papers-double.ts';
import { scriptedPortfolio } from './scripted-portfolio-double.ts';
import { script } from './scripted-steps-double.ts';

type Unnumbered<E> = E extends RunEvent ? Omit<E, 'id' | 'at' | 'run'> : never;

interface PlayedRun {
  record: RunRecord;
  events: RunEvent[];
  over: boolean;
  cancelled: boolean;
}

export interface ScriptedDouble {
  context: ApiContext;
  /** Lets a run held at a step go on. */
  release(): void;
  /** Mends what `failAt` had broken, so that the next start goes through. */
  mend(): void;
  finishedRun(): string;
}

export interface ScriptOptions {
  /** Pause between two events, in milliseconds. */
  pace?: number;
  /** The step in whose middle the run waits for `release`. */
  holdAt?: StepName;
  failAt?: { step: StepName; failure: Failure };
  network?: string;
  practice?: boolean;
  /** Start with a run that ended before. */
  earlier?: boolean;
}

const firstInstant = Date.UTC(2026, 0, 15, 9, 30);

/** A context that plays the script; every run it starts is the same. */
export function scriptedDouble(options: ScriptOptions = {}): ScriptedDouble {
  const runs: PlayedRun[] = [];
  const listeners = new Set<() => void>();
  let failAt = options.failAt;
  let held = options.holdAt;
  const network = options.network ?? 'sandbox';
  const practice = options.practice ?? false;

  const tell = () => {
    const woken = [...listeners];
    listeners.clear();
    for (const wake of woken) wake();
  };
  const change = () => new Promise<void>((resolve) => listeners.add(resolve));
  const rest = () => new Promise<void>((resolve) => setTimeout(resolve, options.pace ?? 0));
  const played = (id: string) => runs.find((each) => each.record.id === id);

  const emit = (run: PlayedRun, event: Unnumbered<RunEvent>) => {
    const id = run.events.length + 1;
    run.events.push({ ...event, id, at: new Date().toISOString(), run: run.record.id } as RunEvent);
    tell();
  };

  const put = (run: PlayedRun, step: StepRecord) => {
    const index = stepNames.indexOf(step.name);
    run.record.steps[index] = step;
    emit(run, { type: 'step', step: structuredClone(step) });
  };

  async function playStep(run: PlayedRun, name: StepName): Promise<Failure | undefined> {
    const startedAt = Date.now();
    const step: StepRecord = {
      name,
      state: 'running',
      startedAt: new Date(startedAt).toISOString(),
      figures: [],
      transactions: [],
    };
    put(run, step);
    const part = script[name];
    for (const [index, { sentence, fraction }] of part.progress.entries()) {
      await rest();
      emit(run, { type: 'progress', name, sentence, ...(fraction === undefined ? {} : { fraction }) });
      while (held === name && index === part.progress.length - 1 && !run.cancelled) await change();
    }
    if (part.warning) emit(run, { type: 'warning', name, sentence: part.warning });
    for (const transaction of failAt?.step === name || run.cancelled ? [] : part.transactions) {
      for (const state of ['sent', 'included', 'final'] as const) {
        const others = step.transactions.filter((each) => each.purpose !== transaction.purpose);
        const { block, gasUsed, fee, ...early } = transaction;
        step.transactions = [...others, state === 'sent' ? { ...early, state } : { ...transaction, state }];
        await rest();
        put(run, step);
      }
    }
    const found = run.cancelled ? failure('run.cancelled') : failAt?.step === name ? failAt.failure : undefined;
    const finished = { finishedAt: new Date().toISOString(), elapsedMs: Date.now() - startedAt };
    if (found) put(run, { ...step, ...finished, state: 'failed', failure: found });
    else put(run, { ...step, ...finished, state: 'done', figures: part.figures });
    return found;
  }

  async function play(run: PlayedRun): Promise<void> {
    for (const name of stepNames) {
      if (run.record.steps.find((step) => step.name === name)?.state === 'done') continue;
      const found = await playStep(run, name);
      if (found) {
        run.over = true;
        return emit(run, { type: 'failed', failure: found });
      }
    }
    run.over = true;
    run.record.finishedAt = new Date().toISOString();
    emit(run, { type: 'finished' });
  }

  const open = (id: string, startedAt: Date): PlayedRun => {
    const steps = stepNames.map((name): StepRecord => ({ name, state: 'waiting', figures: [], transactions: [] }));
    const record = { id, network, practice, startedAt: startedAt.toISOString(), steps };
    const run = { record, events: [], over: false, cancelled: false };
    runs.unshift(run);
    return run;
  };

  if (options.earlier) {
    const run = open('run-0001', new Date(firstInstant));
    run.record.finishedAt = new Date(firstInstant + 96_000).toISOString();
    run.over = true;
    run.record.steps = stepNames.map((name, index) => ({
      name,
      state: 'done',
      startedAt: new Date(firstInstant + index * 9000).toISOString(),
      finishedAt: new Date(firstInstant + index * 9000 + 8200).toISOString(),
      elapsedMs: 8200,
      figures: script[name].figures,
      transactions: script[name].transactions,
    }));
    for (const step of run.record.steps) emit(run, { type: 'step', step });
    emit(run, { type: 'finished' });
  }

  const context: ApiContext = {
    ...scriptedPortfolio,
    product: async () => ({ version: '0.1.0', network, chainId: 31337, practice, home: '/var/lib/gaib-onboard' }),
    onboarding: {
      start: async ({ fresh }) => {
        const stopped = runs.find((each) => each.over && !each.record.finishedAt);
        const run = !fresh && stopped ? stopped : open(`run-${String(runs.length + 1).padStart(4, '0')}`, new Date());
        run.over = false;
        run.cancelled = false;
        void play(run);
        return { run: run.record.id };
      },
      answer: async () => {},
      measured: async () => undefined,
      statements: async () => undefined,
      cancel: async (id) => {
        const run = played(id);
        if (run) run.cancelled = true;
        tell();
      },
      run: async (id) => structuredClone(played(id)?.record),
      runs: async () => runs.map((each) => structuredClone(each.record)),
      active: async () => runs.find((each) => !each.over)?.record.id,
      events: async function* (id, after, signal) {
        const run = played(id);
        let seen = after;
        while (run && !signal.aborted) {
          const next = run.events[seen];
          if (next) {
            seen++;
            yield next;
          } else if (run.over) return;
          else await Promise.race([change(), new Promise((resolve) => signal.addEventListener('abort', resolve))]);
        }
      },
      manifest: async (id) => (played(id)?.record.finishedAt ? scriptedManifest : undefined),
      receipt: async (id) => {
        const record = played(id)?.record;
        return record?.finishedAt ? scriptedReceipt(record) : undefined;
      },
    },
    discover: async ({ onReading }) => {
      for (const reading of scriptedReadings) {
        await rest();
        onReading?.(reading);
      }
      return scriptedReadings;
    },
    inventory: async ({ onReading }) => {
      for (const reading of scriptedReadings) {
        await rest();
        onReading?.(reading);
      }
      return scriptedDiscovery;
    },
    verify: async (subject) => ({
      subject: 'deed' in subject ? subject.deed : 'manifest.json',
      practice,
      holds: true,
      checks: [{ id: 'owner-signature', what: "The owner's signature fits the manifest", outcome: 'holds' }],
    }),
  };

  return {
    context,
    release: () => {
      held = undefined;
      tell();
    },
    mend: () => {
      failAt = undefined;
    },
    finishedRun: () => {
      const run = runs.find((each) => each.record.finishedAt);
      if (!run) throw new Error('no scripted run has ended yet');
      return run.record.id;
    },
  };
}
