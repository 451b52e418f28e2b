import {basename, dirname} from 'node:path';
import type {History} from '../../core/migrations/migration.ts';
import type {Plan, RunReport, Step} from '../../core/migrations/plan.ts';
import {positionOf} from '../../core/migrations/recorded.ts';
import {fail, ok, type Failure, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {runSteps, type Reading} from '../shared/run-plan.ts';
import type {Stop} from '../shared/run-words.ts';
import {sendPiece} from '../shared/send-piece.ts';
import {endTransaction} from '../shared/under-lock.ts';
import {locateTable, lockKey, markOf, readRows, readSchema} from './bookkeeping.ts';
import {checksumOf} from './checksum.ts';
import {logsOf} from './logs.ts';
import {readScripts} from './plan.ts';
import {prepare} from './prepare.ts';
import {statesOf} from './status.ts';
import {beginText, finishText, logText} from './statements.ts';

/** One run: what every step needs. */
interface Run {
  readonly parser: Parser;
  readonly scripts: ReadonlyMap<Step, string>;
}

/** See `Project.run`. */
export async function runPlan(
  parser: Parser,
  session: Session,
  plan: Plan,
  history: History,
  options: RunOptions,
  reopen: OpenSession,
): Promise<Outcome<RunReport>> {
  const scripts = await readScripts(plan.steps);
  if (!scripts.ok) return scripts;
  const schema = await readSchema(session);
  if (!schema.ok) return schema;
  const run: Run = {
    parser,
    scripts: new Map(plan.steps.map((step, index) => [step, scripts.value[index] ?? ''])),
  };
  const runner = {
    failed: 'failed',
    keys: [lockKey],
    prepare: async (on: Session) => {
      const prepared = await prepare(on, schema.value, false);
      return prepared.ok ? ok(undefined) : prepared;
    },
    read: (on: Session) => readNow(on, schema.value, history),
    step: (on: Session, step: Step, signal?: Signal) => runStep(run, on, step, signal),
  };
  return runSteps(session, plan, runner, options, reopen);
}

async function readNow(session: Session, schema: string, history: History): Promise<Outcome<Reading>> {
  const table = await locateTable(session, schema);
  if (!table.ok) return table;
  const rows = await readRows(session, table.value);
  if (!rows.ok) return rows;
  return ok({position: positionOf(statesOf(history, rows.value)), mark: markOf(rows.value)});
}

type Stopping = Omit<Stop, 'step'>;

/**
 * A row that says begun, the script as one query, and the row finished: on one session and by the table's plain name, as
 * the tool does, so that a script that changes the search path or the role ends as it does there.
 */
async function runStep(
  {parser, scripts}: Run,
  session: Session,
  step: Step,
  signal?: Signal,
): Promise<Stopping | undefined> {
  const sql = scripts.get(step) ?? '';
  const begun = await session.query(beginText, [checksumOf(sql), step.migration.id]);
  if (!begun.ok) return {failure: begun.failure, aftermath: {kind: 'rolled-back'}};
  const id = begun.value.rows[0]?.['id'];
  const source = {path: step.path ?? '', sql};
  const how = {parser, inTransaction: false, ...(signal ? {signal} : {})};
  const stop =
    (await sendPiece(session, source, {start: 0, end: sql.length}, how)) ?? leftOpen(session, step);
  if (stop) {
    await endTransaction(session);
    await session.query(logText, [logsOf(step.migration.id, stop.failure), id]);
    return stop;
  }
  const finished = await session.query(finishText, [id]);
  return finished.ok
    ? undefined
    : {failure: unfinished(step, finished.failure), aftermath: {kind: 'unknown'}};
}

function leftOpen(session: Session, {path = ''}: Step): Stopping | undefined {
  if (session.transactionStatus() !== 'open') return undefined;
  const {failure} = fail(
    'sql',
    `${nameOf(path)} leaves a transaction open: it has a BEGIN without a COMMIT. It was rolled back.`,
    {advice: 'Remove the BEGIN (several statements are one transaction anyway) or add the COMMIT.'},
  );
  return {failure, aftermath: {kind: 'rolled-back'}};
}

function nameOf(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}

/** The usual cause is a dump of `pg_dump` as the first migration: it empties the search path for good. */
function unfinished({path = ''}: Step, failure: Failure): Failure {
  if (failure.reason === 'connection-lost') return failure;
  return {
    ...failure,
    message: `${nameOf(path)} ran, but could not be recorded as done: ${failure.message}`,
    advice:
      'Does the script change search_path or the role for the whole session, as a dump of pg_dump does? Remove that line. Prisma fails here as well.',
  };
}
