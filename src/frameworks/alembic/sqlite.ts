import type {Status} from '../../core/migrations/migration.ts';
import {readRows} from '../../core/alembic/history.ts';
import type {Goal, Plan, RunEvent, RunReport, StepReport} from '../../core/migrations/plan.ts';
import {idsOf, labelOf, samePosition} from '../../core/migrations/position.ts';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Signal} from '../../core/session.ts';
import {counted} from '../../core/words.ts';
import type {ProjectOptions} from '../framework.ts';
import {askAlembic, listenToAlembic, type Asking, type Told} from './ask.ts';
import {alembicCurrent, created} from './commands.ts';
import {isThere, type Environment} from './environment.ts';
import {failureBefore, failureOf} from './failures.ts';
import {readEnvironment, type Read} from './folder.ts';
import type {Message} from './messages.ts';
import {offlineText} from './offline.ts';
import {makePlan} from './plan.ts';
import {findPython} from './python.ts';
import {destinationOf} from './run.ts';
import {askForRevisions} from './unclear.ts';

/** A SQLite file that Alembic works on, and with what. Alembic alone opens it. */
export interface SqliteTarget {
  readonly environment: Environment;
  /** Absolute. */
  readonly path: string;
  /** Holds the address, for an `env.py` that reads it from there. */
  readonly variables: Readonly<Record<string, string>>;
  readonly options: ProjectOptions;
}

/** What `alembic current` says. A file that is not there yet is not made by looking. */
export async function sqliteStatus(target: SqliteTarget): Promise<Outcome<Status>> {
  const read = await readFiles(target);
  if (!read.ok) return read;
  const {history} = read.value;
  if (!(await isThere(target.path))) {
    const bookkeeping = {table: 'alembic_version', exists: false, elsewhere: [], mark: ''};
    return ok({...readRows(history, []), bookkeeping});
  }
  return alembicCurrent(
    target.environment,
    history,
    target.options,
    async () => ok(target.variables),
    target.path,
  );
}

/** See `Project.plan`. */
export async function planOnSqlite(target: SqliteTarget, status: Status, goal: Goal): Promise<Outcome<Plan>> {
  const read = await readFiles(target);
  return read.ok ? makePlan(read.value, status, goal) : read;
}

function readFiles({environment, options}: SqliteTarget): Promise<Outcome<Read>> {
  return readEnvironment(environment, paths => askForRevisions(environment, paths, options));
}

/** See `Project.sql`. Changes that SQLite makes by copying a table can only be seen with a connection. */
export function sqlForSqlite(
  {environment, options, path}: SqliteTarget,
  plan: Plan,
): Promise<Outcome<string>> {
  return offlineText(environment, plan, options, path);
}

/** `alembic stamp --purge`; an id that is absent records that nothing has run. */
export async function stampSqlite(target: SqliteTarget, id: string | undefined): Promise<Outcome<Status>> {
  const asking = await askingOf(target);
  if (!asking.ok) return asking;
  const heads = id === undefined ? [] : [id];
  const stamped = await askAlembic(
    target.environment,
    {action: 'stamp', heads, sqlite: target.path},
    asking.value,
  );
  return stamped.ok ? sqliteStatus(target) : stamped;
}

/**
 * Writes a revision of what the models have and the file has not: `alembic revision --autogenerate`, which makes the file
 * with an empty version table where it is not there. @returns the path of the revision
 */
export async function autogenerateOnSqlite(
  target: SqliteTarget,
  message: string,
  signal?: Signal,
): Promise<Outcome<readonly string[]>> {
  const asking = await askingOf(target);
  if (!asking.ok) return asking;
  const question = {action: 'autogenerate', message, sqlite: target.path} as const;
  const given = {...asking.value, ...(signal ? {signal} : {})};
  return created(await askAlembic(target.environment, question, given));
}

/** Runs a plan: `alembic upgrade` or `downgrade`. A failure only when nothing was begun, afterwards it is a report. */
export async function runOnSqlite(
  target: SqliteTarget,
  plan: Plan,
  {signal, onEvent}: {readonly signal: Signal; readonly onEvent: (event: RunEvent) => void},
): Promise<Outcome<RunReport>> {
  const asking = await askingOf(target);
  if (!asking.ok) return asking;
  const started = performance.now();
  const done: StepReport[] = [];
  const onMessage = (message: Message): boolean => {
    const step = 'index' in message ? plan.steps[message.index ?? -1] : undefined;
    if (message.kind === 'started' && step) onEvent({kind: 'started', index: message.index, step});
    if (message.kind === 'finished' && step) {
      const report = {step, milliseconds: message.milliseconds};
      done.push(report);
      onEvent({kind: 'finished', index: message.index, report});
    }
    return !signal.aborted;
  };
  const question = {
    action: 'run',
    direction: plan.direction,
    destination: destinationOf(plan),
    heads: idsOf(plan.from),
    steps: plan.steps.map(({migration}) => migration.id),
    sqlite: target.path,
  } as const;
  const told = await listenToAlembic(target.environment, question, {...asking.value, signal, onMessage});
  if (!told.ok) return told;
  if (!told.value.messages.some(({kind}) => kind === 'started'))
    return failureBefore(target.environment, told.value);
  return ok(await reportOf(target, plan, told.value, {done, started}));
}

async function askingOf({environment, options, variables}: SqliteTarget): Promise<Outcome<Asking>> {
  const python = await findPython(environment, options);
  return python.ok ? ok({python: python.value, variables}) : python;
}

/** The version table has the last word: what it does not say was not kept. */
async function reportOf(
  target: SqliteTarget,
  plan: Plan,
  told: Told,
  {done, started}: {readonly done: readonly StepReport[]; readonly started: number},
): Promise<RunReport> {
  const now = await sqliteStatus(target);
  const position = now.ok ? now.value.position : ({kind: 'unknown'} as const);
  const last =
    position.kind === 'unknown' ? -1 : done.findLastIndex(({step}) => samePosition(step.leads, position));
  const kept = done.slice(0, last + 1);
  const step = kept.length === plan.steps.length ? undefined : plan.steps[kept.length];
  const failure = step && whyStopped(told, step.migration.label);
  const verb = plan.direction === 'up' ? 'Applied' : 'Rolled back';
  const words = [
    `${verb} ${counted(kept.length, 'migration')}.`,
    step && failure
      ? `${step.migration.label} did not finish. SQLite may keep a part of it: look before you run it again.`
      : '',
    now.ok && position.kind !== 'unknown'
      ? `The file is at ${
          labelOf(
            position,
            now.value.migrations.map(({migration}) => migration),
          ) ?? 'no revision'
        }.`
      : '',
  ];
  return {
    done: kept,
    ...(step && failure ? {stopped: {step, failure}} : {}),
    milliseconds: performance.now() - started,
    position,
    words: words.filter(Boolean).join(' '),
  };
}

function whyStopped({ending}: Told, label: string): Failure {
  if (ending?.kind === 'failed') return failureOf(ending);
  if (ending?.kind === 'done')
    return fail('invalid-input', 'Alembic ran to its end, but nothing of it was committed.').failure;
  return fail('cancelled', `Cancelled at ${label}.`).failure;
}
