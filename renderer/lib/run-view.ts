/** What the page shows of a run, folded from its record and its events: pure, so that a replay shows the same. */
import type { ApprovalRequest } from '#domain/approval.ts';
import type { Failure } from '#domain/failures/failure.ts';
import type { RunEvent, RunRecord, StepRecord } from '#domain/run.ts';
import { type StepName, stepNames } from '#domain/step.ts';

export interface StepView {
  record: StepRecord;
  /** The newest sentence of progress. */
  sentence?: string;
  fraction?: number;
  warnings: string[];
  /** What the owner is asked to sign, until it is answered. */
  approval?: ApprovalRequest;
}

export interface RunView {
  lastEvent: number;
  steps: Readonly<Record<StepName, StepView>>;
  end?: { finished: true } | { finished: false; failure: Failure };
}

export const emptyRun: RunView = {
  lastEvent: 0,
  steps: Object.fromEntries(
    stepNames.map((name): [StepName, StepView] => [
      name,
      { record: { name, state: 'waiting', figures: [], transactions: [] }, warnings: [] },
    ]),
  ) as Record<StepName, StepView>,
};

/** Takes one event in; one that was taken in before changes nothing. */
export function foldEvent(view: RunView, event: RunEvent): RunView {
  if (event.id <= view.lastEvent) return view;
  const next = { ...view, lastEvent: event.id };
  switch (event.type) {
    case 'step':
      return withStep(withoutEnd(next), event.step.name, (step) => takeStep(step, event.step));
    case 'progress':
      return withStep(next, event.name, ({ fraction: _, ...step }) => ({
        ...step,
        sentence: event.sentence,
        ...(event.fraction === undefined ? {} : { fraction: event.fraction }),
      }));
    case 'warning':
      return withStep(next, event.name, (step) => ({ ...step, warnings: withOnce(step.warnings, event.sentence) }));
    case 'approval':
      return withStep(next, event.request.step, (step) => ({ ...step, approval: event.request }));
    case 'answered':
      return withoutApproval(next, event.approval);
    case 'finished':
      return { ...next, end: { finished: true } };
    case 'failed':
      return { ...next, end: { finished: false, failure: event.failure } };
  }
}

/** A step that starts anew (after a failure, say) leaves behind what it said the last time. */
function takeStep(before: StepView, record: StepRecord): StepView {
  const isNewAttempt = record.state === 'running' && before.record.startedAt !== record.startedAt;
  if (isNewAttempt) return { record, warnings: [] };
  const { approval: _, ...told } = before;
  return record.state === 'running' ? { ...before, record } : { ...told, record };
}

function withStep(view: RunView, name: StepName, change: (step: StepView) => StepView): RunView {
  return { ...view, steps: { ...view.steps, [name]: change(view.steps[name]) } };
}

function withoutEnd({ end: _, ...view }: RunView): RunView {
  return view;
}

/** A question that was answered is shown no more. */
function withoutApproval(view: RunView, approval: string): RunView {
  const steps = Object.entries(view.steps).map(([name, { approval: asked, ...step }]) => [
    name,
    asked === undefined || asked.id === approval ? step : { ...step, approval: asked },
  ]);
  return { ...view, steps: Object.fromEntries(steps) as RunView['steps'] };
}

function withOnce(sentences: string[], sentence: string): string[] {
  return sentences.includes(sentence) ? sentences : [...sentences, sentence];
}

export type Phase = 'loading' | 'running' | 'finished' | 'failed' | 'stopped';

/** Where the run stands. `live`: its stream is open, so somebody is at work on it. */
export function phaseOf(view: RunView, live: boolean): Phase {
  if (view.end)
    return view.end.finished ? 'finished' : view.end.failure.code === 'run.cancelled' ? 'stopped' : 'failed';
  if (live) return view.lastEvent === 0 ? 'loading' : 'running';
  return 'stopped';
}

/** Where a run of the list stands, from its record alone. */
export function phaseOfRecord(record: RunRecord, active: string | null): Phase {
  if (record.id === active) return 'running';
  if (record.finishedAt !== undefined && record.steps.every(({ state }) => state === 'done')) return 'finished';
  const failure = record.steps.find(({ state }) => state === 'failed')?.failure;
  return failure && failure.code !== 'run.cancelled' ? 'failed' : 'stopped';
}

export function totalsOf(view: RunView) {
  const steps = Object.values(view.steps).map(({ record }) => record);
  const transactions = steps.flatMap((step) => step.transactions);
  const sum = (key: 'gasUsed' | 'fee') =>
    transactions.reduce((total, each) => total + BigInt(each[key] ?? 0), 0n).toString();
  return {
    stepsDone: steps.filter(({ state }) => state === 'done').length,
    elapsedMs: steps.reduce((total, { elapsedMs }) => total + (elapsedMs ?? 0), 0),
    gasUsed: sum('gasUsed'),
    fee: sum('fee'),
  };
}

/** What the run waits for the owner to agree to. */
export function pendingApproval(view: RunView): ApprovalRequest | undefined {
  return stepNames.map((name) => view.steps[name].approval).find((asked) => asked !== undefined);
}

/** The step the run is at: the one under way or failed, else the first that waits. */
export function currentStep(view: RunView): StepName | undefined {
  const at = (state: StepRecord['state']) => stepNames.find((name) => view.steps[name].record.state === state);
  return at('running') ?? at('failed') ?? at('waiting');
}
