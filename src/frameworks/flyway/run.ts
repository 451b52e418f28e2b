import {basename} from 'node:path';
import {abbreviated, statesOfHistory} from '../../core/flyway/records.ts';
import type {Settings} from '../../core/flyway/settings.ts';
import {isRepeatable} from '../../core/flyway/versions.ts';
import type {FileRange, Plan, RunReport, Step} from '../../core/migrations/plan.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Session, Signal} from '../../core/session.ts';
import type {Parser} from '../../core/sql/parser.ts';
import type {OpenSession, RunOptions} from '../framework.ts';
import {runSteps, type Reading} from '../shared/run-plan.ts';
import type {Stop} from '../shared/run-words.ts';
import {sendPiece} from '../shared/send-piece.ts';
import {endTransaction} from '../shared/under-lock.ts';
import {insertText, locateTable, markOf, readRows, readSchema, type Table} from './bookkeeping.ts';
import {inFile} from './file-place.ts';
import type {Folder} from './folder.ts';
import {prepareSteps, type Prepared} from './plan.ts';
import {prepare} from './prepare.ts';
import {beginText} from './session-state.ts';
import {aroundOf, positionIn} from './status.ts';

/** One run: what every step needs. */
interface Run {
  readonly parser: Parser;
  readonly settings: Settings;
  readonly table: Table;
  readonly prepared: ReadonlyMap<string, Prepared>;
}

/** See `Project.run`. */
export async function runPlan(
  parser: Parser,
  session: Session,
  plan: Plan,
  folder: Folder,
  settings: Settings,
  options: RunOptions,
  reopen: OpenSession,
): Promise<Outcome<RunReport>> {
  const schema = await readSchema(session, settings);
  if (!schema.ok) return schema;
  const located = await locateTable(session, schema.value, settings.table);
  if (!located.ok) return located;
  const table = located.value;
  const prepared = await prepareSteps(parser, folder, plan.steps, settings, aroundOf(session, schema.value));
  if (!prepared.ok) return prepared;
  const steps = new Map(prepared.value.map(each => [each.step.migration.id, each]));
  const run: Run = {parser, settings, table, prepared: steps};
  const runner = {
    failed: 'failed',
    keys: [table.key],
    prepare: async (on: Session) => {
      const made = await prepare(on, schema.value, settings, false);
      return made.ok ? ok(undefined) : made;
    },
    read: (on: Session) => readNow(on, schema.value, folder, settings),
    step: (on: Session, step: Step, signal?: Signal) => runStep(run, on, step, signal),
  };
  return runSteps(session, plan, runner, options, reopen);
}

/** A baseline that this run makes itself is no reason to stop. */
async function readNow(
  session: Session,
  schema: string,
  {found}: Folder,
  settings: Settings,
): Promise<Outcome<Reading>> {
  const table = await locateTable(session, schema, settings.table);
  if (!table.ok) return table;
  const rows = await readRows(session, table.value);
  if (!rows.ok) return rows;
  const files = found.map(({migration, description}) => ({migration, description, checksums: undefined}));
  return ok({position: positionIn(statesOfHistory(files, rows.value, settings)), mark: markOf(rows.value)});
}

type Stopping = Omit<Stop, 'step'>;

async function runStep(
  run: Run,
  session: Session,
  step: Step,
  signal?: Signal,
): Promise<Stopping | undefined> {
  const prepared = run.prepared.get(step.migration.id);
  if (!prepared) return refused(step);
  const started = performance.now();
  const begun = await session.script(beginText(run.table.schema, run.settings, prepared.course));
  if (!begun.ok) return {failure: begun.failure, aftermath: {kind: 'rolled-back'}};
  const stop = await sendAll(run, session, prepared, signal);
  const record = (success: boolean) => insert(run, session, prepared, started, success);
  if (prepared.course.kind === 'bare') {
    if (stop && session.transactionStatus() !== 'gone') {
      await endTransaction(session);
      await record(false);
    }
    return stop ?? record(true);
  }
  if (stop) return stop;
  const written = await record(true);
  if (written) return written;
  const committed = await session.script('COMMIT');
  return committed.ok ? undefined : {failure: committed.failure, aftermath: {kind: 'unknown'}};
}

async function sendAll(
  {parser}: Run,
  session: Session,
  {found: {path}, loaded, course}: Prepared,
  signal?: Signal,
): Promise<Stopping | undefined> {
  const source = {path, sql: loaded.text};
  const inTransaction = course.kind === 'transaction';
  const pieces = inTransaction ? [{start: 0, end: loaded.text.length}] : course.statements;
  for (const [kept, piece] of pieces.entries()) {
    const how = {parser, inTransaction, kept: inTransaction ? 0 : kept, ...(signal ? {signal} : {})};
    const stop = await sendPiece(session, source, piece, how);
    if (stop) return stop.at === undefined ? stop : {...stop, at: placeInFile(stop.at, loaded)};
  }
  return undefined;
}

function placeInFile(at: FileRange, loaded: Prepared['loaded']): FileRange {
  return inFile(at, loaded.text, loaded.file, loaded.toFile);
}

async function insert(
  {table, settings}: Run,
  session: Session,
  {step: {migration}, found, loaded}: Prepared,
  started: number,
  success: boolean,
): Promise<Stopping | undefined> {
  const version = isRepeatable(migration.id) ? null : migration.label;
  const written = await session.query(insertText(table), [
    version,
    abbreviated(found.description),
    'SQL',
    found.script.length > 1000 ? `...${found.script.slice(-997)}` : found.script,
    loaded.checksum,
    settings.installedBy ?? null,
    Math.round(performance.now() - started),
    success,
  ]);
  return written.ok ? undefined : {failure: written.failure, aftermath: {kind: 'unknown'}};
}

function refused({migration: {label}, path}: Step): Stopping {
  const {failure} = fail(
    'missing-file',
    `${path === undefined ? label : basename(path)} is not there any more.`,
  );
  return {failure, aftermath: {kind: 'rolled-back'}};
}
