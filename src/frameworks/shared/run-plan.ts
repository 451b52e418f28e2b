import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Position} from '../../core/migrations/migration.ts';
import type {Plan, RunReport, Step, StepReport, Stopped} from '../../core/migrations/plan.ts';
import {labelOf, samePosition} from '../../core/migrations/position.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {readEnding} from './ending.ts';
import {wordsOf, type Stop} from './run-words.ts';
import {endTransaction, underLock} from './under-lock.ts';

/** What the bookkeeping says at a moment. */
export interface Reading {
  readonly position: Position;
  /** As in `Bookkeeping.mark`. */
  readonly mark?: string;
}

/** How one tool runs a plan; `runSteps` does the rest. */
export interface Runner {
  /** The tool's word for a database in which a migration failed. */
  readonly failed: string;
  /** The tool's advisory locks, in the order in which they are taken; none where it takes none. */
  readonly keys: readonly bigint[];
  /** Makes the bookkeeping ready, under the lock, as the tool does. */
  prepare(session: Session): Promise<Outcome<void>>;
  read(session: Session): Promise<Outcome<Reading>>;
  /** Begins the transaction of a run that is one; nothing has run when it fails. */
  begin?(session: Session): Promise<Outcome<void>>;
  /**
   * Runs one step with its bookkeeping. What it leaves open or aborted is rolled back afterwards, unless the run is one
   * transaction.
   */
  step(session: Session, step: Step, signal?: Signal): Promise<Omit<Stop, 'step'> | undefined>;
  /** Commits a run that is one transaction. After a stop it is rolled back instead, and nothing of the run counts. */
  commit?(session: Session): Promise<Omit<Stop, 'step'> | undefined>;
}

/** One run: what every part of it needs. */
interface Run {
  readonly session: Session;
  readonly plan: Plan;
  readonly runner: Runner;
  readonly options: RunOptions;
  done: StepReport[];
}

/**
 * Runs a plan step by step under the tool's lock, with progress, cancelling between the steps and inside of them.
 * @returns as of `Project.run`
 */
export async function runSteps(
  session: Session,
  plan: Plan,
  runner: Runner,
  options: RunOptions,
  reopen: OpenSession,
): Promise<Outcome<RunReport>> {
  const started = performance.now();
  const unhear = session.onNotice(({message}) => options.onEvent?.({kind: 'notice', message}));
  const run: Run = {session, plan, runner, options, done: []};
  const guarded = {keys: runner.keys, prepare: () => runner.prepare(session)};
  try {
    return await underLock(session, guarded, options, reopen, async () => {
      const begun = await begin(run);
      if (!begun.ok) return begun;
      const stop = await finish(run, await eachStep(run));
      return ok(await report(run, stop, started, reopen));
    });
  } finally {
    unhear();
  }
}

/** Looks again under the lock. */
async function begin({session, plan, runner}: Run): Promise<Outcome<void>> {
  const now = await runner.read(session);
  if (!now.ok) return now;
  if (hasMoved(plan, now.value)) return moved(plan, now.value.position);
  return (await runner.begin?.(session)) ?? ok(undefined);
}

function hasMoved({from, bookkeeping}: Plan, {position, mark}: Reading): boolean {
  return !samePosition(position, from) || (bookkeeping?.mark ?? mark) !== mark;
}

async function eachStep(run: Run): Promise<Stop | undefined> {
  const {session, plan, runner, options, done} = run;
  for (const [index, step] of plan.steps.entries()) {
    if (options.signal?.aborted === true) return cancelled(step);
    options.onEvent?.({kind: 'started', index, step});
    const started = performance.now();
    const stop = await runner.step(session, step, options.signal);
    if (runner.commit === undefined) await endTransaction(session);
    if (stop) return {step, ...stop};
    const report = {step, milliseconds: performance.now() - started};
    done.push(report);
    options.onEvent?.({kind: 'finished', index, report});
  }
  return undefined;
}

/** A run that is one transaction is committed or undone as a whole. */
async function finish(run: Run, stop: Stop | undefined): Promise<Stop | undefined> {
  const {session, plan, runner} = run;
  if (!runner.commit) return stop;
  const last = plan.steps.at(-1);
  const refused = stop || !last ? undefined : await runner.commit(session);
  const ended = stop ?? (refused && last ? {step: last, ...refused} : undefined);
  if (!ended) return undefined;
  await endTransaction(session);
  if (ended.aftermath.kind === 'rolled-back' || ended.aftermath.kind === 'run-rolled-back') run.done = [];
  return ended.aftermath.kind === 'rolled-back' ? {...ended, aftermath: {kind: 'run-rolled-back'}} : ended;
}

function cancelled(step: Step): Stop {
  const {failure} = fail('cancelled', 'Cancelled before the next migration began.');
  return {step, failure, aftermath: {kind: 'rolled-back'}};
}

async function report(
  {session, plan, runner, done}: Run,
  stop: Stop | undefined,
  started: number,
  reopen: OpenSession,
): Promise<RunReport> {
  const ending = await readEnding(session, reopen, async asked => {
    const read = await runner.read(asked);
    return read.ok ? ok(read.value.position) : read;
  });
  const told = {plan, done, ending, failed: runner.failed};
  return {
    done,
    ...(stop === undefined ? {} : {stopped: stoppedOf(stop)}),
    milliseconds: performance.now() - started,
    position: ending.position,
    words: wordsOf(stop === undefined ? told : {...told, stop}),
  };
}

function stoppedOf({step, failure, at}: Stop): Stopped {
  return {step, failure, ...(at === undefined ? {} : {at})};
}

function moved(plan: Plan, position: Position): Outcome<never> {
  const migrations = plan.steps.map(({migration}) => migration);
  const where = labelOf(position, migrations);
  const words =
    position.kind === 'failed'
      ? `Migration ${where} has failed since the plan was made.`
      : samePosition(position, plan.from)
        ? 'Other migrations have been applied since the plan was made.'
        : `The database has moved to ${where === undefined ? 'no version' : `version ${where}`} since the plan was made.`;
  return fail(position.kind === 'failed' ? 'dirty' : 'invalid-input', `${words} Nothing has run.`, {
    advice: position.kind === 'failed' ? 'Repair that first.' : 'Look at the new plan and confirm it again.',
  });
}
