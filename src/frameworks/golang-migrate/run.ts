import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import {samePosition, type LinearPosition} from '../../core/migrations/position.ts';
import type {Plan, RunReport, Step, StepReport, Stopped} from '../../core/migrations/plan.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {readEnding} from '../shared/ending.ts';
import {readSql} from '../shared/file-text.ts';
import {wordsOf, type Stop} from '../shared/run-words.ts';
import {endTransaction} from '../shared/under-lock.ts';
import {markText, readPosition, versionOf, type Table} from './bookkeeping.ts';
import {guarded} from './guarded.ts';
import {runFile} from './run-file.ts';
import type {Settings} from './settings.ts';

/** One run: what every part of it needs. */
interface Run {
  readonly session: Session;
  readonly plan: Plan;
  readonly settings: Settings;
  readonly parser: Parser;
  readonly options: RunOptions;
  readonly table: Table;
  /** The text of each file by path, read and checked before the first one runs. */
  readonly files: ReadonlyMap<string, string>;
  readonly done: StepReport[];
}

/** See `Project.run`. */
export async function runPlan(
  parser: Parser,
  session: Session,
  plan: Plan,
  settings: Settings,
  options: RunOptions,
  reopen: OpenSession,
): Promise<Outcome<RunReport>> {
  const files = await readFiles(plan);
  if (!files.ok) return files;
  const started = performance.now();
  const unhear = session.onNotice(({message}) => options.onEvent?.({kind: 'notice', message}));
  try {
    return await guarded(session, settings, options, reopen, async table => {
      const run: Run = {session, plan, settings, parser, options, table, files: files.value, done: []};
      const begun = await begin(run);
      if (!begun.ok) return begun;
      return ok(await report(run, await runSteps(run), started, reopen));
    });
  } finally {
    unhear();
  }
}

async function readFiles(plan: Plan): Promise<Outcome<ReadonlyMap<string, string>>> {
  const files = new Map<string, string>();
  for (const {path} of plan.steps) {
    if (path === undefined) continue;
    const sql = await readSql(path);
    if (!sql.ok) return sql;
    files.set(path, sql.value);
  }
  return ok(files);
}

/** Looks again under the lock, and marks the first step as begun. Nothing has run when it fails. */
async function begin(run: Run): Promise<Outcome<void>> {
  const {session, plan, table} = run;
  const now = await readPosition(session, table);
  if (!now.ok) return now;
  if (!samePosition(now.value.position, plan.from)) return moved(now.value.position);
  const [first] = plan.steps;
  if (first === undefined) return fail('nothing-to-do', 'The plan is empty.');
  const marked = await session.script(mark(table, first, true));
  if (!marked.ok) await endTransaction(session);
  return marked;
}

async function runSteps(run: Run): Promise<Stop | undefined> {
  const {plan, options} = run;
  for (const [index, step] of plan.steps.entries()) {
    if (options.signal?.aborted === true) return cancelBefore(run, index, step);
    options.onEvent?.({kind: 'started', index, step});
    const started = performance.now();
    const stop = (await runStep(run, step)) ?? (await finish(run, index, step, started));
    if (stop !== undefined) return stop;
  }
  return undefined;
}

async function runStep(run: Run, step: Step): Promise<Stop | undefined> {
  const {session, settings, parser, options} = run;
  const {path} = step;
  const sql = path === undefined ? undefined : run.files.get(path);
  if (path === undefined || sql === undefined) return undefined;
  const failed = await runFile(session, {path, sql}, settings, parser, options.signal);
  await endTransaction(session);
  return failed === undefined ? undefined : {step, ...failed};
}

/** Marks the step as done and the next one as begun: the tool's two transactions, in one round trip. */
async function finish(run: Run, index: number, step: Step, started: number): Promise<Stop | undefined> {
  const {session, plan, table, options, done} = run;
  const next = options.signal?.aborted === true ? undefined : plan.steps[index + 1];
  const texts = [mark(table, step, false), ...(next === undefined ? [] : [mark(table, next, true)])];
  const written = await session.script(texts.join('\n'));
  if (!written.ok && !(await recorded(run, step)))
    return {step, failure: written.failure, aftermath: {kind: 'unknown'}};
  const report = {step, milliseconds: performance.now() - started};
  done.push(report);
  options.onEvent?.({kind: 'finished', index, report});
  return written.ok || next === undefined
    ? undefined
    : {step: next, failure: written.failure, aftermath: {kind: 'rolled-back'}};
}

/** After a failure of the two transactions: whether the first of them was committed. */
async function recorded({session, table}: Run, step: Step): Promise<boolean> {
  await endTransaction(session);
  const read = await readPosition(session, table);
  return read.ok && samePosition(read.value.position, step.leads);
}

/** The step is marked as begun already in the first round, or when the abort came late; nothing of it has run. */
async function cancelBefore(run: Run, index: number, step: Step): Promise<Stop> {
  const {session, table, plan} = run;
  const before = plan.steps[index - 1]?.leads ?? plan.from;
  await session.script(markText(table, {version: versionOf(before), dirty: false}));
  const {failure} = fail('cancelled', 'Cancelled before the next migration began.');
  return {step, failure, aftermath: {kind: 'rolled-back'}};
}

async function report(
  run: Run,
  stop: Stop | undefined,
  started: number,
  reopen: OpenSession,
): Promise<RunReport> {
  const ending = await readEnding(run.session, reopen, async session => {
    const read = await readPosition(session, run.table);
    return read.ok ? ok(read.value.position) : read;
  });
  return {
    done: run.done,
    ...(stop === undefined ? {} : {stopped: stoppedOf(stop)}),
    milliseconds: performance.now() - started,
    position: ending.position,
    words: wordsOf({
      plan: run.plan,
      done: run.done,
      ending,
      failed: 'dirty',
      ...(stop === undefined ? {} : {stop}),
    }),
  };
}

function stoppedOf({step, failure, at}: Stop): Stopped {
  return {step, failure, ...(at === undefined ? {} : {at})};
}

function mark(table: Table, step: Step, dirty: boolean): string {
  return markText(table, {version: versionOf(step.leads), dirty});
}

function moved(position: LinearPosition): {readonly ok: false; readonly failure: Failure} {
  if (position.kind === 'failed')
    return fail(
      'dirty',
      `The database has become dirty at version ${position.id} since the plan was made. Nothing has run.`,
      {
        advice: 'Run “Repair dirty state” first.',
      },
    );
  const where = position.kind === 'none' ? 'no version' : `version ${position.id}`;
  return fail(
    'invalid-input',
    `The database has moved to ${where} since the plan was made. Nothing has run.`,
    {
      advice: 'Look at the new plan and confirm it again.',
    },
  );
}
