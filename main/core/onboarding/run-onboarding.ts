/**
 * One machine from discovery to earnings. The journal knows what is done; this goes on from there, step by step, and
 * tells whoever watches. Killed anywhere and started again it ends in the same deed, capacity and listing.
 */
import { freshnessSeconds } from '#core/validation/examine-manifest.ts';
import { failureOf } from '#domain/failures/failure.ts';
import type { Receipt } from '#domain/receipt.ts';
import type { NewRunEvent, RunEvent, RunRecord } from '#domain/run.ts';
import { type StepName, stepNames } from '#domain/step.ts';
import type { OnboardingContext } from './context.ts';
import type { Outcomes } from './outcomes.ts';
import { composeReceipt } from './receipt.ts';
import { type StepTools, steps } from './steps.ts';

export interface RunOptions {
  fresh: boolean;
  signal: AbortSignal;
  onEvent?: (event: RunEvent) => void;
}

/**
 * The run of this machine on this network, opened or found. One that was stopped before its attestation, so long ago
 * that no validator takes its measurement any more, is left for a new one: nothing of it has been minted.
 */
export async function openRun(context: OnboardingContext, fresh: boolean): Promise<RunRecord> {
  const { network, journal, machine, clock } = context;
  const genesis = await network.chain.genesis();
  const scope = { network: network.name, genesis, subject: machine.subject };
  const known = await journal.openRun(scope, fresh);
  const now = clock.now();
  if (!isTooOld(known, now)) return known;
  const run = await journal.openRun(scope, true);
  await journal.addEvent({
    at: now.toISOString(),
    run: run.id,
    type: 'warning',
    name: 'discovery',
    sentence: `The run of ${known.startedAt} was stopped before its attestation, and its measurement is too old by now: everything is measured again.`,
  });
  return run;
}

function isTooOld({ steps }: RunRecord, now: Date): boolean {
  const measured = steps.find(({ name }) => name === 'benchmark')?.finishedAt;
  const isAttested = steps.find(({ name }) => name === 'attestation')?.state === 'done';
  return measured !== undefined && !isAttested && now.getTime() - Date.parse(measured) > usableMs;
}

/** An attestation takes minutes at most, and is begun only while there is time for it. */
const usableMs = (freshnessSeconds - 600) * 1_000;

/** @throws FailureError of the step that failed; the journal keeps everything up to it */
export async function runOnboarding(context: OnboardingContext, run: RunRecord, options: RunOptions): Promise<Receipt> {
  const { journal, clock } = context;
  const outcomes: Partial<Outcomes> = {};
  const at = () => clock.now().toISOString();
  const tell = async (event: NewRunEvent) => {
    const stored = await journal.addEvent(event);
    options.onEvent?.(stored);
  };
  /** A remark that cannot be stored is lost; what matters is stored by the step, which fails where it cannot be. */
  const remark = (event: NewRunEvent) => void tell(event).catch(() => undefined);
  const tellStep = async (name: StepName) => {
    const record = await journal.run(run.id);
    const step = record?.steps.find((one) => one.name === name);
    if (step) await tell({ at: at(), run: run.id, type: 'step', step });
  };

  for (const name of stepNames) {
    const stored = await journal.outcome<Outcomes[typeof name]>(run.id, name);
    try {
      options.signal.throwIfAborted();
      if (stored !== undefined) {
        // The chain may have been restarted since: reaching it does nothing where nothing is missing, and what the
        // journal says of the first time stays.
        if (name === 'settlement') await steps.settlement(context, tools(name));
        Object.assign(outcomes, { [name]: stored });
        await tellStep(name);
        continue;
      }
      await journal.stepIntended(run.id, name);
      await tellStep(name);
      const { outcome, figures } = await steps[name](context, tools(name));
      await journal.stepDone(run.id, name, outcome, figures);
      Object.assign(outcomes, { [name]: outcome });
      await tellStep(name);
    } catch (error) {
      const failure = failureOf(options.signal.aborted ? options.signal.reason : error);
      // A step that was done stays done: stopped before it was looked at again, it is not to be acted anew.
      if (stored === undefined) await journal.stepFailed(run.id, name, failure);
      await tellStep(name);
      await tell({ at: at(), run: run.id, type: 'failed', failure });
      throw error;
    }
  }
  if (run.finishedAt === undefined) await journal.runFinished(run.id);
  const receipt = await composeReceipt(context, run.id, outcomes as Outcomes);
  await journal.storeReceipt(run.id, receipt);
  await tell({ at: at(), run: run.id, type: 'finished' });
  return receipt;

  function tools(name: StepName): StepTools {
    return {
      run: run.id,
      signal: options.signal,
      before(earlier) {
        const outcome = outcomes[earlier];
        if (outcome === undefined) throw new Error(`${name} ran before ${earlier}`);
        return outcome as Outcomes[typeof earlier];
      },
      progress: (sentence, fraction) =>
        remark({
          at: at(),
          run: run.id,
          type: 'progress',
          name,
          sentence,
          ...(fraction === undefined ? {} : { fraction }),
        }),
      warn: (sentence) => remark({ at: at(), run: run.id, type: 'warning', name, sentence }),
    };
  }
}
