import type {Position} from '../../core/migrations/migration.ts';
import type {Plan, RunReport, Step, StepReport} from '../../core/migrations/plan.ts';
import {idsOf, samePosition} from '../../core/migrations/position.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {OpenSession, ProjectOptions, RunOptions} from '../framework.ts';
import {readEnding} from '../shared/ending.ts';
import {textOf} from '../shared/file-text.ts';
import {wordsOf, type Aftermath, type Stop} from '../shared/run-words.ts';
import type {Question, Told} from './ask.ts';
import {endBackends, watchBackend, type Backend} from './backend.ts';
import type {Environment} from './environment.ts';
import {failureBefore, failureOf} from './failures.ts';
import {guarded} from './guarded.ts';
import type {Message} from './messages.ts';
import {placeOfFailure} from './place.ts';

/** One run: what every part of it needs. */
export interface Run {
  readonly parser: Parser;
  readonly environment: Environment;
  readonly session: Session;
  readonly plan: Plan;
  readonly options: ProjectOptions;
  readonly run: RunOptions;
  readonly reopen: OpenSession;
  /** Where the database is now, and whether all files can still be read. */
  readonly look: (session: Session) => Promise<Outcome<Position>>;
}

/** See `Project.run`. */
export async function runPlan(run: Run): Promise<Outcome<RunReport>> {
  const started = performance.now();
  const {environment, session} = run;
  const done: StepReport[] = [];
  const backend = watchBackend(session, run.run.signal);
  const onMessage = (message: Message): boolean => hear(run, message, {done, backend});
  try {
    return await guarded(environment, session, {...run, onMessage}, async ask => {
      const fine = await lookAgain(run);
      if (!fine.ok) return fine;
      const told = await ask(questionFor(run.plan));
      backend.end();
      if (run.run.signal?.aborted === true) await endBackends(session, backend.pids());
      if (!told.ok) return told;
      if (!told.value.messages.some(({kind}) => kind === 'started'))
        return failureBefore(environment, told.value);
      return ok(await report(run, told.value, {done, started}));
    });
  } finally {
    backend.end();
  }
}

/** Under the lock, while Python starts. */
async function lookAgain({session, plan, look}: Run): Promise<Outcome<void>> {
  const now = await look(session);
  if (!now.ok) return now;
  return samePosition(now.value, plan.from) ? ok(undefined) : moved(now.value);
}

function moved(position: Position): Outcome<never> {
  const where = idsOf(position).join(', ');
  return fail(
    'invalid-input',
    `The database has moved to ${where === '' ? 'no revision' : where} since the plan was made. Nothing has run.`,
    {advice: 'Look at the new plan and confirm it again.'},
  );
}

interface Heard {
  readonly done: StepReport[];
  readonly backend: Backend;
}

/** @returns whether the next revision may begin */
function hear({plan, run: {signal, onEvent}}: Run, message: Message, {done, backend}: Heard): boolean {
  if (message.kind === 'connected') backend.saw(message.pid);
  if (message.kind === 'notice') onEvent?.(message);
  const step = 'index' in message ? plan.steps[message.index ?? -1] : undefined;
  if (message.kind === 'started' && step) onEvent?.({kind: 'started', index: message.index, step});
  if (message.kind === 'finished' && step) {
    const report = {step, milliseconds: message.milliseconds};
    done.push(report);
    onEvent?.({kind: 'finished', index: message.index, report});
  }
  return signal?.aborted !== true;
}

function questionFor(plan: Plan): Question {
  return {
    action: 'run',
    direction: plan.direction,
    destination: destinationOf(plan),
    heads: idsOf(plan.from),
    steps: plan.steps.map(({migration}) => migration.id),
  };
}

/** What Alembic's command line would be given. */
export function destinationOf({goal, steps}: Plan): string {
  switch (goal.kind) {
    case 'apply-all':
      return 'heads';
    case 'apply-next':
      return steps[0]?.migration.id ?? 'heads';
    case 'apply-to':
    case 'roll-back-to':
      return goal.id;
    case 'roll-back-last':
      return '-1';
    case 'roll-back-all':
      return 'base';
    default:
      return goal satisfies never;
  }
}

interface Progress {
  readonly done: readonly StepReport[];
  readonly started: number;
}

async function report(run: Run, told: Told, {done, started}: Progress): Promise<RunReport> {
  const {session, plan, reopen, look} = run;
  const ending = await readEnding(session, reopen, look);
  const kept = keptOf(done, ending.position);
  const stop = await stopOf(run, told, {kept, position: ending.position});
  const words = wordsOf({plan, done: kept, ending, failed: '', ...(stop === undefined ? {} : {stop})});
  return {
    done: kept,
    ...(stop === undefined
      ? {}
      : {stopped: {step: stop.step, failure: stop.failure, ...(stop.at === undefined ? {} : {at: stop.at})}}),
    milliseconds: performance.now() - started,
    position: ending.position,
    words,
  };
}

/** The version table has the last word: what it does not say was undone with the transaction. */
function keptOf(done: readonly StepReport[], position: RunReport['position']): readonly StepReport[] {
  if (position.kind === 'unknown') return [];
  return done.slice(0, done.findLastIndex(({step}) => samePosition(step.leads, position)) + 1);
}

interface Left {
  readonly kept: readonly StepReport[];
  readonly position: RunReport['position'];
}

async function stopOf(
  {parser, plan, run}: Run,
  {ending, messages}: Told,
  {kept, position}: Left,
): Promise<Stop | undefined> {
  const isCancelled = run.signal?.aborted === true;
  // A cancel that comes in the middle of the commit comes too late.
  if (kept.length === plan.steps.length && (ending?.kind === 'done' || isCancelled)) return undefined;
  const finished = messages.filter(({kind}) => kind === 'finished').length;
  const step = plan.steps[Math.min(finished, plan.steps.length - 1)];
  if (!step) return undefined;
  const aftermath = await aftermathOf(plan, step, position);
  if (isCancelled) {
    const server = ending?.kind === 'failed' ? failureOf(ending).server : undefined;
    const more = server === undefined ? {} : {server};
    const {failure} = fail('cancelled', `Cancelled at ${step.migration.label}.`, more);
    return {step, failure, aftermath};
  }
  if (ending?.kind !== 'failed') return {step, failure: unexpected(ending?.kind), aftermath};
  const failure = failureOf(ending);
  const at = await placeOfFailure(parser, step, ending, failure);
  return {step, failure, aftermath, ...(at === undefined ? {} : {at})};
}

function unexpected(ending: string | undefined): Stop['failure'] {
  if (ending === 'done')
    return fail('invalid-input', 'Alembic ran to its end, but nothing of it was committed.', {
      advice:
        'With SQLAlchemy 2 env.py has to commit: use “with context.begin_transaction():” around context.run_migrations().',
    }).failure;
  return fail('connection-lost', 'Alembic’s process ended in the middle of its work.', {
    advice: 'What was under way may or may not have been done: connect again and look.',
  }).failure;
}

/** A run is one transaction unless `env.py` says otherwise, which shows in what is left of it. */
async function aftermathOf(plan: Plan, step: Step, position: RunReport['position']): Promise<Aftermath> {
  const ran = plan.steps.slice(0, plan.steps.indexOf(step) + 1);
  const texts = await Promise.all(ran.map(({path}) => textOf(path)));
  if (position.kind === 'unknown' || texts.some(text => text?.includes('autocommit_block')))
    return {kind: 'unknown'};
  return samePosition(position, plan.from) ? {kind: 'run-rolled-back'} : {kind: 'rolled-back'};
}
