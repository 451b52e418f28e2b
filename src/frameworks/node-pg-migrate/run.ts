import {basename} from 'node:path';
import type {Direction} from '../../core/migrations/migration.ts';
import type {Plan, RunReport, Step} from '../../core/migrations/plan.ts';
import {partsOf} from '../../core/node-pg-migrate/markers.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {Span} from '../../core/sql/positions.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {readSql} from '../shared/file-text.ts';
import {runSteps, type Reading, type Runner} from '../shared/run-plan.ts';
import type {Aftermath, Stop} from '../shared/run-words.ts';
import {sendPiece} from '../shared/send-piece.ts';
import {markText, prepareBookkeeping, readingOf, readRows} from './bookkeeping.ts';
import type {Settings} from './settings.ts';

type Ended = Omit<Stop, 'step'> | undefined;

/** The word of `Runner.failed`: the tool has none, because a run that fails leaves nothing. */
const noFailure = 'failed';

/** Runs a plan of SQL files. See `Project.run`. */
export async function runSql(
  parser: Parser,
  session: Session,
  plan: Plan,
  settings: Settings,
  options: RunOptions,
  reopen: OpenSession,
): Promise<Outcome<RunReport>> {
  const files = await readFiles(plan);
  if (!files.ok) return files;
  return runSteps(session, plan, runnerFor(parser, files.value, settings), options, reopen);
}

/** @returns the text of each file by path, read and checked before the first one runs. Failures: `unreadable-file` */
export async function readFiles({steps}: Plan): Promise<Outcome<ReadonlyMap<string, string>>> {
  const files = new Map<string, string>();
  for (const {path} of steps) {
    if (path === undefined) continue;
    const text = await readSql(path);
    if (!text.ok) return text;
    files.set(path, text.value);
  }
  return ok(files);
}

/** @returns where a database is, as a run reads it */
export async function readNow(session: Session, settings: Settings): Promise<Outcome<Reading>> {
  const rows = await readRows(session, settings);
  return rows.ok ? ok(readingOf(rows.value.recorded)) : rows;
}

function runnerFor(parser: Parser, files: ReadonlyMap<string, string>, settings: Settings): Runner {
  const run = {parser, files, settings};
  const shared = {
    failed: noFailure,
    keys: settings.lock ? [settings.lockValue] : [],
    prepare: (session: Session) => prepareBookkeeping(session, settings),
    read: (session: Session) => readNow(session, settings),
  };
  if (!settings.singleTransaction)
    return {...shared, step: (session, step, signal) => alone(session, run, step, signal)};
  let left = false;
  return {
    ...shared,
    begin: session => session.script('BEGIN'),
    step: async (session, step, signal) => {
      const stop = await sendStep(session, run, step, signal);
      // A file that commits by itself ends the run's transaction, and all behind it is committed at once.
      left ||= session.transactionStatus() === 'idle';
      return stop && left ? {...stop, aftermath: {kind: 'unknown'}} : stop;
    },
    commit: session => commit(session),
  };
}

interface Run {
  readonly parser: Parser;
  readonly files: ReadonlyMap<string, string>;
  readonly settings: Settings;
}

/** In a transaction of its own. */
async function alone(session: Session, run: Run, step: Step, signal?: Signal): Promise<Ended> {
  const begun = await session.script('BEGIN');
  if (!begun.ok) return {failure: begun.failure, aftermath: aftermathOf(begun.failure)};
  return (await sendStep(session, run, step, signal)) ?? (await commit(session));
}

/** The file's part and its row: the tool's two queries, which in a transaction can be one. */
async function sendStep(session: Session, run: Run, step: Step, signal?: Signal): Promise<Ended> {
  const {parser, files, settings} = run;
  const {path = '', direction, migration} = step;
  const sql = files.get(path) ?? '';
  const part = partFor(sql, direction);
  if (!part) return disabled(path, direction);
  const inTransaction = session.transactionStatus() === 'open';
  const mark = markText(settings, direction, migration.id);
  const how = {parser, inTransaction, ...(inTransaction ? {closing: mark} : {}), ...(signal ? {signal} : {})};
  const stop = await sendPiece(session, {path, sql}, part, how);
  if (stop || inTransaction) return stop;
  const marked = await session.script(mark);
  return marked.ok ? undefined : {failure: marked.failure, aftermath: aftermathOf(marked.failure)};
}

/** @returns what the tool sends of a file; nothing where the file has no part for down */
export function partFor(sql: string, direction: Direction): Span | undefined {
  return partsOf(sql)[direction];
}

/** The file has changed since the plan was made. */
function disabled(path: string, direction: Direction): Ended {
  const {failure} = fail('unsupported', `${basename(path)} has no part for ${direction} any more.`);
  return {failure, aftermath: {kind: 'rolled-back'}};
}

async function commit(session: Session): Promise<Ended> {
  const committed = await session.script('COMMIT');
  return committed.ok ? undefined : {failure: committed.failure, aftermath: aftermathOf(committed.failure)};
}

function aftermathOf({reason}: {readonly reason: string}): Aftermath {
  return {kind: reason === 'connection-lost' ? 'unknown' : 'rolled-back'};
}
