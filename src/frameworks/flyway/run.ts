import {basename} from 'node:path';
import {statesOfHistory} from '../../core/flyway/records.ts';
import type {Settings} from '../../core/flyway/settings.ts';
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
import {rowOf} from './new-row.ts';
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
  /** The mark of the history before this run has made it, with a baseline perhaps: that is no reason to stop. */
  let own: string | undefined;
  const runner = {
    failed: 'failed',
    keys: [table.key],
    prepare: async (on: Session) => {
      const made = await prepare(on, schema.value, settings, false);
      own = made.ok && made.value.made ? markOf([]) : undefined;
      return made.ok ? ok(undefined) : made;
    },
    read: async (on: Session) => {
      const now = await readNow(on, schema.value, folder, settings);
      return now.ok && own !== undefined ? ok({...now.value, mark: own}) : now;
    },
    step: (on: Session, step: Step, signal?: Signal) => runStep(run, on, step, signal),
  };
  const isGroup = settings.group && prepared.value.every(({course}) => course.kind === 'transaction');
  return runSteps(session, plan, isGroup ? {...runner, ...oneTransaction} : runner, options, reopen);
}

const oneTransaction = {
  begin: (session: Session) => session.script('BEGIN'),
  commit: async (session: Session): Promise<Stopping | undefined> => {
    const committed = await session.script('COMMIT');
    if (committed.ok) return undefined;
    const {failure} = committed;
    return {failure, aftermath: {kind: failure.reason === 'connection-lost' ? 'unknown' : 'rolled-back'}};
  },
};

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
  return stop ?? record(true);
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

/** With the role that the connection began with: the tool writes its history over a connection of its own. */
async function insert(
  {table, settings}: Run,
  session: Session,
  {found, loaded, course}: Prepared,
  started: number,
  success: boolean,
): Promise<Stopping | undefined> {
  const row = rowOf(found, loaded, settings, {milliseconds: performance.now() - started, success});
  const inTransaction = course.kind === 'transaction';
  const commit = inTransaction && !settings.group ? '\nCOMMIT;' : '';
  const written = await session.script(`RESET ROLE;\n${insertText(table, row)}${commit}`);
  if (written.ok) return undefined;
  const {failure} = written;
  const undone = inTransaction && failure.reason !== 'connection-lost';
  return {failure, aftermath: {kind: undone ? 'rolled-back' : 'unknown'}};
}

function refused({migration: {label}, path}: Step): Stopping {
  const {failure} = fail(
    'missing-file',
    `${path === undefined ? label : basename(path)} is not there any more.`,
  );
  return {failure, aftermath: {kind: 'rolled-back'}};
}
